package dev.mapwright.server.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.server.clients.JavaClients;
import dev.mapwright.server.http.Endpoint;
import dev.mapwright.server.http.Services;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

import java.util.Map;
import java.util.UUID;

class StsHandlerTest {
    private Endpoint endpoint;
    private StsClient sts;

    @BeforeEach
    void open() throws Exception {
        endpoint = Endpoint.open(
                "127.0.0.1",
                0,
                new Services(Map.of("sts", new StsHandler("111122223333", UUID::randomUUID))));
        sts = new JavaClients(endpoint.uri()).make(StsClient.builder());
    }

    @AfterEach
    void close() {
        sts.close();
        endpoint.close();
    }

    @Test
    void whoeverAsksIsTheRootOfTheAccount() {
        GetCallerIdentityResponse caller = sts.getCallerIdentity();
        assertEquals("111122223333", caller.account());
        assertEquals("arn:aws:iam::111122223333:root", caller.arn());
        assertEquals("111122223333", caller.userId());
    }

    @Test
    void rolesAreRefused() {
        var refused = assertThrows(
                StsException.class,
                () -> sts.assumeRole(role -> role.roleArn("arn:aws:iam::111122223333:role/any")
                        .roleSessionName("session")));
        assertEquals("InvalidAction", refused.awsErrorDetails().errorCode());
        assertEquals(
                "The operation 'AssumeRole' is not supported by Mapwright's STS: there are no roles and sessions here,"
                        + " and any access key is taken.",
                refused.awsErrorDetails().errorMessage());
    }
}

package dev.mapwright.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// Activities as tools make them: with tags and keys.
class ActivityOperationsTest {
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:activity:scan";
    private static final String ACTIVITY = "{'activityArn': '" + ARN + "'}";
    private static final String RESOURCE = "{'resourceArn': '" + ARN + "'}";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void anActivityHasTagsFromTheStartAndLater() throws Exception {
        create(", 'tags': [{'key': 'a', 'value': '1'}]");
        api.call(
                "TagResource",
                "{'resourceArn': '%s', 'tags': [{'key': 'b', 'value': '2'}]}".formatted(ARN));
        api.call("UntagResource", "{'resourceArn': '%s', 'tagKeys': ['a']}".formatted(ARN));

        assertEquals(
                List.of(Map.of("key", "b", "value", "2")),
                api.list("ListTagsForResource", RESOURCE, "tags"));
    }

    @Test
    void aDeletedActivityLeavesNoTags() throws Exception {
        create(", 'tags': [{'key': 'a', 'value': '1'}]");
        api.call("DeleteActivity", ACTIVITY);

        assertEquals(
                "ResourceNotFound: Resource not found: '" + ARN + "'",
                api.refusal("ListTagsForResource", RESOURCE));
        create("");
        assertEquals(List.of(), api.list("ListTagsForResource", RESOURCE, "tags"));
    }

    @Test
    void aKeyIsKeptAndCannotBeChanged() throws Exception {
        String key =
                ", 'encryptionConfiguration': {'type': 'CUSTOMER_MANAGED_KMS_KEY', 'kmsKeyId': 'k'}";
        create(key);

        assertEquals(
                Map.of(
                        "type",
                        "CUSTOMER_MANAGED_KMS_KEY",
                        "kmsKeyId",
                        "k",
                        "kmsDataKeyReusePeriodSeconds",
                        300),
                api.call("DescribeActivity", ACTIVITY).get("encryptionConfiguration"));
        create(key);
        assertEquals(
                "ActivityAlreadyExists: Activity Already Exists: '%s'.".formatted(ARN)
                        + " EncryptionConfiguration may not be updated.",
                api.refusal("CreateActivity", "{'name': 'scan'}"));
    }

    private void create(String others) throws Exception {
        api.call("CreateActivity", "{'name': 'scan'%s}".formatted(others));
    }
}

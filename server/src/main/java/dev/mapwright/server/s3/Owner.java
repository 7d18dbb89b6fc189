package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.util.List;

/// The one account that owns everything here.
final class Owner {
    private Owner() {}

    static void write(Xml xml, String element, S3Settings settings) {
        xml.start(element)
                .element("ID", settings.accountId())
                .element("DisplayName", "mapwright")
                .end();
    }

    /// Whoever expects another owner is refused, as on S3.
    static void check(Call call, S3Settings settings) throws S3Failed {
        for (String header :
                List.of("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner")) {
            if (call.header(header)
                    .filter(account -> !account.equals(settings.accountId()))
                    .isPresent()) {
                throw new S3Failed(
                        ErrorCode.ACCESS_DENIED,
                        "Access Denied: %s is %s, the owner is %s."
                                .formatted(
                                        header, call.header(header).get(), settings.accountId()));
            }
        }
    }
}

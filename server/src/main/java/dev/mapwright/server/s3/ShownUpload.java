package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.Upload;

/// What both listings that show an upload say of it: the one of uploads, and the one of its parts.
record ShownUpload(Upload upload, S3Settings settings) {
    void writeOrigin(Xml xml) {
        Owner.write(xml, "Initiator", settings);
        Owner.write(xml, "Owner", settings);
        xml.element(
                "StorageClass",
                upload.object().headers().getOrDefault(ObjectHeaders.STORAGE_CLASS, "STANDARD"));
    }

    /// Nothing where none was declared.
    void writeChecksum(Xml xml) {
        if (upload.declared()) {
            xml.element("ChecksumAlgorithm", upload.object().algorithm())
                    .element("ChecksumType", upload.type());
        }
    }
}

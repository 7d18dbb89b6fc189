"""What boto3 users do with S3, against AWS_ENDPOINT_URL. Ends with an assertion error where the answer differs from S3's."""

import base64
import hashlib
import io
import sys
import zlib

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ODD_KEYS = ["a", "a/b", "a//b", "a/../b", "../../etc/passwd", "./x", "/leading", "trailing/", " space ", "a+b",
            "a%2Fb", "ü/日本/😀", "q?x=1&y#z", "'\"<>&", "tab\tnew\nline\rreturn", "a\\b", "~", "*", "=", "a:b;c@d,e$f!"]


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, (code, error.response)
        return error.response
    raise AssertionError("expected " + code)


def buckets(s3):
    s3.create_bucket(Bucket="first")
    s3.create_bucket(Bucket="second", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert [b["Name"] for b in s3.list_buckets()["Buckets"]] == ["first", "second"]
    assert s3.get_bucket_location(Bucket="second")["LocationConstraint"] == "eu-west-1"
    assert s3.get_bucket_location(Bucket="first")["LocationConstraint"] is None
    s3.head_bucket(Bucket="first")
    refused("404", s3.head_bucket, Bucket="third")
    refused("NoSuchBucket", s3.list_objects_v2, Bucket="third")
    s3.put_bucket_tagging(Bucket="first", Tagging={"TagSet": [{"Key": "k", "Value": "v"}]})
    assert s3.get_bucket_tagging(Bucket="first")["TagSet"] == [{"Key": "k", "Value": "v"}]
    s3.delete_bucket_tagging(Bucket="first")
    refused("NoSuchTagSet", s3.get_bucket_tagging, Bucket="first")
    s3.delete_bucket(Bucket="second")
    refused("AccessDenied", s3.list_objects_v2, Bucket="first", ExpectedBucketOwner="210987654321")
    s3.list_objects_v2(Bucket="first", ExpectedBucketOwner="123456789012")


def keys(s3):
    s3.create_bucket(Bucket="odd-keys")
    for key in ODD_KEYS:
        s3.put_object(Bucket="odd-keys", Key=key, Body=key.encode())
    for key in ODD_KEYS:
        assert s3.get_object(Bucket="odd-keys", Key=key)["Body"].read() == key.encode(), key
    expected = sorted(ODD_KEYS, key=lambda key: key.encode())
    for page_size in (1, 3, 1000):
        for operation in ("list_objects_v2", "list_objects"):
            pages = s3.get_paginator(operation).paginate(Bucket="odd-keys", PaginationConfig={"PageSize": page_size})
            assert [c["Key"] for page in pages for c in page["Contents"]] == expected, (operation, page_size)
    raw = s3.list_objects_v2(Bucket="odd-keys", Prefix="a/", Delimiter="/")
    assert [c["Key"] for c in raw["Contents"]] == ["a/b"]
    assert [p["Prefix"] for p in raw["CommonPrefixes"]] == ["a/../", "a//"]
    assert raw["KeyCount"] == 3
    after = s3.list_objects_v2(Bucket="odd-keys", StartAfter="a//b")
    assert [c["Key"] for c in after["Contents"]] == [key for key in expected if key.encode() > b"a//b"]
    refused("KeyTooLongError", s3.put_object, Bucket="odd-keys", Key="k" * 1025, Body=b"")
    copied = s3.copy_object(Bucket="odd-keys", Key="copy of it", CopySource={"Bucket": "odd-keys", "Key": "ü/日本/😀"})
    assert copied["CopyObjectResult"]["ETag"] == '"%s"' % hashlib.md5("ü/日本/😀".encode()).hexdigest()
    deleted = s3.delete_objects(Bucket="odd-keys", Delete={"Objects": [{"Key": k} for k in ODD_KEYS + ["copy of it"]]})
    assert len(deleted["Deleted"]) == len(ODD_KEYS) + 1 and "Errors" not in deleted
    assert s3.list_objects_v2(Bucket="odd-keys")["KeyCount"] == 0
    refused("NoSuchKey", s3.get_object, Bucket="odd-keys", Key="a")
    refused("404", s3.head_object, Bucket="odd-keys", Key="a")


def bodies(s3):
    s3.create_bucket(Bucket="bodies")
    for size in (0, 1, 16384, 16385, 300_000):
        body = bytes(i * 31 % 251 for i in range(size))
        put = s3.put_object(Bucket="bodies", Key="k", Body=io.BytesIO(body), ContentType="text/x", CacheControl="no-store",
                            Metadata={"One": "1", "two": "a b"}, Tagging="t=1&u=x%20y")
        assert put["ETag"] == '"%s"' % hashlib.md5(body).hexdigest()
        got = s3.get_object(Bucket="bodies", Key="k")
        assert got["Body"].read() == body
        assert (got["ContentType"], got["CacheControl"]) == ("text/x", "no-store")
        assert got["Metadata"] == {"one": "1", "two": "a b"} and got["TagCount"] == 2
        head = s3.head_object(Bucket="bodies", Key="k", ChecksumMode="ENABLED")
        assert head["ContentLength"] == size and head["ETag"] == put["ETag"]
        assert head["ChecksumCRC32"] == base64.b64encode(zlib.crc32(body).to_bytes(4, "big")).decode()
        assert head["ChecksumType"] == "FULL_OBJECT"
    assert s3.get_object(Bucket="bodies", Key="k", Range="bytes=10-19")["Body"].read() == body[10:20]
    assert s3.get_object(Bucket="bodies", Key="k", Range="bytes=299990-")["Body"].read() == body[299990:]
    assert s3.get_object(Bucket="bodies", Key="k", Range="bytes=-7")["Body"].read() == body[-7:]
    part = s3.get_object(Bucket="bodies", Key="k", Range="bytes=299990-999999")
    assert part["ContentRange"] == "bytes 299990-299999/300000" and part["ContentLength"] == 10
    assert part["ResponseMetadata"]["HTTPStatusCode"] == 206
    refused("InvalidRange", s3.get_object, Bucket="bodies", Key="k", Range="bytes=300000-")
    assert s3.get_object(Bucket="bodies", Key="k", ResponseContentType="a/b")["ContentType"] == "a/b"
    s3.put_object_tagging(Bucket="bodies", Key="k", Tagging={"TagSet": [{"Key": "é", "Value": ""}]})
    assert s3.get_object_tagging(Bucket="bodies", Key="k")["TagSet"] == [{"Key": "é", "Value": ""}]
    s3.delete_object_tagging(Bucket="bodies", Key="k")
    assert s3.get_object_tagging(Bucket="bodies", Key="k")["TagSet"] == []
    s3.put_object(Bucket="bodies", Key="plain", Body=b"x")
    assert s3.get_object(Bucket="bodies", Key="plain")["ContentType"] == "binary/octet-stream"
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "bodies", "Key": "plain"})
    import urllib.request
    assert urllib.request.urlopen(url).read() == b"x"


def conditions(s3):
    s3.create_bucket(Bucket="conditions")
    etag = s3.put_object(Bucket="conditions", Key="k", Body=b"1", IfNoneMatch="*")["ETag"]
    refused("PreconditionFailed", s3.put_object, Bucket="conditions", Key="k", Body=b"2", IfNoneMatch="*")
    refused("PreconditionFailed", s3.put_object, Bucket="conditions", Key="k", Body=b"2", IfMatch='"other"')
    refused("NoSuchKey", s3.put_object, Bucket="conditions", Key="none", Body=b"2", IfMatch=etag)
    refused("304", s3.get_object, Bucket="conditions", Key="k", IfNoneMatch=etag)
    refused("PreconditionFailed", s3.get_object, Bucket="conditions", Key="k", IfMatch='"other"')
    modified = s3.head_object(Bucket="conditions", Key="k")["LastModified"]
    refused("304", s3.get_object, Bucket="conditions", Key="k", IfModifiedSince=modified)
    s3.get_object(Bucket="conditions", Key="k", IfUnmodifiedSince=modified)
    s3.put_object(Bucket="conditions", Key="k", Body=b"3", IfMatch=etag)
    refused("PreconditionFailed", s3.copy_object, Bucket="conditions", Key="c",
            CopySource="conditions/k", CopySourceIfMatch=etag)
    refused("InvalidRequest", s3.copy_object, Bucket="conditions", Key="k", CopySource="conditions/k")
    s3.copy_object(Bucket="conditions", Key="k", CopySource="conditions/k", MetadataDirective="REPLACE",
                   Metadata={"n": "1"}, ContentType="text/y")
    head = s3.head_object(Bucket="conditions", Key="k")
    assert head["Metadata"] == {"n": "1"} and head["ContentType"] == "text/y"
    refused("PreconditionFailed", s3.delete_object, Bucket="conditions", Key="k", IfMatch='"other"')
    s3.delete_object(Bucket="conditions", Key="k", IfMatch=head["ETag"])
    s3.delete_object(Bucket="conditions", Key="k")


def versions(s3):
    s3.create_bucket(Bucket="versions")
    assert "Status" not in s3.get_bucket_versioning(Bucket="versions")
    s3.put_object(Bucket="versions", Key="k", Body=b"null")
    s3.put_bucket_versioning(Bucket="versions", VersioningConfiguration={"Status": "Enabled"})
    assert s3.get_bucket_versioning(Bucket="versions")["Status"] == "Enabled"
    one = s3.put_object(Bucket="versions", Key="k", Body=b"one")["VersionId"]
    two = s3.put_object(Bucket="versions", Key="k", Body=b"two")["VersionId"]
    marker = s3.delete_object(Bucket="versions", Key="k")
    assert marker["DeleteMarker"] is True
    gone = refused("NoSuchKey", s3.get_object, Bucket="versions", Key="k")
    assert gone["ResponseMetadata"]["HTTPHeaders"]["x-amz-delete-marker"] == "true"
    refused("MethodNotAllowed", s3.get_object, Bucket="versions", Key="k", VersionId=marker["VersionId"])
    assert s3.get_object(Bucket="versions", Key="k", VersionId=one)["Body"].read() == b"one"
    assert s3.get_object(Bucket="versions", Key="k", VersionId="null")["Body"].read() == b"null"
    refused("NoSuchVersion", s3.get_object, Bucket="versions", Key="k", VersionId="0000000000000000")
    for size in (1, 2, 1000):
        pages = list(s3.get_paginator("list_object_versions").paginate(
            Bucket="versions", PaginationConfig={"PageSize": size}))
        assert [v["VersionId"] for page in pages for v in page.get("Versions", [])] == [two, one, "null"]
        assert [m["VersionId"] for page in pages for m in page.get("DeleteMarkers", [])] == [marker["VersionId"]]
    undeleted = s3.delete_object(Bucket="versions", Key="k", VersionId=marker["VersionId"])
    assert undeleted["DeleteMarker"] is True
    assert s3.get_object(Bucket="versions", Key="k")["VersionId"] == two
    s3.copy_object(Bucket="versions", Key="old", CopySource={"Bucket": "versions", "Key": "k", "VersionId": one})
    assert s3.get_object(Bucket="versions", Key="old")["Body"].read() == b"one"
    refused("BucketNotEmpty", s3.delete_bucket, Bucket="versions")
    boto3.resource("s3").Bucket("versions").object_versions.delete()
    s3.delete_bucket(Bucket="versions")


def uploads(s3):
    s3.create_bucket(Bucket="uploads")
    five = bytes(range(256)) * (5 * 4096)
    upload = s3.create_multipart_upload(Bucket="uploads", Key="p/k", Metadata={"m": "1"}, Tagging="t=1")["UploadId"]
    etags = [s3.upload_part(Bucket="uploads", Key="p/k", UploadId=upload, PartNumber=n, Body=body)["ETag"]
             for n, body in ((1, five), (2, b"tail"))]
    s3.put_object(Bucket="uploads", Key="source", Body=b"0123456789")
    copied = s3.upload_part_copy(Bucket="uploads", Key="p/k", UploadId=upload, PartNumber=3,
                                 CopySource="uploads/source", CopySourceRange="bytes=2-5")["CopyPartResult"]["ETag"]
    listed = s3.list_parts(Bucket="uploads", Key="p/k", UploadId=upload, MaxParts=2)
    assert [p["Size"] for p in listed["Parts"]] == [len(five), 4] and listed["IsTruncated"]
    assert listed["NextPartNumberMarker"] == 2
    found = s3.list_multipart_uploads(Bucket="uploads")["Uploads"]
    assert [(u["Key"], u["UploadId"]) for u in found] == [("p/k", upload)]
    groups = s3.list_multipart_uploads(Bucket="uploads", Delimiter="/")
    assert [p["Prefix"] for p in groups["CommonPrefixes"]] == ["p/"]
    claim = lambda *parts: {"Parts": [{"PartNumber": n, "ETag": e} for n, e in parts]}
    refused("InvalidPartOrder", s3.complete_multipart_upload, Bucket="uploads", Key="p/k", UploadId=upload,
            MultipartUpload=claim((2, etags[1]), (1, etags[0])))
    refused("EntityTooSmall", s3.complete_multipart_upload, Bucket="uploads", Key="p/k", UploadId=upload,
            MultipartUpload=claim((2, etags[1]), (3, copied)))
    done = s3.complete_multipart_upload(Bucket="uploads", Key="p/k", UploadId=upload,
                                        MultipartUpload=claim((1, etags[0]), (3, copied)))
    digests = hashlib.md5(five).digest() + hashlib.md5(b"2345").digest()
    assert done["ETag"] == '"%s-2"' % hashlib.md5(digests).hexdigest()
    got = s3.get_object(Bucket="uploads", Key="p/k")
    assert got["Body"].read() == five + b"2345" and got["Metadata"] == {"m": "1"}
    part = s3.get_object(Bucket="uploads", Key="p/k", PartNumber=3)
    assert part["Body"].read() == b"2345" and part["PartsCount"] == 2
    refused("NoSuchUpload", s3.abort_multipart_upload, Bucket="uploads", Key="p/k", UploadId=upload)
    dropped = s3.create_multipart_upload(Bucket="uploads", Key="dropped")["UploadId"]
    s3.upload_part(Bucket="uploads", Key="dropped", UploadId=dropped, PartNumber=1, Body=b"x")
    s3.abort_multipart_upload(Bucket="uploads", Key="dropped", UploadId=dropped)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="uploads")
    big = bytes(range(251)) * 84_000
    s3.upload_fileobj(io.BytesIO(big), "uploads", "transferred")
    sink = io.BytesIO()
    s3.download_fileobj("uploads", "transferred", sink)
    assert sink.getvalue() == big


def checksums(s3):
    s3.create_bucket(Bucket="checksums")
    body = b"checked" * 10_000
    values = {
        "CRC32": base64.b64encode(zlib.crc32(body).to_bytes(4, "big")).decode(),
        "SHA1": base64.b64encode(hashlib.sha1(body).digest()).decode(),
        "SHA256": base64.b64encode(hashlib.sha256(body).digest()).decode(),
    }
    for name, value in values.items():
        put = s3.put_object(Bucket="checksums", Key=name, Body=body, ChecksumAlgorithm=name)
        assert put["Checksum" + name] == value, put
        got = s3.get_object(Bucket="checksums", Key=name, ChecksumMode="ENABLED")
        assert got["Body"].read() == body and got["Checksum" + name] == value
        wrong = base64.b64encode(b"\0" * len(base64.b64decode(value))).decode()
        refused("BadDigest", s3.put_object, Bucket="checksums", Key="bad", Body=body, **{"Checksum" + name: wrong})
    for key in ("bad",):
        refused("NoSuchKey", s3.get_object, Bucket="checksums", Key=key)
    s3.put_object(Bucket="checksums", Key="k", Body=body, ChecksumCRC64NVME=crc64nvme(body))
    head = s3.head_object(Bucket="checksums", Key="k", ChecksumMode="ENABLED")
    assert head["ChecksumCRC64NVME"] == crc64nvme(body)
    refused("InvalidDigest", s3.put_object, Bucket="checksums", Key="k", Body=body, ContentMD5="no")
    s3.put_object(Bucket="checksums", Key="k", Body=body,
                  ContentMD5=base64.b64encode(hashlib.md5(body).digest()).decode())
    upload = s3.create_multipart_upload(
        Bucket="checksums", Key="m", ChecksumAlgorithm="SHA256", ChecksumType="COMPOSITE")["UploadId"]
    part = s3.upload_part(Bucket="checksums", Key="m", UploadId=upload, PartNumber=1, Body=body,
                          ChecksumAlgorithm="SHA256")
    done = s3.complete_multipart_upload(Bucket="checksums", Key="m", UploadId=upload, MultipartUpload={"Parts": [
        {"PartNumber": 1, "ETag": part["ETag"], "ChecksumSHA256": part["ChecksumSHA256"]}]})
    composite = base64.b64encode(hashlib.sha256(hashlib.sha256(body).digest()).digest()).decode() + "-1"
    assert done["ChecksumSHA256"] == composite and done["ChecksumType"] == "COMPOSITE"
    attributes = s3.get_object_attributes(Bucket="checksums", Key="m", ObjectAttributes=[
        "ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"])
    assert attributes["ObjectSize"] == len(body) and attributes["ObjectParts"]["TotalPartsCount"] == 1
    assert attributes["Checksum"]["ChecksumSHA256"] == composite


def crc64nvme(data):
    crc = 0xFFFFFFFFFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x9A6C9329AC4BC9B5 if crc & 1 else 0)
    return base64.b64encode((crc ^ 0xFFFFFFFFFFFFFFFF).to_bytes(8, "big")).decode()


def refusals(s3):
    s3.create_bucket(Bucket="refusals")
    for call, arguments, name in (
            (s3.get_bucket_policy, {}, "GetBucketPolicy"),
            (s3.put_bucket_lifecycle_configuration,
             {"LifecycleConfiguration": {"Rules": []}}, "PutBucketLifecycleConfiguration"),
            (s3.get_object_acl, {"Key": "k"}, "GetObjectAcl"),
            (s3.put_object, {"Key": "k", "Body": b"", "ServerSideEncryption": "aws:kms"},
             "x-amz-server-side-encryption"),
            (s3.put_object, {"Key": "k", "Body": b"", "ACL": "public-read"}, "x-amz-acl")):
        answer = refused("NotImplemented", call, Bucket="refusals", **arguments)
        assert name in answer["Error"]["Message"], answer
    refused("InvalidStorageClass", s3.put_object, Bucket="refusals", Key="k", Body=b"", StorageClass="DEEP_ARCHIVE")


def hosts():
    virtual = boto3.client("s3", config=Config(s3={"addressing_style": "path"}))
    virtual.create_bucket(Bucket="by-host")
    virtual.put_object(Bucket="by-host", Key="a//b", Body=b"x")
    import http.client
    import os
    import urllib.parse
    port = urllib.parse.urlparse(os.environ["AWS_ENDPOINT_URL"]).port
    for host in ("by-host.localhost", "by-host.s3.localhost", "by-host.s3.us-east-1.localhost:%d" % port,
                 "by-host.s3.us-east-1.amazonaws.com"):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/a//b", headers={"Host": host})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"x"), host


def main():
    s3 = boto3.client("s3", config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0}))
    for check in (buckets, keys, bodies, conditions, versions, uploads, checksums, refusals):
        check(s3)
        print(check.__name__, "ok", flush=True)
    hosts()
    print("hosts ok")


if __name__ == "__main__":
    sys.exit(main())

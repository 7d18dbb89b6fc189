"""Data files, an inventory of them in the form of S3's own, and sums over what the inventory names."""

import csv
import gzip
import hashlib
import io
import json

import services

BUCKET = "fan-out"
ROWS_A_FILE = 10
MANIFESTS_MAX = 3


def write_data(event, context):
    """A file of values for every ten seeds."""
    items = event["Items"]
    for start in range(0, len(items), ROWS_A_FILE):
        rows = items[start : start + ROWS_A_FILE]
        values = [int(row["seed"]) * 7 for row in rows]
        services.put_object(BUCKET, f"data/values {rows[0]['seed']}.json", json.dumps(values).encode())
    return {"rows": len(items)}


def write_part(event, context):
    """A part of the inventory: gzip, no header, every field quoted."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for item in event["Items"]:
        writer.writerow([BUCKET, item["Key"], item["Size"], item["LastModified"]])
    name = hashlib.md5(event["Items"][0]["Key"].encode()).hexdigest()
    services.put_object(BUCKET, f"parts/{name}.csv.gz", gzip.compress(text.getvalue().encode()))
    return {"keys": len(event["Items"])}


def write_manifests(event, context):
    """Manifests that share the parts among them."""
    parts = [item["Key"] for item in event["Items"]]
    count = min(MANIFESTS_MAX, len(parts))
    for number in range(count):
        files = [manifest_file(key) for key in parts[number::count]]
        manifest = {
            "sourceBucket": BUCKET,
            "destinationBucket": "arn:aws:s3:::" + BUCKET,
            "version": "2016-11-30",
            "creationTimestamp": "1668560400000",
            "fileFormat": "CSV",
            "fileSchema": "Bucket, Key",
            "files": files,
        }
        services.put_object(BUCKET, f"manifests/{number}/manifest.json", json.dumps(manifest).encode())
    return {"manifests": count}


def manifest_file(key):
    body = services.get_object(BUCKET, key)
    return {"key": key, "size": len(body), "MD5checksum": hashlib.md5(body).hexdigest()}


def sum_values(event, context):
    total = 0
    for item in event["Items"]:
        total += sum(json.loads(services.get_object(item["Bucket"], item["Key"])))
    return {
        "manifest": event["BatchInput"]["manifest"],
        "fields": sorted({name for item in event["Items"] for name in item}),
        "keys": [item["Key"] for item in event["Items"]],
        "sum": total,
    }

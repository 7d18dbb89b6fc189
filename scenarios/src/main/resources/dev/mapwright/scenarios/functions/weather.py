"""The hottest day of each month: found per batch of files by the mapper, over all by the reducer."""

import csv
import io
import json
import os

import services


def hotter(highs, month, row):
    """The first row wins a tie."""
    if month not in highs or float(row["TEMP"]) > float(highs[month]["TEMP"]):
        highs[month] = row


def mapper(event, context):
    items = event["Items"]
    if items[0]["Key"] in event["BatchInput"].get("faulty", []):
        raise RuntimeError("made to fail")
    highs = {}
    for item in items:
        text = services.get_object(os.environ["INPUT_BUCKET"], item["Key"]).decode()
        for row in csv.DictReader(io.StringIO(text)):
            hotter(highs, row["DATE"][:7], row)
    return highs


def reducer(event, context):
    bucket = event["ResultWriterDetails"]["Bucket"]
    manifest = json.loads(services.get_object(bucket, event["ResultWriterDetails"]["Key"]))
    highs = {}
    for file in manifest["ResultFiles"]["SUCCEEDED"]:
        for record in json.loads(services.get_object(bucket, file["Key"])):
            for month, row in json.loads(record["Output"]).items():
                hotter(highs, month, row)
    for month, row in highs.items():
        item = {name: {"S": value} for name, value in row.items()}
        item["TEMP"] = {"N": f"{float(row['TEMP']):.1f}"}
        item["pk"] = {"S": month}
        services.dynamodb("PutItem", TableName=os.environ["TABLE"], Item=item)
    return {"months": len(highs)}


def delete_page(event, context):
    """Deletes a page of a listing, and gives back where the next one begins."""
    for item in event["Contents"]:
        services.delete_object(event["Name"], item["Key"])
    if "NextContinuationToken" not in event:
        return {}
    return {"bucket": event["Name"], "token": event["NextContinuationToken"]}

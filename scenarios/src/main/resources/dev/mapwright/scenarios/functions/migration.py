"""Writes every item of a segment back with the time of the migration."""

from datetime import datetime, timezone

import services


def handler(event, context):
    fails_until(event)
    request = {
        "TableName": event["tableName"],
        "Segment": int(event["segment"]),
        "TotalSegments": int(event["totalSegments"]),
    }
    total = 0
    while True:
        page = services.dynamodb("Scan", **request)
        for item in page["Items"]:
            item["updatedAt"] = {"S": datetime.now(timezone.utc).isoformat()}
            services.dynamodb("PutItem", TableName=event["tableName"], Item=item)
            total += 1
        if "LastEvaluatedKey" not in page:
            break
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]
    return {**event, "totalProcessed": total}


def fails_until(event):
    """An item of another table counts the attempts of a segment that is to fail at first."""
    if "failures" not in event:
        return
    answer = services.dynamodb(
        "UpdateItem",
        TableName="attempts",
        Key={"id": {"S": event["tableName"]}},
        UpdateExpression="ADD attempts :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
        ReturnValues="UPDATED_NEW",
    )
    if int(answer["Attributes"]["attempts"]["N"]) <= event["failures"]:
        raise RuntimeError("made to fail")

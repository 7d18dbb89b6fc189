"""The summary of a day, from the counters of its hours."""

import os
from datetime import datetime, timezone

import services


def number(item, name):
    return int(item.get(name, {"N": "0"})["N"])


def handler(event, context):
    hours = {}
    request = {"TableName": os.environ["TABLE"]}
    while True:
        page = services.dynamodb("Scan", **request)
        for item in page["Items"]:
            hours[item["HourKey"]["S"]] = {
                "errors": number(item, "ErrorCount"),
                "warnings": number(item, "WarnCount"),
                "records": number(item, "TotalRecords"),
            }
        if "LastEvaluatedKey" not in page:
            break
        request["ExclusiveStartKey"] = page["LastEvaluatedKey"]
    return {
        "date": event["date"],
        "totalErrors": sum(hour["errors"] for hour in hours.values()),
        "totalWarnings": sum(hour["warnings"] for hour in hours.values()),
        "totalRecords": sum(hour["records"] for hour in hours.values()),
        "hourlyBreakdown": dict(sorted(hours.items())),
        "generatedAt": datetime.now(timezone.utc).isoformat(),
    }

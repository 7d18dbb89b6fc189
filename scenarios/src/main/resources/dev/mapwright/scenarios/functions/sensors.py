"""What is odd about one reading of a sensor."""

from datetime import datetime, timezone

BOUNDS = [
    ("temperature_spike", "temperature", -10, 35),
    ("humidity_anomaly", "humidity", 5, 95),
    ("low_battery", "batterylevel", 20, None),
]


def handler(event, context):
    anomalies = []
    for kind, field, low, high in BOUNDS:
        value = event[field]
        if value < low:
            anomalies.append({"type": kind, "value": value, "threshold": low})
        elif high is not None and value > high:
            anomalies.append({"type": kind, "value": value, "threshold": high})
    return {
        "deviceid": event["deviceid"],
        "analysisdate": event["timestamp"][:10],
        "readingtimestamp": event["timestamp"],
        "readingscount": 1,
        "metrics": {
            "temperature": event["temperature"],
            "humidity": event["humidity"],
            "batterylevel": round(event["batterylevel"], 2),
            "latitude": event["latitude"],
            "longitude": event["longitude"],
        },
        "anomalies": anomalies,
        "anomalycount": len(anomalies),
        "healthstatus": "anomalies_detected" if anomalies else "healthy",
        "timestamp": datetime.now(timezone.utc).isoformat(),
    }

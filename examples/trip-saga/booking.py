class SoldOut(Exception):
    pass


def handler(event, context):
    """Books or cancels; what the trip names as sold out cannot be booked."""
    if "cancel" in event:
        return "cancelled " + event["cancel"]
    thing = event["book"]
    if thing == event["trip"].get("soldOut"):
        raise SoldOut(f"there is no {thing} left")
    return f"{thing} to {event['trip']['to']}"

"""Price and stock of a product, derived from its number so that anybody can recompute them."""

from datetime import datetime, timezone

PRICE_STEPS = 50_000
STOCK_MAX = 500


def handler(event, context):
    number = int(event["productId"].split("-")[1])
    cents = number * 7_919 % PRICE_STEPS + 1
    return {
        **event,
        "price": f"{cents // 100}.{cents % 100:02d}",
        "stock": number * 31 % (STOCK_MAX + 1),
        "lastUpdated": datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }

from collections import Counter


def handler(event, context):
    """The five most frequent words of all counts."""
    total = Counter()
    for counts in event["counts"]:
        total.update(counts)
    return [f"{word} {count}" for word, count in sorted(total.items(), key=lambda of: (-of[1], of[0]))[:5]]

import re
from collections import Counter


def handler(event, context):
    """The words of some texts, each with how often it is there."""
    words = Counter()
    for text in event["texts"]:
        words.update(re.findall(r"[a-z]+", text.lower()))
    return words

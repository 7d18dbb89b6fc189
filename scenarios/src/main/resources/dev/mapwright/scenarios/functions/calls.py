"""Calls the handler that HANDLER names, and writes down in CALLS when each call began and ended."""

import importlib
import os
import time

_module, _, _name = os.environ["HANDLER"].rpartition(".")
_handler = getattr(importlib.import_module(_module), _name)
_log = open(
    os.path.join(os.environ["CALLS"], f"{os.environ['AWS_LAMBDA_FUNCTION_NAME']}@{os.getpid()}"),
    "a",
    buffering=1,
)


def handler(event, context):
    begun = time.time_ns()
    try:
        return _handler(event, context)
    finally:
        _log.write(f"{begun} {time.time_ns()}\n")

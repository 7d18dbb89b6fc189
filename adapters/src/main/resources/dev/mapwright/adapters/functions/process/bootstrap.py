"""Runs a Python function: a client of the Lambda Runtime API, made of the standard library alone.

It ends when the connection does: the process on the other side is gone then, or wants no more.
"""

import decimal
import http.client
import importlib
import json
import os
import sys
import time
import traceback

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
ROOT = "/2018-06-01/runtime/"
TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
SHOWN_TASK_ROOT = "/var/task"


class Fault(Exception):
    """An error of the platform's own, with the name that Lambda gives it."""

    def __init__(self, name, message, trace=()):
        super().__init__(message)
        self.name = name
        self.trace = list(trace)


class ClientContext:
    def __init__(self, members):
        client = members.get("client")
        self.custom = members.get("custom")
        self.env = members.get("env")
        self.client = type("Client", (), client) if client else None


class CognitoIdentity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Context:
    """What Lambda tells a handler about its invocation."""

    def __init__(self, headers):
        environment = os.environ
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = environment["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = environment["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = environment["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = environment["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = CognitoIdentity()
        given = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(given)) if given else None
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


def load(name):
    """The handler that `module.sub.function` names; the module may be written with slashes."""
    module_name, dot, function = name.rpartition(".")
    if not dot:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault("Runtime.ImportModuleError", "Cannot use built-in module %s as a handler module" % module_name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        where = '  File "%s" Line %s\n    %s' % (shown(error.filename or ""), error.lineno, error.text)
        raise Fault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), [where])
    if not hasattr(module, function):
        raise Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function, module_name))
    return getattr(module, function)


def shown(path):
    """Code lies where Lambda has it, as far as anybody outside can tell."""
    inside = path == TASK_ROOT or path.startswith(TASK_ROOT + os.sep)
    return SHOWN_TASK_ROOT + path[len(TASK_ROOT):] if inside else path


def error_object(error, request_id):
    if isinstance(error, Fault):
        name, trace = error.name, error.trace
    else:
        name = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)
        while frames and frames[0].filename == __file__:
            frames.pop(0)
        for frame in frames:
            frame.line  # read from its file before the file gets another name
        trace = traceback.format_list(
            [traceback.FrameSummary(shown(f.filename), f.lineno, f.name, line=f.line) for f in frames])
    return {"errorMessage": str(error), "errorType": name, "requestId": request_id, "stackTrace": trace}


def show(error):
    """As a line of the log, for people."""
    lines = ["[ERROR] %s: %s\n" % (error["errorType"], error["errorMessage"])]
    if error["stackTrace"]:
        lines += ["Traceback (most recent call last):\n"] + error["stackTrace"]
    print("".join(lines).rstrip("\n"), file=sys.stderr)


def exact(value):
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def encode(result):
    if isinstance(result, bytes):
        return result
    try:
        return json.dumps(result, ensure_ascii=False, default=exact).encode("utf-8")
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def decode(body):
    try:
        return json.loads(body)
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)


class Api:
    def __init__(self):
        self.connection = http.client.HTTPConnection(API)

    def next(self):
        self.connection.request("GET", ROOT + "invocation/next")
        answer = self.connection.getresponse()
        return answer.headers, answer.read()

    def post(self, path, body):
        sys.stdout.flush()
        sys.stderr.flush()
        self.connection.request("POST", ROOT + path, body, {"Content-Type": "application/json"})
        self.connection.getresponse().read()

    def post_error(self, path, error):
        show(error)
        self.post(path, json.dumps(error, ensure_ascii=False).encode("utf-8"))


def handle(api, handler, headers, body):
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    way = "invocation/" + request_id
    os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
    try:
        result = encode(handler(decode(body), Context(headers)))
    except Exception as error:
        api.post_error(way + "/error", error_object(error, request_id))
    else:
        api.post(way + "/response", result)


def main():
    sys.path[0] = TASK_ROOT
    api = Api()
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        api.post_error("init/error", error_object(error, ""))
        sys.exit(1)
    while True:
        try:
            headers, body = api.next()
        except (OSError, http.client.HTTPException):
            os._exit(0)
        handle(api, handler, headers, body)


if __name__ == "__main__":
    main()

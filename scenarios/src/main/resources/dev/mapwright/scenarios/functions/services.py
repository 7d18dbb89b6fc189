"""S3 and DynamoDB at AWS_ENDPOINT_URL, with the standard library alone.

One connection a process is kept open. Requests are not signed: the endpoint is on this machine.
"""

import http.client
import json
import os
import urllib.parse

_endpoint = urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL"])
_connection = None


def _call(method, path, body=None, headers=None):
    global _connection
    for attempt in (1, 2):
        if _connection is None:
            _connection = http.client.HTTPConnection(_endpoint.hostname, _endpoint.port, timeout=60)
        try:
            _connection.request(method, path, body, headers or {})
            response = _connection.getresponse()
            return response.status, response.read()
        except (http.client.HTTPException, OSError):
            _connection.close()
            _connection = None
            if attempt == 2:
                raise


def _path(bucket, key):
    return "/" + bucket + "/" + urllib.parse.quote(key)


def get_object(bucket, key):
    status, body = _call("GET", _path(bucket, key))
    if status != 200:
        raise RuntimeError(f"s3://{bucket}/{key}: HTTP {status} {body[:200]!r}")
    return body


def put_object(bucket, key, body):
    status, answer = _call("PUT", _path(bucket, key), body)
    if status != 200:
        raise RuntimeError(f"s3://{bucket}/{key}: HTTP {status} {answer[:200]!r}")


def dynamodb(operation, **parameters):
    status, body = _call(
        "POST",
        "/",
        json.dumps(parameters),
        {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": "DynamoDB_20120810." + operation,
        },
    )
    answer = json.loads(body)
    if status != 200:
        raise RuntimeError(f"{operation}: {answer}")
    return answer


def delete_object(bucket, key):
    status, answer = _call("DELETE", _path(bucket, key))
    if status != 204:
        raise RuntimeError(f"s3://{bucket}/{key}: HTTP {status} {answer[:200]!r}")

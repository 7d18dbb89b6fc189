"""S3 and DynamoDB at AWS_ENDPOINT_URL, with the standard library alone.

One connection a process is kept open. Requests are not signed: the endpoint is on this machine.
HTTP is spoken here, for http.client would take most of a call's time: it reads each answer's
headers as those of an e-mail.
"""

import json
import os
import socket
import urllib.parse

_endpoint = urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL"])
_connection = None


class _Connection:
    def __init__(self):
        self._socket = socket.create_connection((_endpoint.hostname, _endpoint.port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._input = self._socket.makefile("rb")

    def call(self, method, path, body, headers):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {_endpoint.netloc}", f"Content-Length: {len(body)}"]
        lines += (f"{name}: {value}" for name, value in headers.items())
        self._socket.sendall("\r\n".join(lines + ["", ""]).encode() + body)
        status = int(self._line().split(b" ", 2)[1])
        headers = {}
        while line := self._line():
            name, _, value = line.partition(b":")
            headers[name.lower()] = value.strip().lower()
        if headers.get(b"transfer-encoding") == b"chunked":
            return status, self._chunks()
        return status, self._bytes(int(headers.get(b"content-length", 0)))

    def close(self):
        self._input.close()
        self._socket.close()

    def _chunks(self):
        chunks = []
        while size := int(self._line().partition(b";")[0], 16):
            chunks.append(self._bytes(size))
            self._line()
        while self._line():
            pass
        return b"".join(chunks)

    def _line(self):
        line = self._input.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("The endpoint closed the connection")
        return line.rstrip(b"\r\n")

    def _bytes(self, count):
        content = self._input.read(count)
        if len(content) < count:
            raise ConnectionError("The endpoint closed the connection")
        return content


def _call(method, path, body=b"", headers=None):
    global _connection
    for attempt in (1, 2):
        try:
            if _connection is None:
                _connection = _Connection()
            return _connection.call(method, path, body, headers or {})
        except OSError:
            if _connection is not None:
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
        json.dumps(parameters).encode(),
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

"""Writes keys as Kubernetes has them into an etcd, by its JSON gateway.

    fill-etcd.py URL COUNT BYTES      so many keys, with values of about so many bytes
"""

import base64
import http.client
import json
import random
import sys

KEYS_A_TRANSACTION = 100


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def main() -> None:
    address, count, size = sys.argv[1].removeprefix("http://"), int(sys.argv[2]), int(sys.argv[3])
    numbers = random.Random(7)
    noise = numbers.randbytes(1 << 20)
    connection = http.client.HTTPConnection(address)
    for first in range(0, count, KEYS_A_TRANSACTION):
        puts = []
        for number in range(first, min(first + KEYS_A_TRANSACTION, count)):
            key = f"/registry/pods/namespace-{number * 7919 % 500:03}/pod-{number:06}"
            start = numbers.randrange(len(noise) - 2 * size)
            value = noise[start : start + size + numbers.randrange(-size // 8, size // 8)]
            puts.append({"requestPut": {"key": text(key.encode()), "value": text(value)}})
        connection.request("POST", "/v3/kv/txn", json.dumps({"success": puts}))
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"cannot write: etcd answered {answer.status}: {body.decode(errors='replace')}")


main()

"""An S3 with any number of backups and any latency, for measurements: it lists, and gets, and checks no signatures.

    python3 simulated-s3.py --count 200000 --latency 30

The bucket `backups` holds `v1/foo/<version>_<revision>_etcd.backup`, of five versions, or with `--k3s` k3s's
`prod/etcd-snapshot-<node>-<unix time>`, of three nodes. It listens on 127.0.0.1, and
prints its port as soon as it does. Requests wait for their latency at the same time, as they would far away.
"""

import argparse
import asyncio
import base64
import contextlib
import functools
import hashlib
import html
import time
from bisect import bisect_left, bisect_right
from email.utils import formatdate
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote

BUCKET = "backups"
# As they follow each other; their names sort otherwise.
VERSIONS = ["3.4.3", "3.4.9", "3.4.13", "3.4.23", "3.4.27"]
REVISION_STEP = 7
SECONDS_BETWEEN = 60
GREATEST_PAGE = 1000


class Refusal(Exception):
    """An error of S3's: its status, its code and a sentence."""


class Bucket:
    """The objects: all have the same content."""

    def __init__(self, count, upgrades, content, is_k3s):
        self.content = content
        self.is_k3s = is_k3s
        self.etag = hashlib.md5(content).hexdigest()
        self.oldest = time.time() - (count - 1) * SECONDS_BETWEEN
        if is_k3s:
            times = (int(self.oldest) + i * SECONDS_BETWEEN for i in range(count))
            self.keys = sorted(f"prod/etcd-snapshot-node{i % 3}-{time}" for i, time in enumerate(times))
            return
        version_of = (lambda i: VERSIONS[i * 5 // count]) if upgrades else (lambda i: VERSIONS[i % 5])
        # ASCII, so that strings sort as their bytes do, which is S3's order.
        self.keys = sorted(f"v1/foo/{version_of(i)}_{i * REVISION_STEP + 1:016x}_etcd.backup" for i in range(count))

    def modified(self, key):
        """When an object was written, in seconds since 1970: the higher the revision, the later."""
        if self.is_k3s:
            return int(key.split("-")[-1])
        return self.oldest + int(key.split("_")[1], 16) // REVISION_STEP * SECONDS_BETWEEN

    def holds(self, key):
        index = bisect_left(self.keys, key)
        return index < len(self.keys) and self.keys[index] == key

    def page(self, prefix, delimiter, after, after_group, limit):
        """One page of a listing: its keys, its groups, the last of both, and whether that is the end."""
        index = bisect_left(self.keys, prefix)
        if after:
            past = bisect_left(self.keys, successor(after)) if after_group else bisect_right(self.keys, after)
            index = max(index, past)
        end = bisect_left(self.keys, successor(prefix)) if prefix else len(self.keys)
        if not delimiter:
            keys = self.keys[index : min(index + limit, end)]
            return keys, [], keys[-1] if keys else "", index + limit >= end or limit == 0

        keys, groups, last = [], [], ""
        while index < end and len(keys) + len(groups) < limit:
            last = key = self.keys[index]
            cut = key.find(delimiter, len(prefix))
            if cut < 0:
                keys.append(key)
                index += 1
            else:
                last = key[: cut + len(delimiter)]
                groups.append(last)
                index = bisect_left(self.keys, successor(last), index, end)
        return keys, groups, last, index >= end or limit == 0


def successor(text):
    """The first text that sorts after all that begin with this one."""
    return text[:-1] + chr(ord(text[-1]) + 1)


def listing(bucket, query):
    """ListObjectsV2."""
    if query.get("list-type") != "2":
        raise Refusal(501, "NotImplemented", "Only ListObjectsV2 is simulated.")
    try:
        limit = max(0, min(int(query.get("max-keys", GREATEST_PAGE)), GREATEST_PAGE))
        token = base64.urlsafe_b64decode(query.get("continuation-token", "")).decode()
    except ValueError as error:
        raise Refusal(400, "InvalidArgument", "max-keys or continuation-token is wrong.") from error

    encode = quote if query.get("encoding-type") == "url" else html.escape
    prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
    # A token is what came last, behind the letter of its kind: a key or a group.
    after = token[1:] if token else query.get("start-after", "")
    keys, groups, last, is_last_page = bucket.page(prefix, delimiter, after, token[:1] == "g", limit)

    next_token = ("g" if groups and groups[-1] == last else "k") + last
    fields = {
        "Name": BUCKET,
        "Prefix": encode(prefix),
        "Delimiter": encode(delimiter) or None,
        "StartAfter": encode(query.get("start-after", "")) or None,
        "EncodingType": query.get("encoding-type"),
        "ContinuationToken": query.get("continuation-token"),
        "NextContinuationToken": None if is_last_page else base64.urlsafe_b64encode(next_token.encode()).decode(),
        "IsTruncated": "false" if is_last_page else "true",
        "MaxKeys": limit,
        "KeyCount": len(keys) + len(groups),
    }
    rest = f"<ETag>&quot;{bucket.etag}&quot;</ETag><Size>{len(bucket.content)}</Size>"
    texts = [f"<{name}>{value}</{name}>" for name, value in fields.items() if value is not None]
    for key in keys:
        modified = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(bucket.modified(key)))
        texts.append(f"<Contents><Key>{encode(key)}</Key><LastModified>{modified}</LastModified>{rest}</Contents>")
    texts += [f"<CommonPrefixes><Prefix>{encode(group)}</Prefix></CommonPrefixes>" for group in groups]
    namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
    return f'<ListBucketResult xmlns="{namespace}">{"".join(texts)}</ListBucketResult>'.encode()


def span(header, size):
    """The first byte of a range and the one after its last; all of them where it is no single range."""
    first, _, last = header.removeprefix("bytes=").partition("-")
    try:
        start = int(first) if first else max(0, size - int(last))
        end = min(size, int(last) + 1) if first and last else size
    except ValueError:
        return 0, size
    if start >= end:
        raise Refusal(416, "InvalidRange", "The requested range is not satisfiable")
    return start, end


def answer(bucket, method, target, headers):
    """The status, the header fields and the body for one request."""
    path, _, query = target.partition("?")
    name, _, key = unquote(path).removeprefix("/").partition("/")
    if method not in ("GET", "HEAD"):
        raise Refusal(405, "MethodNotAllowed", "Only GET and HEAD are simulated.")
    if name != BUCKET:
        raise Refusal(404, "NoSuchBucket", "The specified bucket does not exist")
    if not key:
        body = listing(bucket, dict(parse_qsl(query, keep_blank_values=True))) if method == "GET" else b""
        return 200, {"Content-Type": "application/xml", "x-amz-bucket-region": "us-east-1"}, body
    if not bucket.holds(key):
        raise Refusal(404, "NoSuchKey", "The specified key does not exist.")

    size = len(bucket.content)
    fields = {"ETag": f'"{bucket.etag}"', "Accept-Ranges": "bytes", "Content-Type": "application/octet-stream"}
    fields["Last-Modified"] = formatdate(bucket.modified(key), usegmt=True)
    if headers.get("if-match", fields["ETag"]) not in (fields["ETag"], "*"):
        raise Refusal(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
    if "range" not in headers:
        return 200, fields, bucket.content
    start, end = span(headers["range"], size)
    return 206, fields | {"Content-Range": f"bytes {start}-{end - 1}/{size}"}, bucket.content[start:end]


async def serve(bucket, latency, reader, writer):
    """Answers the requests of one connection, until that ends, or does not speak HTTP."""
    ends = (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError)
    with contextlib.suppress(*ends), contextlib.closing(writer):
        while True:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = lines[0].split(" ")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:-2])}
            await reader.readexactly(int(headers.get("content-length", 0)))
            await asyncio.sleep(latency)
            try:
                status, fields, body = answer(bucket, method, target, headers)
            except Refusal as refusal:
                status, code, sentence = refusal.args
                fields = {"Content-Type": "application/xml"}
                body = f"<Error><Code>{code}</Code><Message>{sentence}</Message></Error>".encode()
            fields["Content-Length"] = len(body)
            head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            writer.write(f"HTTP/1.1 {status} Simulated\r\n{head}\r\n".encode() + (body if method != "HEAD" else b""))
            await writer.drain()


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000, help="how many backups there are")
    parser.add_argument("--latency", type=float, default=0, help="what every request waits, in milliseconds")
    parser.add_argument("--object", type=Path, help="the file that every object holds; without, zeros, of a size that a snapshot can have")
    parser.add_argument("--port", type=int, default=0, help="where it listens; 0 is a free port")
    parser.add_argument("--k3s", action="store_true", help="they are called as k3s calls them")
    parser.add_argument("--upgrades", action="store_true", help="a version only begins when the one before it ended")
    given = parser.parse_args()
    content = given.object.read_bytes() if given.object else bytes((20 << 10) + 32)
    bucket = Bucket(given.count, given.upgrades, content, given.k3s)
    handler = functools.partial(serve, bucket, given.latency / 1000)
    server = await asyncio.start_server(handler, "127.0.0.1", given.port, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())

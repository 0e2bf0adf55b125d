"""Reads register deliveries as a stream: whatever their size, one document is in memory."""

import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import ijson
from django.utils.translation import gettext as _

# The largest documents of the register hold a few megabytes; more without an end is no document.
LONGEST_DOCUMENT = 32_000_000
MOST_UNREADABLE = 1000
HEAD = 65_536
ANSWER_KEYS = frozenset(
    b"took timed_out terminated_early num_reduce_phases _shards _clusters hits _scroll_id pit_id "
    b"error status aggregations".split()
)
BULK_KEYS = frozenset({"index", "create", "update", "delete"})
FIRST_KEY = re.compile(rb'\{(\s*)"([^"\\]{1,60})"')
FAULTS = (ijson.JSONError, ValueError, EOFError, OSError, zlib.error, RecursionError, OverflowError)
Progress = Callable[[str, int, int], None]
Unpacked = io.BufferedReader | gzip.GzipFile


class DeliveryError(Exception):
    """A file that is no delivery, in one sentence for people."""


class BrokenOffError(Exception):
    """A delivery whose rest cannot be read."""


class UnreadableLine:
    """Stands for a line that holds no JSON."""


@dataclass(frozen=True)
class Found:
    """One document of a delivery and, in files of lines, its line."""

    document: object
    line: int = 0


class Stream:
    """An open delivery, unpacked; stops where a document gets too long or a file too big."""

    def __init__(self, unpacked: Unpacked, most: int) -> None:
        self.unpacked, self.most = unpacked, most
        self.total = self.since = 0

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; what comes before a fault in a packed file is not lost."""
        return self.counted(self.unpacked.read1(HEAD if size < 0 else size))

    def readline(self) -> bytes:
        """The next line with its end."""
        return self.counted(self.unpacked.readline(LONGEST_DOCUMENT + 1))

    def counted(self, data: bytes) -> bytes:
        """`data`, when there is not too much of it."""
        self.total += len(data)
        self.since += len(data)
        if self.since > LONGEST_DOCUMENT or (self.most and self.total > self.most):
            raise EOFError
        return data

    def document_ended(self) -> None:
        """A whole document was read."""
        self.since = 0


def check(path: Path) -> None:
    """Raise DeliveryError unless `path` can be read and begins like a delivery."""
    with opened(path) as raw:
        head = unpack(raw, path).read1(HEAD)
    shape_of(without_mark(head), path)


def opened(path: Path) -> io.BufferedReader:
    """The file, open; a missing or closed one is one sentence."""
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise DeliveryError(_("%(file)s does not exist.") % {"file": path.name}) from error
    except OSError as error:
        raise DeliveryError(_("%(file)s cannot be read.") % {"file": path.name}) from error


def unpack(raw: io.BufferedReader, path: Path) -> Unpacked:
    """The bytes inside, whatever the file is called; not yet read, so it can begin anew."""
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    stream = gzip.GzipFile(fileobj=raw) if packed else raw
    try:
        stream.read(1)
        stream.seek(0)
    except FAULTS as error:
        raise DeliveryError(_("%(file)s cannot be unpacked.") % {"file": path.name}) from error
    return stream


def without_mark(head: bytes) -> bytes:
    """The beginning of a file without UTF-8's byte order mark."""
    return head.removeprefix(b"\xef\xbb\xbf")


def shape_of(head: bytes, path: Path) -> str:
    """How the documents stand in the file: array, answer, lines or values."""
    text = head.lstrip()
    name = {"file": path.name}
    if not text:
        raise DeliveryError(_("%(file)s is empty.") % name)
    if text[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in text[:4]:
        raise DeliveryError(_("%(file)s is not written in UTF-8.") % name)
    if text[:1] == b"[":
        return "array"
    if text[:1] != b"{":
        raise DeliveryError(_("%(file)s is not a delivery from the CVR register.") % name)
    first = FIRST_KEY.match(text)
    if first and first[2] in ANSWER_KEYS:
        return "answer"
    return "values" if first and b"\n" in first[1] else "lines"


def documents(path: Path, *, progress: Progress, most: int = 0) -> Iterator[Found]:
    """Each document of a delivery in the file's order.

    A file may be an ElasticSearch answer, an array, or one document a line; packed with gzip or
    not. `most` limits its unpacked size in bytes. Raises BrokenOffError where the rest cannot be
    read, and DeliveryError when the file is no delivery at all.
    """
    size = path.stat().st_size if path.exists() else 0
    with opened(path) as raw:
        unpacked = unpack(raw, path)
        head = unpacked.read1(HEAD)
        shape = shape_of(without_mark(head), path)
        unpacked.seek(len(head) - len(without_mark(head)))
        stream = Stream(unpacked, most)
        read = 0
        try:
            for found in lines(stream) if shape == "lines" else values(stream, shape):
                stream.document_ended()
                read += 1
                if read % 500 == 0:
                    progress("read", raw.tell(), size)
                yield found
        except FAULTS as error:
            raise BrokenOffError from error
        progress("read", size, size)
    if shape == "answer" and not read and not has_hits(path):
        raise DeliveryError(
            _("%(file)s holds no documents from the CVR register.") % {"file": path.name}
        )


def values(stream: Stream, shape: str) -> Iterator[Found]:
    """The documents of an array, of answers, or of objects one after the other."""
    prefix = {"array": "item", "answer": "hits.hits.item", "values": ""}[shape]
    for value in ijson.items(stream, prefix, use_float=True, multiple_values=shape != "array"):
        yield Found(value)


def lines(stream: Stream) -> Iterator[Found]:
    """One document a line; empty lines and the action lines of bulk files are passed over."""
    number = unreadable = 0
    while line := stream.readline():
        number += 1
        if not line.strip():
            continue
        try:
            value = json.loads(line.decode())
        except (ValueError, RecursionError):
            unreadable += 1
            if unreadable > MOST_UNREADABLE:
                raise
            value = UnreadableLine()
        if not is_bulk_action(value):
            yield Found(value, number)


def is_bulk_action(value: object) -> bool:
    """Whether a line only says what ElasticSearch should do with the next one."""
    return isinstance(value, dict) and len(value) == 1 and bool(BULK_KEYS & value.keys())


def has_hits(path: Path) -> bool:
    """Whether an answer without documents is an answer all the same: it has a list for them."""
    with opened(path) as raw:
        unpacked = unpack(raw, path)
        head = unpacked.read(3)
        unpacked.seek(len(head) - len(without_mark(head)))
        try:
            return any(True for _each in ijson.items(unpacked, "hits.hits", multiple_values=True))
        except FAULTS:
            return False


def spooled(source: IO[bytes], folder: Path) -> Path:
    """What comes in on a pipe, as a file in `folder`, so that it can be read from its start."""
    target = folder / "stdin"
    with target.open("wb") as out:
        while chunk := source.read(1 << 20):
            out.write(chunk)
    return target

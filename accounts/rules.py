"""How a line of the audit trail is sealed, and when a mail is tried again."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

GENESIS = "0" * 64
# Minutes to wait after the first, second … failed attempt to send a mail; then each hour.
MAIL_WAITS = (1, 5, 15, 60)
MAIL_TRIED_FOR = timedelta(hours=24)


def event_hash(previous: str, at: datetime, content: Mapping[str, object]) -> str:
    """SHA-256 of the previous hash, the time in UTC and the sorted content, in hex."""
    body = json.dumps(
        {"previous": previous, "at": at.astimezone(UTC).isoformat(), **content},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()


def next_attempt(written: datetime, attempts: int, now: datetime) -> datetime | None:
    """When a mail is tried again after `attempts` failures; None when it has had its day."""
    if now - written >= MAIL_TRIED_FOR:
        return None
    return now + timedelta(minutes=MAIL_WAITS[min(max(attempts, 1), len(MAIL_WAITS)) - 1])


def say_what_happened(code: int, text: str | bytes) -> str:
    """A mail server's reply on one line of at most 300 characters."""
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return " ".join(f"{code or ''} {words}".split())[:300]


def fingerprint(secret: str) -> str:
    """What is stored of a secret of 256 random bits: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()

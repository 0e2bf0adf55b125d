"""How a line of the audit trail is sealed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

GENESIS = "0" * 64


def event_hash(previous: str, at: datetime, content: Mapping[str, object]) -> str:
    """SHA-256 of the previous hash, the time in UTC and the sorted content, in hex."""
    body = json.dumps(
        {"previous": previous, "at": at.astimezone(UTC).isoformat(), **content},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()

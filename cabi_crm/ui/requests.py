"""What belongs to the request being answered: its id, and what it has read already."""

from contextvars import ContextVar
from typing import Any

EDIT = ["GET", "HEAD", "POST"]  # the methods of a page with a form

# For the log and the audit trail.
request_id: ContextVar[str] = ContextVar("request_id", default="")
# Facts that are the same all through a request, read once; None outside a request.
already_read: ContextVar[dict[str, Any] | None] = ContextVar("already_read", default=None)

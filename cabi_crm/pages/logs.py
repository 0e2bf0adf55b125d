"""Log lines as JSON: one line an event, with the request's id, no person's name, no secret."""

import json
import logging
import re
from datetime import UTC, datetime

from cabi_crm.ui.requests import request_id

# Addresses that open something by themselves: calendars and new passwords.
SECRET_PATHS = re.compile(r"(/kalender/|/konto/adgangskode/valg/)[^\s\"'?]+")


class JSONFormatter(logging.Formatter):
    """Time in UTC, level, logger, message, request id and, for errors, the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": SECRET_PATHS.sub(r"\1…", record.getMessage()),
            "request_id": request_id.get(),
        }
        if record.exc_info:
            line["traceback"] = SECRET_PATHS.sub(r"\1…", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)

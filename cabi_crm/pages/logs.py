"""Log lines as JSON: one line an event, with the request's id and never a person's name."""

import json
import logging
from datetime import UTC, datetime

from cabi_crm.ui.requests import request_id


class JSONFormatter(logging.Formatter):
    """Time in UTC, level, logger, message, request id and, for errors, the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

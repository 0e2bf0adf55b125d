"""Reading values out of foreign JSON: whatever stands there, a clean value or none comes out."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
LARGEST_COUNT = 10_000_000


def part(row: Row, key: str) -> Row:
    """The object under `key`; empty when there is none."""
    value = row.get(key)
    return value if isinstance(value, dict) else {}


def rows(row: Row, key: str) -> list[Row]:
    """The objects in the list under `key`."""
    value = row.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: object, longest: int) -> str:
    """`value` as one clean line of at most `longest` signs; empty for what is no text or number.

    Control signs and halves of signs go: databases refuse them and screens garble them.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    line = str(value)[: longest * 4]
    if not line.isprintable():
        line = "".join(sign if sign.isprintable() else " " for sign in line)
    return " ".join(line.split())[:longest].rstrip()


def digits(value: object, length: int) -> str:
    """A code of exactly `length` digits, its leading zeros put back; empty when it is none."""
    code = text(value, 20)
    return code.zfill(length) if re.fullmatch(f"[0-9]{{1,{length}}}", code) else ""


def count(value: object) -> int | None:
    """A whole number from zero that the database can hold."""
    if type(value) is int:
        return value if 0 <= value <= LARGEST_COUNT else None
    code = text(value, 20)
    number = int(code) if re.fullmatch("[0-9]{1,9}", code) else None
    return number if number is not None and number <= LARGEST_COUNT else None


def tenths(value: object) -> Decimal | None:
    """A number from zero with one decimal."""
    code = text(value, 20)
    if not re.fullmatch(r"[0-9]{1,8}(\.[0-9]{1,8})?", code):
        return None
    return Decimal(code).quantize(Decimal("0.1"))


def day(value: object) -> date | None:
    """A date written as 2026-11-23."""
    code = text(value, 40)
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", code):
        return None
    try:
        return date.fromisoformat(code)
    except ValueError:
        return None


def moment(value: object) -> str:
    """A time with zone as text in UTC, so that it sorts; empty when it is none."""
    try:
        time = datetime.fromisoformat(text(value, 40))
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""

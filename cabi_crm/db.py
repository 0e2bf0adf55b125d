"""Helpers for the database that belong to no app."""

from datetime import date, datetime, time
from typing import Any, cast

from django.db import connection, models
from django.utils import timezone


def is_postgresql() -> bool:
    """Whether the default database is PostgreSQL; SQLite otherwise."""
    return connection.vendor == "postgresql"


def one_at_a_time(name: str) -> None:
    """Make transactions that pass here with the same `name` follow each other.

    On SQLite every writing transaction does so already (`transaction_mode` IMMEDIATE).
    """
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])


def local_moment(day: date, at: time | None = None) -> datetime:
    """The moment in Copenhagen; a day without an hour is its midnight."""
    return timezone.make_aware(datetime.combine(day, at or time.min))


def start_of(day: date) -> datetime:
    """The first moment of `day` in Copenhagen; comparing with it can use an index on time."""
    return local_moment(day)


# Å and aa are one letter, and a foreign keyboard has neither æ nor ø.
LETTERS = str.maketrans(
    {"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "u", "é": "e", "è": "e"}
)


def fold(text: str) -> str:
    """`text` as it is stored and searched: lower case, single spaces, æøå as ae, oe and aa."""
    return " ".join(text.casefold().translate(LETTERS).split())


class Like(models.Lookup):
    """`field__like`: a pattern in which _ is any sign and % any text."""

    lookup_name = "like"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """LIKE, with a backslash before what is meant literally."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} LIKE {right} ESCAPE '\\'", [*left_values, *right_values]


models.TextField.register_lookup(Like)


def distinct_values(model: type[models.Model], field: str) -> list[str]:
    """Each value of an indexed text field once, in order.

    Steps through the index from one value to the next, where DISTINCT would read every row.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    found = model._meta.get_field(field)
    column = connection.ops.quote_name(cast("models.Field[Any, Any]", found).column or field)
    sql = (
        f"WITH RECURSIVE step(value) AS (SELECT MIN({column}) FROM {table} UNION ALL "  # noqa: S608, names only
        f"SELECT (SELECT MIN({column}) FROM {table} WHERE {column} > step.value) "
        "FROM step WHERE step.value IS NOT NULL) "
        "SELECT value FROM step WHERE value IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [value for (value,) in cursor.fetchall()]


class TimeStamped(models.Model):
    """When a row was made and last changed."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

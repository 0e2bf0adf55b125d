"""List pages: filter, sort and page a queryset, whole page or only its rows (htmx)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property

PAGE_SIZE = 25
LONG = 6  # digits of a page's number; no list has more pages
# What the address of a row's own page says of the list it was opened from; see `walk`.
LIST, NUMBER, COUNT, QUERY = "liste", "nr", "af", "valg"


@dataclass(frozen=True)
class Column:
    """A column heading; `sort` names its key in the address, empty when it cannot be sorted."""

    label: Any
    sort: str = ""
    css: str = ""


@dataclass(frozen=True)
class Chip:
    """A chosen filter in words, and the address without it."""

    text: str
    url: str


@dataclass
class ListPage:
    """One list: its filtered and sorted rows, and what the template needs around them.

    `sorts` maps a key in the address (`?sort=name`, `?sort=-name`) to the fields to order by.
    `walk` is the list's word in `walk.walked_lists` when its rows can be walked. A short list
    `counts_along`: its rows are read and counted in one query, which is slow for a long one.
    """

    request: HttpRequest
    filterset: django_filters.FilterSet
    columns: Sequence[Column]
    sorts: Mapping[str, Sequence[Any]]
    default_sort: str
    page_size: int = PAGE_SIZE
    walk: str = ""
    counts_along: bool = False

    @property
    def sort(self) -> str:
        """The sort key in force, with a minus when descending."""
        asked = self.request.GET.get("sort", self.default_sort)
        return asked if asked.removeprefix("-") in self.sorts else self.default_sort

    def ordered(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """`queryset` in the order in force; a minus turns the first field only."""
        first, *rest = self.sorts[self.sort.removeprefix("-")]
        turned = self.sort.startswith("-")
        if isinstance(first, str):
            return queryset.order_by(f"-{first}" if turned else first, *rest)
        ordering = first.desc(nulls_last=True) if turned else first.asc(nulls_last=True)
        return queryset.order_by(ordering, *rest)

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; the last one when the number is too high, the first when odd."""
        rows = self.ordered(self.filterset.qs)
        paginator, asked = Paginator(rows, self.page_size), self.request.GET.get("page", "1")
        number = int(asked[:LONG]) if asked.isdecimal() else 0
        if self.counts_along and number > 0:
            first = (number - 1) * self.page_size
            counted = rows.annotate(count_of_all=Window(Count("pk")))
            found = list(counted[first : first + self.page_size])
            if found or not first:
                paginator.count = found[0].count_of_all if found else 0
                return Page(found, number, paginator)
        return paginator.get_page(asked)

    @cached_property
    def walk_query(self) -> str:
        """What a row's link carries besides `nr`, its place in the list, so that one can go on."""
        own = self.request.GET.copy()
        own.pop("page", None)
        query = QueryDict(mutable=True)
        query[LIST], query[COUNT] = self.walk, str(self.page.paginator.count)
        if own:
            query[QUERY] = own.urlencode()
        return query.urlencode()

    @cached_property
    def headings(self) -> list[dict[str, Any]]:
        """Each column with the address that sorts by it and the direction it has now."""
        return [self.heading(column) for column in self.columns]

    def heading(self, column: Column) -> dict[str, Any]:
        """One column heading for the template."""
        key, current = column.sort, self.sort
        direction = ""
        if key and current.removeprefix("-") == key:
            direction = "descending" if current.startswith("-") else "ascending"
        following = f"-{key}" if direction == "ascending" else key
        url = self.url(sort=following, page=None) if key else ""
        return {"label": column.label, "css": column.css, "url": url, "direction": direction}

    def url(self, **changes: Any) -> str:
        """This list's address with some parameters changed (None removes one)."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value not in (None, ""):
                query[name] = str(value)
        return f"?{query.urlencode()}" if query else self.request.path

    @cached_property
    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that takes it off."""
        form = self.filterset.form
        chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
        chips = []
        for name, field in form.fields.items():
            value = chosen.get(name)
            if value in (None, "", False) or name == "q":
                continue
            chips.append(Chip(chip_text(field, value), self.url(**{name: None, "page": None})))
        return chips

    def render(self, template: str, **context: Any) -> HttpResponse:
        """The whole page, or only its `rows` partial when htmx asks for it."""
        htmx: Any = getattr(self.request, "htmx", None)
        partial = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
        name = f"{template}#rows" if partial else template
        return render(self.request, name, {"list": self, **context})


def chip_text(field: Any, value: Any) -> str:
    """A chosen filter in words: its choice's label, or its own label for a ticked box."""
    if value is True:
        return str(field.label)
    choices = dict(getattr(field, "choices", ()) or ())
    text = str(choices.get(value, value))
    return f"{field.label}: {text}" if field.label else text

"""Walking a filtered list row by row: what comes before and after, and the way back to the list."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from cabi_crm.ui.lists import COUNT, LIST, NUMBER, QUERY, ListPage

FAR = 1_000_000  # no list is longer
LONG = 2_000  # letters of filters that are read


@dataclass(frozen=True)
class WalkedList:
    """A list whose rows can be walked: its page's address, its name, and how it is made.

    `make` builds it from a request whose GET holds the list's own filters and sorting.
    """

    url_name: str
    label: Any
    make: Callable[[Any], ListPage]


# By the word in the address; whoever has a list puts it here.
walked_lists: dict[str, WalkedList] = {}


@dataclass(frozen=True)
class Walk:
    """Where in a list a page stands. `query` keeps the walk when added to another address."""

    number: int
    count: int
    label: Any
    back_url: str
    before_url: str
    after_url: str
    query: str

    @property
    def fields(self) -> list[tuple[str, str]]:
        """`query` as hidden fields of a form that asks for another page."""
        return [(name, str(value)) for name, value in QueryDict(self.query).items()]


def walk_of(request: HttpRequest, pk: int, url_name: str) -> Walk | None:
    """The walk that the page of row `pk` is part of; nothing when it was not opened from a list.

    One query, of the row's neighbours. A row that has moved a little is found again; one that
    has left the list has the rows on both sides of its old place as neighbours.
    """
    known = walked_lists.get(request.GET.get(LIST, ""))
    number = whole(request.GET.get(NUMBER, ""))
    if known is None or not number:
        return None
    try:
        page, query = made(known, request)
    except Http404:  # the list is not there any more: a colleague's portfolio, say
        return None
    first = max(number - 3, 0)
    rows = page.ordered(page.filterset.qs).values_list("pk", flat=True)
    pks: list[int] = list(rows[first : number + 2])
    here = pks.index(pk) if pk in pks else None
    at = number - 1 - first if here is None else here
    after = at if here is None else at + 1
    count = max(whole(request.GET.get(COUNT, "")), first + len(pks))
    number = first + at + 1

    def step(place: int) -> str:
        if not 0 <= place < len(pks):
            return ""
        words = parameters(request, first + place + 1, count)
        return f"{reverse(url_name, args=[pks[place]])}?{words}"

    query["page"] = str((number - 1) // page.page_size + 1)
    return Walk(
        number=number,
        count=count,
        label=known.label,
        back_url=f"{reverse(known.url_name)}?{query.urlencode()}#w{pk}",
        before_url=step(at - 1),
        after_url=step(after),
        query=parameters(request, number, count),
    )


def kept(request: HttpRequest, address: str) -> str:
    """`address` with the walk that `request` is part of, so that an action does not end it."""
    if request.GET.get(LIST) not in walked_lists:
        return address
    number, count = (whole(request.GET.get(name, "")) for name in (NUMBER, COUNT))
    return f"{address}?{parameters(request, number, count)}"


def made(known: WalkedList, request: HttpRequest) -> tuple[ListPage, QueryDict]:
    """The list as it was asked for, and its own part of the address."""
    # No list has such a byte in its filters, and PostgreSQL refuses it.
    packed = request.GET.get(QUERY, "")[:LONG].replace("\0", "").replace("%00", "")
    query = QueryDict(packed, mutable=True)
    asked = copy.copy(request)
    asked.GET = query.copy()  # type: ignore[assignment]
    return known.make(asked), query


def parameters(request: HttpRequest, number: int, count: int) -> str:
    """What an address needs for the walk to go on at row `number`."""
    query = QueryDict(mutable=True)
    query[LIST], query[NUMBER], query[COUNT] = request.GET[LIST], str(number), str(count)
    if request.GET.get(QUERY):
        query[QUERY] = request.GET[QUERY][:LONG]
    return query.urlencode()


def whole(text: str) -> int:
    """A number from the address; 0 when it is none, or too large to be true."""
    return int(text) if text.isdecimal() and len(text) < len(str(FAR)) else 0

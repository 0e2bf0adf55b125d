"""A logged-in client with one keep-alive connection, and how its answers are timed."""

import gzip
import http.client
import statistics
import threading
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    wire: int
    seconds: float
    headers: dict[str, str]


class Client:
    """Speaks HTTP as a browser does, without thinking time."""

    def __init__(self, port, session):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"session": session} if session else {}

    def get(self, path, *, encoding="gzip", **headers):
        return self.ask("GET", path, None, {"Accept-Encoding": encoding, **headers})

    def post(self, path, fields):
        body = urlencode(fields, doseq=True)
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://127.0.0.1/"}
        return self.ask("POST", path, body, kind)

    def ask(self, method, path, body, headers):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        started = time.perf_counter()
        self.connection.request(method, path, body, {"Cookie": cookie, **headers})
        response = self.connection.getresponse()
        raw = response.read()
        seconds = time.perf_counter() - started
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        found = {name.lower(): value for name, value in response.getheaders()}
        plain = gzip.decompress(raw) if found.get("content-encoding") == "gzip" else raw
        return Answer(response.status, plain, len(raw), seconds, found)


class Forms(HTMLParser):
    """The fields of each form on a page with the values they begin with."""

    def __init__(self, text):
        super().__init__()
        self.forms = []
        self.select = None
        self.area = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        name = values.get("name")
        if tag == "form":
            self.forms.append({"": values.get("action") or ""})
        elif not self.forms or (not name and tag != "option"):
            return
        elif tag == "input":
            self.read_input(name, values)
        elif tag == "select":
            self.select = name
        elif tag == "textarea":
            self.forms[-1].setdefault(name, "")
        elif tag == "option" and self.select and "selected" in values:
            self.forms[-1][self.select] = values.get("value", "")

    def read_input(self, name, values):
        kind = values.get("type", "text")
        if kind in {"checkbox", "radio"} and "checked" not in values:
            return
        if kind not in {"submit", "button", "file"}:
            self.forms[-1][name] = values.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None

    def holding(self, name):
        """The first form with a field called `name`, or that could have it: the longest."""
        found = [form for form in self.forms if name in form]
        return found[0] if found else max(self.forms, key=len)


def median_of(work, count):
    """The median of `count` calls of `work`, which gives seconds back."""
    return statistics.median(work(index) for index in range(count))


def alternate(works, *, rounds, count):
    """For each of `works` the median of `rounds` medians, taken in turns to share the noise."""
    taken = {name: [] for name in works}
    for work in works.values():
        median_of(work, max(2, count // 10))
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(median_of(work, count))
    return {name: statistics.median(values) for name, values in taken.items()}


def times_at_once(make_work, *, threads, count):
    """All seconds of `count` calls in each of `threads` threads at the same time."""
    taken, lock = [], threading.Lock()

    def run():
        work = make_work()
        own = [work(index) for index in range(count)]
        with lock:
            taken.extend(own)

    started = [threading.Thread(target=run) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return sorted(taken)

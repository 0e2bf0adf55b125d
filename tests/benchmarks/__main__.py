"""`make bench`: each goal with its ratio, measured on one machine in one run, floor beside it.

Two web servers stand on the same database: the product's, and a floor of plain Django with one
model and bare templates. They are asked in turns by one logged-in client that keeps its connection.
"""

import argparse
import json
import os
import statistics
import time
from contextlib import ExitStack

from tests.benchmarks.client import Client, Forms, alternate, times_at_once
from tests.benchmarks.goals import (
    GROWTH,
    GZIP_KB,
    MEMORY,
    NAMES,
    OVERVIEW,
    PAGES,
    PDF,
    PLAIN_KB,
    QUERIES,
    TAIL,
    Result,
    table,
)
from tests.benchmarks.servers import (
    KEPT,
    ROOT,
    memory_mb,
    prepared,
    seeded_postgres,
    seeded_sqlite,
    serving,
)
from tests.benchmarks.words import COMMON, RARE

SIZES = {"full": (100_000, 20_000), "small": (20_000, 5_000)}


class Bench:
    """The measuring of one database."""

    def __init__(self, database, url, options, stack):
        self.database, self.options = database, options
        self.known = prepared(url)
        paper = KEPT / "paper.json"
        paper.write_text(json.dumps(self.known["paper"]), encoding="utf-8")
        more = {"BENCH_PAPER": str(paper)}
        self.port, self.pid = stack.enter_context(serving("cabi_crm.wsgi", url))
        self.floor_port, self.floor_pid = stack.enter_context(
            serving("tests.benchmarks.floor_wsgi", url, **more)
        )
        self.client = self.logged_in("consultant")
        self.floor = Client(self.floor_port, self.known["sessions"]["floor"])
        self.results = []

    def logged_in(self, who):
        return Client(self.port, self.known["sessions"][who])

    def run(self):
        self.pages()
        self.home()
        self.log()
        self.overview()
        self.queries_and_bytes()
        self.tail()
        self.add("memory, 2 workers", memory_mb(self.pid), "MiB", memory_mb(self.floor_pid), MEMORY)
        self.pdf()
        return self.results

    def add(self, measure, value, unit, floor, goal, *, against="floor"):
        self.results.append(Result(self.database, measure, value, unit, against, floor, goal))
        print(".", end="", flush=True)

    def compare(self, name, goal, product, floor, count):
        """Both in turns; milliseconds."""
        works = {"product": product, "floor": floor}
        taken = alternate(works, rounds=self.options.rounds, count=count)
        milliseconds = {key: value * 1000 for key, value in taken.items()}
        self.add(NAMES.get(name, name), milliseconds["product"], "ms", milliseconds["floor"], goal)

    def pages(self):
        paths, pages, places = (self.known[key] for key in ("paths", "pages", "places"))
        floors = {
            "list": "/floor/",
            "common": f"/floor/search/?q={COMMON}",
            "rare": f"/floor/search/?q={RARE}",
        }
        for name, floor in floors.items():
            self.compare(
                name,
                PAGES[name],
                lambda _, path=paths[name]: get(self.client, path),
                lambda _, path=floor: get(self.floor, path),
                self.options.requests,
            )
        self.compare(
            "workplace",
            PAGES["workplace"],
            lambda index: get(self.client, pages[index % len(pages)]),
            lambda index: get(self.floor, f"/floor/workplace/{places[index % len(places)]}/"),
            self.options.requests,
        )

    def home(self):
        """The day against the floor's list: a screenful of rows on both."""
        self.compare(
            "home",
            PAGES["home"],
            lambda _: get(self.client, self.known["paths"]["home"]),
            lambda _: get(self.floor, "/floor/"),
            self.options.requests,
        )

    def log(self):
        """Only the sending is timed; the form is fetched before, as a person does."""
        logs, places = self.known["logs"], self.known["places"]
        self.compare(
            "log",
            PAGES["log"],
            lambda index: send(self.client, logs[index % len(logs)]),
            lambda index: send(self.floor, f"/floor/workplace/{places[index % len(places)]}/"),
            self.options.requests // 2,
        )

    def overview(self):
        manager = self.logged_in("manager")
        self.compare(
            "overview",
            OVERVIEW,
            lambda _: get(manager, self.known["paths"]["overview"]),
            lambda _: get(self.floor, "/floor/"),
            self.options.requests // 3,
        )

    def queries_and_bytes(self):
        for name, count in self.known["queries"].items():
            self.add(f"queries, {NAMES[name]}", count, "", None, QUERIES[name])
        path = self.known["paths"]["list"]
        small, large = self.client.get(path), self.client.get(path, encoding="identity")
        self.add("list, gzip", small.wire / 1000, "kB", None, GZIP_KB)
        self.add("list, plain", large.wire / 1000, "kB", None, PLAIN_KB)

    def tail(self):
        path, key = self.known["paths"]["list"], self.known["sessions"]["consultant"]
        for threads in (1, 8):
            count = max(5, 2 * self.options.requests // threads)

            def make():
                client = Client(self.port, key)
                get(client, path)
                return lambda _: get(client, path)

            taken = times_at_once(make, threads=threads, count=count)
            middle = statistics.median(taken) * 1000
            late = taken[int(len(taken) * 0.95)] * 1000
            self.add(
                f"list, p95 of {threads} at once", late, "ms", middle, TAIL, against="own median"
            )

    def pdf(self):
        """Another agreement each time, so that nothing measured before is of help."""
        papers = self.known["papers"]
        turn = iter(range(10**6))
        self.compare(
            "agreement PDF, first time",
            PDF,
            lambda _: get(self.client, papers[next(turn) % len(papers)]),
            lambda _: get(self.floor, "/floor/pdf/"),
            6,
        )
        self.compare(
            "agreement PDF, again",
            PDF,
            lambda _: get(self.client, papers[0]),
            lambda _: get(self.floor, "/floor/pdf/"),
            6,
        )
        memory = memory_mb(self.pid), memory_mb(self.floor_pid)
        self.add("memory after PDFs", memory[0], "MiB", memory[1], MEMORY)


def get(client, path):
    answer = client.get(path)
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}")
    return answer.seconds


def send(client, path):
    """Fill the form as it came, with the one mandatory field; the seconds of sending it."""
    page = client.get(path, encoding="identity").body.decode()
    form = Forms(page).holding("submission")
    action = form.pop("") or path
    answer = client.post(action, {**form, "outcome": "positive", "offer": "En i praktik."})
    if answer.status != 302:
        raise SystemExit(f"POST {action} answers {answer.status}")
    return answer.seconds


def growth(big, small, options):
    """The list, the search and a workplace at full size against a fifth of it, in turns."""
    results = []
    for name in ("list", "common", "workplace"):
        works = {
            key: lambda index, bench=bench, name=name: get(
                bench.client,
                bench.known["pages"][index % 50]
                if name == "workplace"
                else bench.known["paths"][name],
            )
            for key, bench in (("big", big), ("small", small))
        }
        taken = alternate(works, rounds=options.rounds, count=options.requests)
        results.append(
            Result(
                big.database, f"growth × 5, {NAMES[name]}", taken["big"] * 1000, "ms", "a fifth",
                taken["small"] * 1000, GROWTH,
            )
        )  # fmt: skip
    return results


def arguments():
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="full")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=30)
    return parser.parse_args()


def main():
    options, results = arguments(), []
    begun = time.perf_counter()
    many, few = SIZES[options.size]
    if options.database in {"postgresql", "both"}:
        server = os.environ.get("POSTGRES_URL")
        if not server:
            raise SystemExit(
                "POSTGRES_URL is not set; `make bench` starts a PostgreSQL and sets it."
            )
        print(f"PostgreSQL with {many} and {few} workplaces …", flush=True)
        urls = [seeded_postgres(server, count) for count in (many, few)]
        with ExitStack() as stack:
            big = Bench("postgresql", urls[0], options, stack)
            small = Bench("postgresql", urls[1], options, stack)
            results += big.run()
            results += growth(big, small, options)
    if options.database in {"sqlite", "both"}:
        print(f"SQLite with {few} workplaces …", flush=True)
        url = seeded_sqlite(few)
        with ExitStack() as stack:
            results += Bench("sqlite", url, options, stack).run()
    print(f"\n{table(results)}")
    out = ROOT / "out" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    figures = {
        "size": options.size,
        "rounds": options.rounds,
        "requests": options.requests,
        "seconds": round(time.perf_counter() - begun),
        "results": [each.as_dict() for each in results],
    }
    out.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    missed = sum(not each.met for each in results)
    print(f"\n{len(results) - missed} of {len(results)} goals met in {figures['seconds']} s.")
    print(f"Written to {out.relative_to(ROOT)}")


main()

"""The goals of the first version, and how a measured value is held against one."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Result:
    """One line of the table: a value, what it is compared with, and whether the goal is met."""

    database: str
    measure: str
    value: float
    unit: str
    against: str
    floor: float | None
    goal: float

    @property
    def figure(self):
        """What the goal is about: the ratio to the floor where there is one, else the value."""
        return self.value / self.floor if self.floor else self.value

    @property
    def met(self):
        return self.figure <= self.goal

    def as_dict(self):
        return {**asdict(self), "ratio": self.floor and round(self.figure, 2), "met": self.met}


# Goal of a page as a ratio to the floor's page of the same kind, in the same run.
PAGES = {"list": 4, "common": 3, "rare": 4, "workplace": 4, "log": 5, "home": 15}
# Fifteen times quicker than the reports of the best known peer, which were 139 times its floor.
OVERVIEW = 9.3
PDF = 1.5
GROWTH = 1.3
QUERIES = {"list": 8, "common": 8, "workplace": 10, "overview": 12, "home": 12}
GZIP_KB, PLAIN_KB = 12, 60
MEMORY = 1.5
TAIL = 2
NAMES = {
    "list": "list, page 1",
    "common": "search, common part",
    "rare": "search, rare part",
    "workplace": "workplace with timeline",
    "log": "log a visit (POST)",
    "overview": "dashboard",
    "home": "home",
}


def table(results):
    """The results as lines of text, each goal with its ratio."""
    head = ("database", "measure", "value", "floor", "ratio", "goal", "met")
    rows = [head, *(line(each) for each in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if position < 2 else cell.rjust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def line(result):
    ratio = f"{result.figure:.2f} ×" if result.floor else ""
    goal = f"≤ {result.goal:g} ×" if result.floor else f"≤ {result.goal:g} {result.unit}".strip()
    floor = f"{result.floor:.1f} {result.unit}" if result.floor else ""
    met = "yes" if result.met else "NO"
    return (
        result.database,
        result.measure,
        f"{result.value:.1f} {result.unit}".strip(),
        floor,
        ratio,
        goal,
        met,
    )

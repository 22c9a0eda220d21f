"""Tables in Markdown, and the small statistics that go into them."""

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean, median
from typing import TypeVar

from benchmarks.quality.records import Record, Status

NOTHING = "-"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table: the first column to the left, the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def good(records: Iterable[Record]) -> list[Record]:
    """Return those whose plan holds."""
    return [record for record in records if record.status is Status.GOOD]


def figures(records: Iterable[Record], name: str) -> list[float]:
    """Return one figure of all records that have it."""
    return [record.figures[name] for record in records if name in record.figures]


def mean_and_median(values: Sequence[float], out_of: int) -> str:
    """Return both, and how many there are where it is not all: ``0.31 · 0.20 (11/12)``."""
    if not values:
        return NOTHING
    shown = f"{fmean(values):.2f} · {median(values):.2f}"
    return shown if len(values) == out_of else f"{shown} ({len(values)}/{out_of})"


Key = TypeVar("Key", str, int, float, tuple[str, str])


def grouped(records: Iterable[Record], key: Callable[[Record], Key]) -> dict[Key, list[Record]]:
    """Return the records by a key, keys in order."""
    groups: dict[Key, list[Record]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return dict(sorted(groups.items()))

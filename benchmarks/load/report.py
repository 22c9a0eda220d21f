"""The findings as a table for a terminal and as one page that needs nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from itertools import pairwise
from typing import Any

from benchmarks.load.findings import Findings, Times, percent, waiting
from benchmarks.load.measure import Measured
from benchmarks.load.morning import Route
from benchmarks.load.plots import Line, drawn

COLOURS = {
    "solvers": "#1f6f8b",
    "workers": "#7a5195",
    "api": "#e07a1f",
    "database": "#4c8c4a",
    "sender": "#99a3ad",
}

Rows = Sequence[Sequence[str]]

_HEAD = """<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Selat under load</title>"""

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 860px; margin: 2rem auto; padding: 0 1rem; color: #1c2733; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: .25rem .8rem; border-bottom: 1px solid #d5dce3; }
td:not(:first-child), th:not(:first-child) { text-align: right; } th { text-align: left; }
svg { width: 100%; font: 11px system-ui, sans-serif; margin: .8rem 0; } .title { font-size: 13px; font-weight: 600; }
.grid { stroke: #d5dce3; } .no { color: #b3261e; font-weight: 600; }
"""


def figures(found: Findings) -> Rows:
    """Return the figures, each with what it says."""
    processor = found.processor
    dearer = [] if found.mean_dearer is None else [
        ["cost above that without load, mean", f"{found.mean_dearer:+.2f} %"],
        ["the same, worst", f"{max(found.dearer):+.2f} %"],
    ]  # fmt: skip
    return [
        ["plans accepted", f"{found.accepted} ({found.accepted_per_second:.2f}/s)"],
        ["plans ended", f"{', '.join(f'{n} {status}' for status, n in found.statuses.items())}"],
        ["plans ended a second", f"{found.finished_per_second:.2f}"],
        ["plans lost", f"{found.lost}"],
        ["saturated: plans waited while calls came", f"{processor.seconds:.0f} s"],
        ["then of all cores: solvers", f"{processor.solvers:.1f} %"],
        ["workers · API · database · sender", _of_the_rest(found)],
        ["programs that are not of this measurement", f"{processor.strangers:.1f} %"],
        *dearer,
        ["sender late, p99", f"{found.sender_late:.1f} ms"],
    ]


def as_text(found: Findings, machine: Mapping[str, str]) -> str:
    """Return everything as Markdown, which a terminal shows as well."""
    head = ["from when it was to be sent", "calls", "failed", "p50 ms", "p95 ms", "p99 ms", "worst ms"]
    rows = [_row(each) for each in (*found.routes, found.reads, found.waits)]
    bars = [[what, "yes" if held else "**no**"] for what, held in found.bars]
    parts = [
        _markdown(["", ""], figures(found)),
        _markdown(head, rows),
        _markdown(["bar", "met"], bars),
        ", ".join(f"{name} {value}" for name, value in machine.items()),
    ]
    return "\n\n".join(parts) + "\n"


def as_page(measured: Measured, found: Findings, machine: Mapping[str, str], command: str) -> str:
    """Return a page with tables and pictures; it loads nothing."""
    head = ["from when it was to be sent", "calls", "failed", "p50 ms", "p95 ms", "p99 ms", "worst ms"]
    body = [
        "<h1>Selat under load</h1>",
        f"<p>A courier's morning in {measured.seconds:.0f} s, sent by the clock. {escape(command)}</p>",
        _table(["bar", "met"], [[what, "yes" if held else "no"] for what, held in found.bars]),
        _table(["figure", ""], figures(found)),
        _table(head, [_row(each) for each in (*found.routes, found.reads, found.waits)]),
        *_pictures(measured),
        _table(["machine", ""], [[name, value] for name, value in machine.items()]),
    ]
    page = "\n".join(body)
    return f'<!doctype html>\n<html lang="en">\n{_HEAD}\n<style>{_STYLE}</style>\n{page}\n</html>\n'


def as_record(found: Findings, machine: Mapping[str, str], command: str) -> dict[str, Any]:
    """Return the figures for programs."""
    bars = dict(found.bars)
    return {"command": command, "machine": dict(machine), "bars": bars, **asdict(found)}


def _pictures(measured: Measured) -> list[str]:
    steps = list(pairwise(measured.looks))
    end = max([measured.seconds, *(look.at for look in measured.looks)])
    shares = [
        Line(who, colour, [(step[1].at, percent(step, who, measured.cores)) for step in steps])
        for who, colour in COLOURS.items()
    ]
    queue = [(look.at, float(waiting(measured.plans, look.at))) for look in measured.looks]
    reads = [(call.at, 1_000 * call.took) for call in measured.calls if call.route is not Route.SUBMIT]
    posts = [(call.at, 1_000 * call.took) for call in measured.calls if call.route is Route.SUBMIT]
    dots = [Line("reads", "#1f6f8b", reads, dots=True), Line("submissions", "#e07a1f", posts, dots=True)]
    return [
        drawn("Share of all cores, %", shares, seconds=end, highest=100.0),
        drawn("Plans that wait", [Line("queue", "#1f6f8b", queue)], seconds=end),
        drawn("Latency from when a call was to be sent, ms", dots, seconds=end),
    ]


def _of_the_rest(found: Findings) -> str:
    rest = found.processor
    return " · ".join(f"{each:.1f} %" for each in (rest.workers, rest.api, rest.database, rest.sender))


def _row(times: Times) -> list[str]:
    numbers = (times.p50, times.p95, times.p99, times.worst)
    return [times.what, str(times.count), str(times.failed), *(f"{each:.1f}" for each in numbers)]


def _markdown(head: Sequence[str], rows: Rows) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _table(head: Sequence[str], rows: Rows) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n".replace(
            "<td>no</td>", '<td class="no">no</td>'
        )
        for row in rows
    )
    return f"<table><tr>{top}</tr>\n{body}</table>"

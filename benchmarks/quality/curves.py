"""Curves of the mean gap over time, as SVG files without any library."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import fmean

from benchmarks.quality.case import Convention
from benchmarks.quality.engines import ENGINES, SuiteName
from benchmarks.quality.records import Record
from benchmarks.quality.tables import good, grouped
from benchmarks.quality.vrptw import size

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 200, 36, 48
EARLIEST = 0.05
"""Seconds at the left edge; nobody has much to show before."""

SAMPLES = 60
COLOURS = ("#0b6e99", "#d9822b", "#8a5a00", "#2e8b57", "#7d3cb5")


@dataclass(frozen=True, slots=True)
class Curve:
    """One engine: seconds and mean gap in percent."""

    title: str
    colour: str
    points: tuple[tuple[float, float], ...]


def write_curves(records: Sequence[Record], folder: Path) -> list[str]:
    """Write one picture per size and budget of the VRPTW; return the lines that show them on the page."""
    shown = []
    land = [record for record in good(records) if record.task.suite is SuiteName.VRPTW]
    by_budget = grouped(land, lambda record: f"{size(record.task.instance):04d} {record.task.seconds:g}")
    for key, group in by_budget.items():
        customers, seconds = key.split()
        curves = _curves(group)
        if curves:
            title = f"{int(customers)} customers, {seconds} s: mean gap to best known"
            name = f"gap-{int(customers)}-{seconds}s.svg"
            (folder / name).write_text(draw(title, curves, float(seconds)))
            shown.append(f"![{title}]({name})")
    return shown


def _curves(records: Sequence[Record]) -> list[Curve]:
    curves = []
    land = [engine for engine in ENGINES if SuiteName.VRPTW in engine.runners]
    for engine, colour in zip(land, COLOURS, strict=True):
        mine = [r for r in records if r.task.engine == engine.name and r.trace and "best" in r.figures]
        points = tuple(_mean_gaps(mine))
        if len(points) > 1:
            curves.append(Curve(engine.title, colour, points))
    return curves


def _mean_gaps(records: Sequence[Record]) -> Iterable[tuple[float, float]]:
    """Yield the mean over all instances, from when all have a plan."""
    if not records:
        return
    last = max(record.task.seconds for record in records)
    for step in range(SAMPLES + 1):
        at = EARLIEST * (last / EARLIEST) ** (step / SAMPLES)
        gaps = [_gap(record, at) for record in records]
        known = [gap for gap in gaps if gap is not None]
        if len(known) == len(gaps):
            yield at, fmean(known)


def _gap(record: Record, at: float) -> float | None:
    """Return the gap of the best plan at a moment: as the engine says while it runs, as the judge says at its end."""
    ended = [record.figures["distance"]] if at >= record.took else []
    distances = [cost / Convention.DIMACS.scale for when, cost in record.trace if when <= at] + ended
    return 100 * (min(distances) / record.figures["best"] - 1) if distances else None


def draw(title: str, curves: Sequence[Curve], seconds: float) -> str:
    """Return a picture: time on a logarithmic axis, gap on a square-root one, which shows small gaps too."""
    highest = max(max(gap for _, gap in curve.points) for curve in curves)
    frame = _Frame(seconds, max(highest, 0.1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        ' font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}, %</text>',
        *frame.axes(),
    ]
    for number, curve in enumerate(curves):
        path = " ".join(f"{frame.x(at):.1f},{frame.y(gap):.1f}" for at, gap in curve.points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{curve.colour}" stroke-width="2"/>')
        y = TOP + 14 + 20 * number
        x = WIDTH - RIGHT + 14
        parts.append(f'<path d="M{x} {y - 4}h18" stroke="{curve.colour}" stroke-width="3"/>')
        parts.append(f'<text x="{x + 24}" y="{y}">{escape(curve.title)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things are drawn."""

    seconds: float
    highest: float

    def x(self, at: float) -> float:
        """Return the place of a moment."""
        share = math.log(max(at, EARLIEST) / EARLIEST) / math.log(self.seconds / EARLIEST)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, gap: float) -> float:
        """Return the height of a gap."""
        return HEIGHT - BOTTOM - math.sqrt(max(gap, 0) / self.highest) * (HEIGHT - TOP - BOTTOM)

    def axes(self) -> Iterable[str]:
        """Yield lines and numbers."""
        for gap in (0, 0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 200):
            if gap <= self.highest:
                y = self.y(gap)
                yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
                yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{gap:g}</text>'
        for at in (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60):
            if at <= self.seconds:
                x = self.x(at)
                yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee"/>'
                yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{at:g}</text>'
        yield f'<text x="{(WIDTH - RIGHT + LEFT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">seconds</text>'

"""Pictures of a measurement: lines over time as SVG, and no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 150, 30, 34
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, its colour, and where it goes; ``dots`` leaves the points unjoined."""

    name: str
    colour: str
    points: Points
    dots: bool = False


def drawn(title: str, lines: Sequence[Line], *, seconds: float, highest: float | None = None) -> str:
    """Return a picture: seconds to the right, values upwards from zero."""
    most = highest or max((value for line in lines for _, value in line.points), default=0.0) or 1.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<text x="{LEFT}" y="18" class="title">{escape(title)}</text>',
        *_axes(seconds, most),
    ]
    for number, line in enumerate(lines):
        parts.append(_marks(line, [(_x(at, seconds), _y(value, most)) for at, value in line.points]))
        y = TOP + 10 + 18 * number
        parts.append(
            f'<rect x="{WIDTH - RIGHT + 12}" y="{y - 8}" width="12" height="8" fill="{line.colour}"/>'
        )
        parts.append(f'<text x="{WIDTH - RIGHT + 30}" y="{y}">{escape(line.name)}</text>')
    return "\n".join([*parts, "</svg>"])


def _marks(line: Line, places: Points) -> str:
    if line.dots:
        return "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.6" fill="{line.colour}" fill-opacity=".6"/>'
            for x, y in places
        )
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="1.6"/>'


def _axes(seconds: float, most: float) -> list[str]:
    parts = []
    for quarter in range(5):
        value, at = most * quarter / 4, seconds * quarter / 4
        y, x = _y(value, most), _x(at, seconds)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" class="grid"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,.4g}</text>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{at:.0f} s</text>')
    return parts


def _x(at: float, seconds: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * min(max(at / seconds, 0.0), 1.0)


def _y(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(max(value / most, 0.0), 1.0)

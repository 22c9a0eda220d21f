"""Draws a plan as an SVG: land, the stops in the order of their visits, and the ferries.

Roads are drawn as straight lines between stops: the matrix knows how far they are, not where they run. Run it
from the root of the checkout, for the picture in the README::

    python -m router demo -o plan.json
    python -m benchmarks.data_tools.draw_plan router/wire/examples/bali_lombok.json plan.json demo.svg
"""

import argparse
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import shapely

from router.geography.geography import SHIPPED_LAYER
from router.geography.land_layer import read_land_layer

WIDTH = 1000.0
MARGIN = 0.08
"""Land shown around the outermost places, as a share of their spread."""

COAST_DETAIL_PIXELS = 0.6
SMALLEST_ISLAND_PIXELS = 4.0
LABEL_PIXELS, LINE_PIXELS = 90.0, 20.0
BEND = 0.08
"""How far a ferry line bows out, as a share of its length: out and back do not cover each other."""

SEA, LAND, COAST, INK = "#dcebf2", "#f7f2e2", "#b9ad8b", "#333333"
COLOURS = ("#c0392b", "#1f618d", "#1e8449", "#7d3c98", "#b9770e", "#117a65", "#6e2c00", "#2c3e50", "#ad1457")

Json = Mapping[str, Any]
Point = tuple[float, float]
Track = Sequence[Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rectangle of the map, in degrees, and how it is put on paper (equirectangular)."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, places: Sequence[Point]) -> "Frame":
        """Return the frame of positions (lon, lat) with a margin."""
        lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
        pad = MARGIN * max(max(lons) - min(lons), max(lats) - min(lats))
        return cls(west=min(lons) - pad, south=min(lats) - pad, east=max(lons) + pad, north=max(lats) + pad)

    @property
    def pixels_per_degree(self) -> float:
        """Return the scale along a parallel."""
        return WIDTH / (self.east - self.west)

    @property
    def height(self) -> float:
        """Return the height of the paper, true to shape in the middle of the frame."""
        return (self.north - self.south) * self.pixels_per_degree / self._squeeze

    @property
    def _squeeze(self) -> float:
        return math.cos(math.radians((self.north + self.south) / 2))

    def on_paper(self, place: Point) -> Point:
        """Return where a position (lon, lat) lies, in pixels from the top left."""
        lon, lat = place
        x = (lon - self.west) * self.pixels_per_degree
        y = (self.north - lat) * self.pixels_per_degree / self._squeeze
        return round(x, 1), round(y, 1)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan with its request and the frame around its places."""

    places: Mapping[str, Point]
    request: Json
    plan: Json
    frame: Frame

    def svg(self) -> str:
        """Return the whole picture."""
        height = round(self.frame.height)
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height}" role="img" '
            f'font-family="sans-serif" font-size="13">',
            f"<title>{escape(self.request['name'])}</title>",
            f'<rect width="100%" height="100%" fill="{SEA}"/>',
            f'<path d="{"".join(_land(self.frame))}" fill="{LAND}" stroke="{COAST}" stroke-width="0.7"/>',
            *self._routes(),
            *self._ports(),
            *self._depots(),
            f'<text x="8" y="{height - 8}" font-size="11" fill="{INK}">'
            "Land © OpenStreetMap contributors (ODbL) · settlements GeoNames (CC BY 4.0)</text>",
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _routes(self) -> Iterator[str]:
        for index, route in enumerate(self.plan["routes"]):
            colour = COLOURS[index % len(COLOURS)]
            roads, ferries = self._legs(route["steps"])
            yield f'<g stroke="{colour}" fill="none" stroke-linejoin="round">'
            yield f"<title>{escape(route['vehicle_id'])}</title>"
            yield f'<path d="{"".join(map(_line, roads))}" stroke-width="1.3"/>'
            yield f'<path d="{"".join(map(_curve, ferries))}" stroke-width="2" stroke-dasharray="6 4"/>'
            for step in route["steps"]:
                if step["type"] == "stop":
                    yield _circle(self._at(step["place"]), 2.2, f'fill="{colour}" stroke="none"')
            yield "</g>"

    def _legs(self, steps: Sequence[Json]) -> tuple[list[Track], list[Track]]:
        """Return the roads, one line for each land that is crossed, and the ferries."""
        roads: list[Track] = []
        ferries: list[Track] = []
        here = [self._at(steps[0]["place"])]
        for step in steps[1:]:
            if step["type"] == "ferry":
                crossing = [self._at(step["from_port"]), self._at(step["to_port"])]
                roads.append([*here, crossing[0]])
                ferries.append(crossing)
                here = [crossing[1]]
            else:
                here.append(self._at(step["place"]))
        return [*roads, here], ferries

    def _ports(self) -> Iterator[str]:
        for port in self.request["ferries"]["ports"]:
            yield _circle(self._at(port["id"]), 4.5, f'fill="white" stroke="{INK}" stroke-width="1.6"')
            yield (
                self._label(port["id"], 6, -9, "end")
                if self._crowded(port["id"])
                else self._label(port["id"], 8, 4)
            )

    def _depots(self) -> Iterator[str]:
        for depot in self.request["depots"]:
            x, y = self._at(depot["id"])
            yield f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{INK}"/>'
            yield self._label(depot["id"], -8, 18, "end")

    def _crowded(self, port: str) -> bool:
        """Return whether a label to the right of a port would run over another port or depot."""
        x, y = self._at(port)
        others = [
            self._at(place["id"]) for place in (*self.request["depots"], *self.request["ferries"]["ports"])
        ]
        return any(0 < other[0] - x < LABEL_PIXELS and abs(other[1] - y) < LINE_PIXELS for other in others)

    def _label(self, place: str, right: float, down: float, anchor: str = "start") -> str:
        x, y = self._at(place)
        return (
            f'<text x="{x + right:.1f}" y="{y + down:.1f}" text-anchor="{anchor}" fill="{INK}" '
            f'stroke="white" stroke-width="3" paint-order="stroke">{escape(place)}</text>'
        )

    def _at(self, place: str) -> Point:
        return self.frame.on_paper(self.places[place])


def _land(frame: Frame) -> Iterator[str]:
    """Yield the coasts within the frame, with as much detail as can be seen."""
    window = shapely.box(frame.west, frame.south, frame.east, frame.north)
    with as_file(SHIPPED_LAYER) as file:
        polygons = [land.polygon for land in read_land_layer(file)]
    shown = shapely.intersection(
        shapely.simplify(polygons, COAST_DETAIL_PIXELS / frame.pixels_per_degree), window
    )
    smallest = SMALLEST_ISLAND_PIXELS / frame.pixels_per_degree**2
    for polygon in shapely.get_parts(shown):
        if isinstance(polygon, shapely.Polygon) and polygon.area > smallest:
            for ring in (polygon.exterior, *polygon.interiors):
                yield _line([frame.on_paper((lon, lat)) for lon, lat in ring.coords]) + "z"


def _line(points: Track) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _curve(ends: Track) -> str:
    """Return a line that bows to its left-hand side."""
    (x0, y0), (x1, y1) = ends
    x, y = (x0 + x1) / 2 + BEND * (y1 - y0), (y0 + y1) / 2 - BEND * (x1 - x0)
    return f"M{x0:.1f} {y0:.1f}Q{x:.1f} {y:.1f} {x1:.1f} {y1:.1f}"


def _circle(at: Point, radius: float, style: str) -> str:
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius}" {style}/>'


def draw(request: Json, plan: Json) -> str:
    """Return a plan as SVG; ``request`` and ``plan`` are documents of the wire contract."""
    named = [*request["depots"], *request["stops"], *request["ferries"]["ports"]]
    places = {place["id"]: (place["location"]["lon"], place["location"]["lat"]) for place in named}
    return Drawing(places, request, plan, Frame.around(list(places.values()))).svg()


def main() -> None:
    """Read a request and its plan, and write the picture."""
    parser = argparse.ArgumentParser(description="Draw a plan as SVG.")
    for name in ("request", "plan", "output"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    picture = draw(json.loads(args.request.read_bytes()), json.loads(args.plan.read_bytes()))
    args.output.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Where a vehicle may go next: depot, stops, reloads and crossings as nodes, roads between them as arcs.

A crossing is a node that is entered at its check-in and left where and when the vehicle rolls off, so that its
time, its fare and its deck slots are exact, and nothing hangs on the moment at which it is reached.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from router.domain.fleet import Vehicle
from router.domain.ids import IslandId, PlaceId
from router.domain.problem import Problem
from router.domain.units import Instant, Meters, Seconds
from router.solver.exact.reach import Reach, reach
from router.travel.travel import Crossing, Travel

DEPOT = 0
"""The node that every route leaves from its start depot and comes back to at its end depot."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A road from where one node is left to where another is entered."""

    tail: int
    head: int
    seconds: Seconds
    meters: Meters


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All that a vehicle may do. Node 0 is the depot, then come all stops, then reloads, then crossings.

    Attributes:
        vehicle: The vehicle, or another of its type.
        reach: When it can be where.
        stops: The nodes of the stops that it can serve.
        reloads: The nodes of its reloads, each at most once in a route.
        crossings: The crossings that it can take, by their nodes.
        transfers: The roads between the sailings of each crossing: none where it has only one.
        arcs: The roads that it can take in time.
    """

    vehicle: Vehicle
    reach: Reach
    stops: tuple[int, ...]
    reloads: tuple[int, ...]
    crossings: dict[int, Crossing]
    transfers: dict[int, tuple[Seconds, ...]]
    arcs: tuple[Arc, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Post:
    """A node that is no crossing.

    Attributes:
        serves: Whether it is a stop.
        entered_at, left_at: The places where it begins and ends; they differ for a depot only. ``None``: anywhere.
        entered_by: Latest instant to begin there.
        left_from: Earliest instant to leave it.
    """

    node: int
    serves: bool
    entered_at: PlaceId | None
    left_at: PlaceId | None
    entered_by: Instant
    left_from: Instant


def network(problem: Problem, travel: Travel, vehicle: Vehicle) -> Network | None:
    """Return the network of a vehicle, or ``None`` where it can serve no stop at all."""
    found = reach(problem, travel, vehicle)
    if found is None or not any(found.spans):
        return None
    count = len(problem.stops)
    reloads = tuple(range(count + 1, count + min(vehicle.max_trips, count)))
    posts = list(_posts(problem, vehicle, found, reloads))
    arcs = [*_roads(travel, vehicle, posts)]
    crossings: dict[int, Crossing] = {}
    for crossing in _straits(travel, vehicle, posts):
        node = count + len(reloads) + len(crossings) + 1
        ways = _ways(travel, vehicle, posts, node, crossing)
        if ways:
            crossings[node] = crossing
            arcs += ways
    return Network(
        vehicle=vehicle,
        reach=found,
        stops=tuple(node for node, span in enumerate(found.spans, 1) if span),
        reloads=reloads,
        crossings=crossings,
        transfers={node: _transfers(problem, travel, vehicle, c) for node, c in crossings.items()},
        arcs=tuple(arcs),
    )


def _posts(problem: Problem, vehicle: Vehicle, found: Reach, reloads: tuple[int, ...]) -> Iterator[_Post]:
    for node in (DEPOT, *reloads):
        yield _Post(
            node=node,
            serves=False,
            entered_at=vehicle.end if node == DEPOT else vehicle.start,
            left_at=vehicle.start,
            entered_by=found.returns,
            left_from=found.leaves,
        )
    for node, (stop, span) in enumerate(zip(problem.stops, found.spans, strict=True), 1):
        if span is not None:
            yield _Post(
                node=node,
                serves=True,
                entered_at=stop.id,
                left_at=stop.id,
                entered_by=span[1],
                left_from=Instant(span[0] + stop.service),
            )


def _roads(travel: Travel, vehicle: Vehicle, posts: list[_Post]) -> Iterator[Arc]:
    for tail in posts:
        for head in posts:
            if tail.node == head.node or not (tail.serves or head.serves):
                continue
            road = travel.drive(vehicle.profile, tail.left_at, head.entered_at)
            if road is not None and tail.left_from + road.seconds <= head.entered_by:
                yield Arc(tail.node, head.node, road.seconds, road.meters)


def _straits(travel: Travel, vehicle: Vehicle, posts: list[_Post]) -> Iterator[Crossing]:
    def masses(places: Iterable[PlaceId | None]) -> dict[IslandId, None]:
        known = (place for place in places if place is not None)
        return dict.fromkeys(travel.land_mass(vehicle.profile, place) for place in known)

    origins, targets = masses(p.left_at for p in posts), masses(p.entered_at for p in posts)
    for origin in origins:
        for target in targets:
            if origin != target:
                yield from travel.crossings(vehicle.conveyance, origin, target)


def _ways(travel: Travel, vehicle: Vehicle, posts: list[_Post], node: int, crossing: Crossing) -> list[Arc]:
    """Return the roads to and from the ports of a crossing, or none where it is of no use."""
    profile = vehicle.profile
    before = [
        Arc(post.node, node, road.seconds, road.meters)
        for post in posts
        if post.left_at is not None
        and (road := travel.drive(profile, post.left_at, crossing.from_port)) is not None
        and post.left_from + road.seconds <= crossing.check_in_by
    ]
    after = [
        Arc(node, post.node, road.seconds, road.meters)
        for post in posts
        if post.entered_at is not None
        and (road := travel.drive(profile, crossing.to_port, post.entered_at)) is not None
        and crossing.rolls_off_at + road.seconds <= post.entered_by
    ]
    return [*before, *after] if before and after else []


def _transfers(problem: Problem, travel: Travel, vehicle: Vehicle, crossing: Crossing) -> tuple[Seconds, ...]:
    lines = [problem.timetable.line(sailing.line_id) for sailing in crossing.sailings]
    roads = (travel.drive(vehicle.profile, one.to_port, other.from_port) for one, other in pairwise(lines))
    return tuple(road.seconds for road in roads if road is not None)

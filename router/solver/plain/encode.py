"""From the full kernel's arrays to those of the plain search, where the day is plain."""

import numpy as np

from router.solver.kernel import model as m
from router.solver.kernel.records import ARC
from router.solver.plain import model as p

LIKELY = 40
"""Neighbours beside which a stop may be put."""

WAITING_WEIGHT = 0.2
"""What a second of certain waiting counts beside one of driving, when neighbours are chosen."""


def is_plain(model: m.Model) -> bool:
    """Return whether the plain search can express everything that is asked."""
    stops = model.penalty.shape[0]
    first_reload = stops + 2 * model.vehicle.shape[0]
    node, change = model.node, model.amount[:, m.CHANGE - m.CHANGING_LOADS]
    one_window = (node["window_n"] - node["window_0"] == 1).all()
    all_down, all_up = (change[:stops] <= 0).all(axis=0), (change[:stops] >= 0).all(axis=0)
    simple = (
        (node["ready"][:stops] <= 0).all()
        and (node["mate"][:stops] == m.NONE).all()
        and (node["lock"][:stops] == m.NONE).all()
        and (model.vehicle[:, m.BREAK_N] == model.vehicle[:, m.BREAK_0]).all()
        and (model.rate[:, m.PER_SECOND] == 0).all()
        and (model.limit[:, m.MOST_DURATION - m.TOUR_CHANGING] == m.NEVER).all()
    )
    return bool(
        stops > 1
        and model.masses[0] == 1
        and (model.road["column"] == model.road["column"][0]).all()
        and model.node.shape[0] == first_reload
        and one_window
        and simple
        and (all_down | all_up).all()
    )


def encode_day(model: m.Model) -> tuple[p.Day, m.Records]:
    """Return the arrays of a plain day, and the rows of its nodes, in no route."""
    stops, vehicles = model.penalty.shape[0], model.vehicle.shape[0]
    arc, place, places = _matrices(model)
    node = np.zeros(model.node.shape[0], dtype=p.NODE)
    node["first"] = model.node["first_start"]
    node["last"] = model.node["last_end"]
    node["service"] = model.node["service"]
    node["spot"], node["row"] = place, place * places
    node["next"] = node["prev"] = node["route"] = m.NONE
    into = arc.transpose(0, 2, 1)
    turned = arc if np.array_equal(arc, into) else np.ascontiguousarray(into)
    before, after = _likely(arc, node[:stops], place[:stops])
    vehicle = np.zeros(vehicles, dtype=p.VEHICLE)
    for field, source in (("kind", m.TYPE), ("start", m.START), ("end", m.END)):
        vehicle[field] = model.vehicle[:, source]
    vehicle["ground"] = model.vehicle[:, m.PROFILE] * places**2
    vehicle["fixed"], vehicle["per_meter"] = model.rate[:, m.FIXED], model.rate[:, m.PER_METER]
    day = p.Day(
        arc=arc.reshape(-1),
        arc_into=turned.reshape(-1),
        amount=np.abs(model.amount[:stops, m.CHANGE - m.CHANGING_LOADS]),
        capacity=model.capacity,
        vehicle=vehicle,
        most_stops=model.limit[:, m.MOST_STOPS - m.TOUR_CHANGING].copy(),
        most_meters=model.limit[:, m.MOST_METERS - m.TOUR_CHANGING].copy(),
        allowed=np.ascontiguousarray(model.allowed.T),
        penalty=model.penalty,
        required=model.required,
        type_0=model.type_0,
        type_vehicle=model.type_vehicle,
        near=model.near,
        before=before,
        after=after,
        least_in=_least(arc, place, stops, into=True),
        least_out=_least(arc, place, stops, into=False),
        order=model.order,
        big=model.big,
    )
    return day, node


def _matrices(model: m.Model) -> tuple[m.Records, m.Ints, int]:
    """Return ``(P, M, M)`` matrices of ARC, the place of each node, and M."""
    profiles = model.road.shape[0]
    place = model.road["column"][0].astype(np.int64)
    places = round((model.arc.shape[0] // profiles) ** 0.5)
    arc = model.arc.reshape(profiles, places, places)
    shut = np.array((p.SHUT, p.SHUT), dtype=ARC)
    return np.where(arc["drive"] < 0, shut, arc), place, places


def _least(arc: m.Records, place: m.Ints, stops: int, *, into: bool) -> m.Ints:
    """Return the metres of the shortest road into each stop, or out of it, from or to any other node."""
    long = arc["long"].min(axis=0)
    if into:
        long = long.T
    used, nodes_at = np.unique(place, return_counts=True)
    alone = used[nodes_at == 1]
    long[alone, alone] = p.SHUT  # no other node is there
    return long[:, used].min(axis=1)[place[:stops]].astype(np.int64)


def _likely(arc: m.Records, node: m.Records, place: m.Ints) -> tuple[m.Records, m.Records]:
    """Return for each stop those that may well come before it, and those that may well come after it.

    Likely means near, in seconds of the fastest profile and certain waiting; the idea is the proximity of Vidal et
    al. (Computers & OR 40, 2013, section 4.5) without the pairs whose windows forbid that order.
    """
    stops = node.shape[0]
    width = min(LIKELY, stops - 1)
    drive = arc["drive"].min(axis=0)
    first, last, service = (node[field].astype(np.int64) for field in ("first", "last", "service"))
    long = arc["long"].min(axis=0)
    before, after = np.zeros((stops, width), dtype=p.BESIDE), np.zeros((stops, width), dtype=p.BESIDE)
    before["stop"] = after["stop"] = m.NONE
    for c in range(stops):
        for into, table in ((True, before), (False, after)):
            road = (drive[place, place[c]] if into else drive[place[c], place]).astype(np.int64)
            if into:
                soonest, wait = first + service + road, first[c] - road - service - last
                late = soonest > last[c]
            else:
                soonest, wait = first[c] + service[c] + road, first - road - service[c] - last[c]
                late = soonest > last
            near = road + WAITING_WEIGHT * np.maximum(wait, 0)
            near[late] = np.inf
            near[c] = np.inf
            chosen = np.argpartition(near, width - 1)[:width]
            chosen = chosen[np.argsort(near[chosen], kind="stable")]
            chosen = chosen[np.isfinite(near[chosen])]
            table["stop"][c, : len(chosen)] = chosen
            ends = place[chosen]
            table["long"][c, : len(chosen)] = long[ends, place[c]] if into else long[place[c], ends]
    return before, after

"""From the full kernel's arrays to those of the plain search, where the day is plain."""

import numpy as np

from router.solver.kernel import model as m
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
    one_window = (node[:, m.WINDOW_N - m.CHANGING] - node[:, m.WINDOW_0 - m.CHANGING] == 1).all()
    all_down, all_up = (change[:stops] <= 0).all(axis=0), (change[:stops] >= 0).all(axis=0)
    simple = (
        (node[:stops, m.READY - m.CHANGING] <= 0).all()
        and (node[:stops, m.MATE - m.CHANGING] == m.NONE).all()
        and (node[:stops, m.LOCK - m.CHANGING] == m.NONE).all()
        and (model.vehicle[:, m.BREAK_N] == model.vehicle[:, m.BREAK_0]).all()
        and (model.rate[:, m.PER_SECOND] == 0).all()
        and (model.limit[:, m.MOST_DURATION - m.TOUR_CHANGING] == m.NEVER).all()
    )
    return bool(
        stops > 1
        and model.masses[0] == 1
        and (model.road[..., m.COLUMN] == model.road[0, :, m.COLUMN]).all()
        and model.node.shape[0] == first_reload
        and one_window
        and simple
        and (all_down | all_up).all()
    )


def encode_day(model: m.Model) -> p.Day:
    """Return the arrays of a plain day."""
    stops, vehicles = model.penalty.shape[0], model.vehicle.shape[0]
    arc, place, places = _matrices(model)
    node = np.zeros((model.node.shape[0], 4), dtype=np.int32)
    node[:, p.FIRST] = model.node[:, m.FIRST_START - m.CHANGING]
    node[:, p.LAST] = model.node[:, m.LAST_END - m.CHANGING]
    node[:, p.SERVICE] = model.node[:, m.SERVICE - m.CHANGING]
    node[:, p.PLACE] = place
    into = arc.transpose(0, 2, 1, 3)
    turned = arc if np.array_equal(arc, into) else np.ascontiguousarray(into)
    before, after = _likely(arc, node[:stops], place[:stops])
    vehicle = np.zeros((vehicles, 4), dtype=np.int32)
    for column, source in ((p.TYPE, m.TYPE), (p.START, m.START), (p.END, m.END), (p.PROFILE, m.PROFILE)):
        vehicle[:, column] = model.vehicle[:, source]
    return p.Day(
        node=node,
        arc=arc.reshape(-1, 2),
        arc_into=turned.reshape(-1, 2),
        places=np.array([places], dtype=np.int64),
        amount=np.abs(model.amount[:stops, m.CHANGE - m.CHANGING_LOADS]),
        capacity=model.capacity,
        vehicle=vehicle,
        rate=np.ascontiguousarray(model.rate[:, :2]),
        most_stops=model.limit[:, m.MOST_STOPS - m.TOUR_CHANGING].copy(),
        most_meters=model.limit[:, m.MOST_METERS - m.TOUR_CHANGING].copy(),
        allowed=model.allowed,
        penalty=model.penalty,
        required=model.required,
        type_0=model.type_0,
        type_vehicle=model.type_vehicle,
        near=model.near,
        before=before,
        after=after,
        order=model.order,
        big=model.big,
    )


def _matrices(model: m.Model) -> tuple[m.Ints32, m.Ints, int]:
    """Return ``(P, M, M, 2)`` matrices, the place of each node, and M."""
    profiles = model.road.shape[0]
    place = model.road[0, :, m.COLUMN]
    places = round((model.arc.shape[0] // profiles) ** 0.5)
    arc = model.arc.reshape(profiles, places, places, 2).copy()
    arc[arc[..., m.DRIVE] < 0] = p.SHUT
    return arc, place, places


def _likely(arc: m.Ints32, node: m.Ints32, place: m.Ints) -> tuple[m.Ints32, m.Ints32]:
    """Return for each stop those that may well come before it, and those that may well come after it.

    Likely means near, in seconds of the fastest profile and certain waiting; the idea is the proximity of Vidal et
    al. (Computers & OR 40, 2013, section 4.5) without the pairs whose windows forbid that order.
    """
    stops = node.shape[0]
    width = min(LIKELY, stops - 1)
    drive = arc[..., p.DRIVE].min(axis=0)
    first, last, service = (node[:, k].astype(np.int64) for k in (p.FIRST, p.LAST, p.SERVICE))
    before = np.full((stops, width), m.NONE, dtype=np.int32)
    after = np.full((stops, width), m.NONE, dtype=np.int32)
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
            table[c, : len(chosen)] = chosen
    return before, after

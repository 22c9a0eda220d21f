"""Crossings as arrays: for each conveyance and ordered pair of land masses, the port pairs and their crossings."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from router.domain.fleet import Conveyance, Vehicle
from router.domain.ids import IslandId, Profile, SailingId
from router.domain.problem import Problem
from router.domain.units import Instant
from router.solver.kernel import model as m
from router.travel.travel import Crossing, Travel

NO_SAILING = m.NONE


@dataclass(frozen=True, slots=True, eq=False)
class Waterways:
    """What the kernel knows of the timetable.

    Attributes:
        pair_0: ``(K, M * M + 1)`` range of port pairs for each conveyance and pair of land masses.
        port_pair: ``(G, 5)`` see ``kernel.model``.
        crossing: ``(X, 6)`` see ``kernel.model``.
        leg: ``(X, 3, LEG_COLUMNS)`` see ``kernel.model``.
        fare: ``(X,)`` for the conveyance concerned.
        least_fare: ``(K * M * M,)`` see ``kernel.model``.
        least_time: ``(K * M * M,)`` see ``kernel.model``.
        decks: ``(1 + limited sailings,)`` slots; entry 0 stands for every unlimited sailing.
        crossings: The crossing behind each row.
        profile_of: Index of each profile.
        conveyance_of: Index of each conveyance.
    """

    pair_0: m.Ints
    port_pair: m.Ints
    crossing: m.Ints
    leg: m.Ints
    fare: m.Floats
    least_fare: m.Floats
    least_time: m.Ints
    decks: m.Ints
    crossings: tuple[Crossing, ...]
    profile_of: dict[Profile, int]
    conveyance_of: dict[Conveyance, int]

    def joined(self, conveyance: int, origins: m.Ints, destinations: m.Ints, masses: int) -> m.Bools:
        """Return, pair by pair, whether land masses are the same, or one is anywhere, or some crossing joins them."""
        anywhere = (origins == m.ANYWHERE) | (destinations == m.ANYWHERE)
        key = np.where(anywhere, 0, origins * masses + destinations)
        crossed = self.pair_0[conveyance][key + 1] > self.pair_0[conveyance][key]
        result: m.Bools = crossed | anywhere | (origins == destinations)
        return result


def encode_waterways(
    problem: Problem,
    travel: Travel,
    vehicles: tuple[Vehicle, ...],
    mass_index: dict[tuple[Profile, IslandId], int],
    masses: int,
    origin: Instant,
) -> Waterways:
    """Ask ``travel`` for the crossings of every conveyance and write them down as arrays."""
    conveyances = tuple(dict.fromkeys(v.conveyance for v in vehicles))
    deck_of, decks = _decks(problem)
    pair_0 = np.zeros((max(len(conveyances), 1), masses * masses + 1), dtype=np.int64)
    port_pairs: list[tuple[int, ...]] = []
    rows: list[tuple[int, ...]] = []
    # Infinite where nothing crosses: what cannot be reached must not look cheap.
    least_fare = np.full((len(pair_0), masses, masses), np.inf)
    least_fare[:, range(masses), range(masses)] = 0.0
    least_time = np.zeros((len(pair_0), masses, masses), dtype=np.int64)
    crossings: list[Crossing] = []
    legs: list[list[tuple[int, ...]]] = []
    for k, conveyance in enumerate(conveyances):
        names = {
            index: mass for (profile, mass), index in mass_index.items() if profile == conveyance.profile
        }
        pair_0[k, 0] = len(port_pairs)
        for key in range(masses * masses):
            a, b = divmod(key, masses)
            if a != b and a in names and b in names:
                found = travel.crossings(conveyance, names[a], names[b])
                least_fare[k, a, b] = min((c.fare for c in found), default=np.inf)
                least_time[k, a, b] = min((c.rolls_off_at - c.check_in_by for c in found), default=0)
                for _, group in groupby(found, key=lambda c: (c.from_port, c.to_port)):
                    pair = sorted(group, key=lambda c: (c.check_in_by, c.rolls_off_at))
                    port_pairs.append(_port_pair(travel, conveyance, names[a], names[b], pair, len(rows)))
                    rows += (_row(c, origin, deck_of) for c in pair)
                    crossings += pair
                    legs += (_legs(travel, conveyance, c, origin) for c in pair)
            pair_0[k, key + 1] = len(port_pairs)
    return Waterways(
        pair_0=pair_0,
        port_pair=np.array(port_pairs, dtype=np.int64).reshape(-1, 5),
        crossing=np.array(rows, dtype=np.int64).reshape(-1, 6),
        leg=np.array(legs, dtype=np.int64).reshape(-1, 3, m.LEG_COLUMNS),
        fare=np.array([c.fare for c in crossings], dtype=np.float64),
        least_fare=least_fare.ravel(),
        least_time=least_time.ravel(),
        decks=decks,
        crossings=tuple(crossings),
        profile_of={profile: p for p, profile in enumerate(problem.profiles())},
        conveyance_of={conveyance: k for k, conveyance in enumerate(conveyances)},
    )


def margin(problem: Problem) -> int:
    """Return how many columns of zeros stand before those of each block: one where vehicles start or end anywhere."""
    return int(any(vehicle.start is None or vehicle.end is None for vehicle in problem.vehicles))


def _decks(problem: Problem) -> tuple[dict[SailingId, int], m.Ints]:
    """Number the sailings with limited decks from 1; 0 stands for all others."""
    limited = [s for s in problem.timetable.sailings() if s.deck_slots is not None and not s.cancelled]
    slots = [1 << 40, *(s.deck_slots or 0 for s in limited)]
    return {s.id: number for number, s in enumerate(limited, start=1)}, np.array(slots, dtype=np.int64)


def _row(crossing: Crossing, origin: Instant, deck_of: dict[SailingId, int]) -> tuple[int, ...]:
    decks = [deck_of.get(sailing.id, 0) for sailing in crossing.sailings]
    decks += [NO_SAILING] * (3 - len(decks))
    return crossing.check_in_by - origin, crossing.rolls_off_at - origin, crossing.meters, *decks


def _legs(
    travel: Travel, conveyance: Conveyance, crossing: Crossing, origin: Instant
) -> list[tuple[int, ...]]:
    """Return the times of each of up to three sailings, with the way from each to the next."""
    timetable, sailings = travel.problem.timetable, crossing.sailings
    legs: list[tuple[int, ...]] = []
    for sailing, following in zip(sailings, (*sailings[1:], None), strict=True):
        boards, transfer = m.NONE, m.NONE
        if following is not None:
            ports = timetable.line(sailing.line_id).to_port, timetable.line(following.line_id).from_port
            road = travel.drive(conveyance.profile, *ports)
            boards, transfer = following.check_in_by - origin, 0 if road is None else road.seconds
        times = (sailing.departs - origin, sailing.docks_at - origin, sailing.rolls_off_at - origin)
        legs.append((*times, boards, transfer))
    return legs + [(m.NONE,) * m.LEG_COLUMNS] * (3 - len(legs))


def _port_pair(
    travel: Travel,
    conveyance: Conveyance,
    origin: IslandId,
    destination: IslandId,
    pair: list[Crossing],
    first: int,
) -> tuple[int, ...]:
    """Return column and row of the two ports in the flat matrices, the range of crossings, and if one fare holds."""
    blocks = travel.matrix.blocks
    column = blocks[conveyance.profile, origin].places.index(pair[0].from_port)
    block = blocks[conveyance.profile, destination]
    offset = _offset_of(travel, conveyance.profile, destination)
    zeros = margin(travel.problem)
    row = offset + block.places.index(pair[0].to_port) * (len(block.places) + zeros)
    one_fare = len({(c.fare, c.meters) for c in pair}) == 1
    return column + zeros, row, first, first + len(pair), int(one_fare)


def _offset_of(travel: Travel, profile: Profile, mass: IslandId) -> int:
    """Return where a block begins when all blocks are laid end to end, profile by profile (see ``encode._land``)."""
    offset, zeros = 0, margin(travel.problem)
    for name in travel.problem.profiles():
        for (block_profile, block_mass), block in travel.matrix.blocks.items():
            if block_profile == name:
                if (name, block_mass) == (profile, mass):
                    return offset
                offset += len(block.places) * (len(block.places) + zeros)
    raise KeyError((profile, mass))

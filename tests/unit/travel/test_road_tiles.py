"""Chunks stay small and mostly the same; tiles come back as they were kept."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from router.adapters.matrices.tiles import Spot, Tile, chunks
from router.errors import DomainError

SPOTS = st.builds(Spot, st.integers(-9_000_000, 9_000_000), st.integers(-18_000_000, 18_000_000))


@given(st.lists(SPOTS, max_size=300), st.integers(1, 50))
def test_every_spot_is_in_one_chunk_and_no_chunk_is_too_large(spots: list[Spot], most: int) -> None:
    found = chunks(spots, most)
    assert [spot for chunk in found for spot in chunk] == sorted(set(spots))
    assert all(0 < len(chunk) <= most for chunk in found)


def test_chunks_do_not_hang_on_the_order_in_which_spots_come() -> None:
    spots = [Spot(n * 37 % 1000, n * 91 % 1000) for n in range(500)]
    assert chunks(spots, 50) == chunks(reversed(spots), 50)


def test_a_spot_that_goes_changes_few_chunks() -> None:
    spots = [Spot(n * 7919 % 100_003, n * 104_729 % 100_019) for n in range(5000)]
    before = chunks(spots, 50)
    changed = [len(set(chunks(spots[:n] + spots[n + 1 :], 50)) - set(before)) for n in range(0, 5000, 100)]
    assert np.mean(changed) < 5
    assert len(before) < 1.5 * 5000 / 50, "nearly full: small chunks would be many questions"


def test_positions_are_rounded_to_a_metre_or_so() -> None:
    assert Spot.at(-8.123456, 115.654321).degrees() == (-8.12346, 115.65432)


def test_tiles_come_back_as_they_were_kept() -> None:
    tile = Tile(
        seconds=np.array([[0, -1, 3]], np.int32),
        meters=np.array([[0, -1, 2**31 - 1]], np.int32),
        origin_snaps=np.array([7], np.int32),
        destination_snaps=np.array([7, 8, 9], np.int32),
    )
    back = Tile.from_bytes(tile.to_bytes(), 1, 3)
    for part in ("seconds", "meters", "origin_snaps", "destination_snaps"):
        assert (getattr(back, part) == getattr(tile, part)).all()


def test_a_tile_of_another_shape_is_refused() -> None:
    with pytest.raises(DomainError):
        Tile.from_bytes(bytes(4 * (2 * 3 + 4)), 3, 3)

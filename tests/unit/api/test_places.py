"""Places are given back whatever happens, and never promised twice."""

import pytest

from router.api.places import Places
from router.errors import Overloaded


def test_what_was_taken_goes_back_even_when_something_breaks() -> None:
    places = Places(10, "seats")

    def work() -> None:
        with places.share() as share:
            share.take(3)
            share.take(4)
            raise ZeroDivisionError(places.free)

    with pytest.raises(ZeroDivisionError, match="3"):
        work()
    assert places.free == 10


def test_whoever_finds_no_place_is_told_at_once_and_takes_nothing() -> None:
    places = Places(5, "seats")
    with places.share() as first, places.share() as second:
        first.take(4)
        with pytest.raises(Overloaded, match="seats"):
            second.take(2)
        second.take(1)
        assert places.free == 0
    assert places.free == 5

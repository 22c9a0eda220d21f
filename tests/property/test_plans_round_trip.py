"""What a request means does not change when it is printed and read again, and neither does a plan."""

import orjson
import pytest

from benchmarks.reading import read
from router.checking import check
from router.wire.checks import read_plan
from router.wire.emit import to_request_json
from router.wire.plans import to_plan
from router.wire.response import plan_bytes
from tests.property.plans import CHUNKS, archipelago, plans

in_chunks = pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")


@in_chunks
def test_a_request_printed_and_read_again_is_the_same(seeds: range) -> None:
    """JSON to domain to JSON to domain: problem and budget are equal, and so is the JSON, matrices included."""
    for seed in seeds:
        instance = archipelago(seed)
        printed = to_request_json(instance.problem, instance.choice, instance.budget)
        again = read(printed)
        assert again.problem == instance.problem, f"archipelago {seed}"
        assert again.budget == instance.budget, f"archipelago {seed}"
        twice = to_request_json(again.problem, again.choice, again.budget)
        assert orjson.dumps(twice) == orjson.dumps(printed), f"archipelago {seed}"


@in_chunks
def test_a_plan_printed_and_read_again_is_the_same(seeds: range) -> None:
    """It prints to the same bytes, contradicts itself nowhere, and the referee still has nothing to say."""
    for seed, instance, plan in plans(seeds, "search"):
        printed = plan_bytes(plan, instance.problem)
        given = to_plan(read_plan(printed), instance.problem)
        assert plan_bytes(given.plan, instance.problem) == printed, f"archipelago {seed}"
        assert given.contradictions == (), f"archipelago {seed}"
        assert check(instance.problem, instance.travel.matrix, given.plan) == (), f"archipelago {seed}"

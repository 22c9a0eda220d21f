"""The fault storm: whatever is killed, no accepted plan is lost, none ends twice, and every one that succeeds is good.

A short one runs with all tests; ``make test-faults`` runs the long one.
"""

import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from router import bootstrap
from router.service.check_plan import check_files
from tests.faults.installations import Apart, Embedded, Installation, Part
from tests.faults.storm import Tenant, handing_in, kill_at_random, seconds_to_recover, wait_until_all_ended

pytestmark = pytest.mark.alone

MOST_SECONDS_TO_RECOVER = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How hard it blows.

    Attributes:
        seconds: Over which the plans are handed in.
        patience: Seconds in which the rest has to be solved when it is calm again.
    """

    tenants: int
    plans: int
    kills: int
    seconds: float
    patience: float


SHORT = Strength(tenants=3, plans=12, kills=6, seconds=10, patience=120)
LONG = Strength(tenants=5, plans=300, kills=60, seconds=150, patience=900)

long_only = pytest.mark.skipif(
    os.environ.get("SELAT_TEST_FAULTS") != "long", reason="takes some ten minutes: make test-faults"
)


@pytest.mark.parametrize("kind", [Embedded, Apart])
@pytest.mark.parametrize("strength", [SHORT, pytest.param(LONG, marks=long_only)], ids=["short", "long"])
def test_nothing_is_lost_and_nothing_ends_twice(
    tmp_path: Path, kind: type[Embedded | Apart], strength: Strength, capsys: pytest.CaptureFixture[str]
) -> None:
    with kind(tmp_path) as installation:
        with handing_in(installation, strength.tenants, strength.plans, strength.seconds) as tenants:
            hits = kill_at_random(installation, strength.kills, seed=strength.kills)
        assert hits.total() >= strength.kills
        assert set(hits) == set(Part)
        installation.calm_down()
        wait_until_all_ended(installation, strength.patience)
        ends = examine(installation, tenants)
        assert ends["succeeded"] >= 0.9 * strength.plans
        recovery = seconds_to_recover(installation)
        assert recovery <= MOST_SECONDS_TO_RECOVER
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kind.__name__}: killed {', '.join(f'{part} {n}' for part, n in hits.items())}; of "
            f"{strength.plans} plans {', '.join(f'{n} {how}' for how, n in ends.items())}; "
            f"a dead worker's plan was in work again after {recovery:.1f} s\n"
        )


def examine(installation: Installation, tenants: list[Tenant]) -> Counter[str]:
    """Return how many plans ended how; every promise is looked at."""
    rows = installation.service.query(
        "select id, tenant, status, request, plan, error, idempotency_key from plan"
    )
    accepted = {key: plan_id for tenant in tenants for key, plan_id in tenant.accepted.items()}
    kept = {row["idempotency_key"].strip('"'): row["id"] for row in rows}
    assert kept == accepted, "an accepted plan was lost, or kept twice"
    assert len(rows) == len(accepted)
    ends_in_database = installation.service.query(
        "select plan_id, count(*) as times from plan_event where kind = 'done' group by plan_id"
    )
    assert {row["plan_id"]: row["times"] for row in ends_in_database} == dict.fromkeys(accepted.values(), 1)
    ends_in_logs = Counter(line["plan_id"] for line in installation.log() if line["event"] == "plan_ended")
    assert max(ends_in_logs.values()) == 1, "two workers say that they ended the same plan"
    workshop = bootstrap.workshop(bootstrap.read_settings())
    for row in rows:
        if row["status"] == "succeeded":
            assert check_files(row["request"], row["plan"], workshop) == ()
        else:
            assert row["error"].startswith("given up after 3 attempts")
    return Counter(row["status"] for row in rows)

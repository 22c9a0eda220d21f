"""Tenants take turns: none waits behind the pile of another, and none has more in work than its cap."""

import asyncio
from datetime import timedelta

import pytest

from router.domain.records import PlanStatus
from router.domain.tenants import LOCAL, Tenant, TenantId
from tests.submissions import House, a_submission, claimed, opened

BIG, SMALL = TenantId("big"), TenantId("small")


async def with_tenants(house: House, *tenants: Tenant) -> None:
    for tenant in tenants or (Tenant(id=BIG), Tenant(id=SMALL)):
        await house.registry.put_tenant(tenant)


async def hand_in(house: House, tenant: str, count: int, work: int = 10, first: int = 1) -> None:
    for number in range(first, first + count):
        await house.store.accept(a_submission(number, tenant=tenant, work=work))


async def solved_next(house: House) -> str:
    """Have the next plan solved and return whose it was."""
    lease = await claimed(house)
    await house.store.finish(lease, PlanStatus.SUCCEEDED, b"{}", None)
    return lease.tenant_id


async def test_five_hundred_plans_of_one_tenant_do_not_delay_the_single_plan_of_another(
    database_url: str,
) -> None:
    """While one of the five hundred is in work, the single plan comes next: it waits for one solve at most."""
    async with opened(database_url) as house:
        await with_tenants(house)
        await hand_in(house, BIG, 500)
        for _ in range(3):
            assert await solved_next(house) == BIG
        in_work = await claimed(house)
        await hand_in(house, SMALL, 1)
        await house.store.finish(in_work, PlanStatus.SUCCEEDED, b"{}", None)
        assert await solved_next(house) == SMALL


async def test_two_tenants_who_compete_get_the_same_share_of_work_not_of_plans(database_url: str) -> None:
    async with opened(database_url) as house:
        await with_tenants(house)
        await hand_in(house, BIG, 10, work=300)
        await hand_in(house, SMALL, 40, work=100)
        turns = [await solved_next(house) for _ in range(16)]
        assert (turns.count(BIG), turns.count(SMALL)) == (4, 12)


async def test_a_tenant_of_twice_the_weight_gets_twice_the_work(database_url: str) -> None:
    async with opened(database_url) as house:
        await with_tenants(house, Tenant(id=BIG, weight=2), Tenant(id=SMALL))
        for tenant in (BIG, SMALL):
            await hand_in(house, tenant, 20)
        turns = [await solved_next(house) for _ in range(15)]
        assert (turns.count(BIG), turns.count(SMALL)) == (10, 5)


async def test_what_a_tenant_had_while_nobody_else_wanted_it_is_not_held_against_it(
    database_url: str,
) -> None:
    """Also where every trace of its plans is gone: later both get the same."""
    async with opened(database_url) as house:
        await with_tenants(house)
        await hand_in(house, BIG, 50)
        for _ in range(50):
            await solved_next(house)
        assert await house.queue.sweep(timedelta(0)) == 50
        await hand_in(house, SMALL, 20)
        await hand_in(house, BIG, 20, first=100)
        turns = [await solved_next(house) for _ in range(20)]
        assert turns.count(BIG) >= 9


async def test_a_tenant_that_hands_in_one_after_the_other_has_no_advantage(database_url: str) -> None:
    """One has a long plan at a time, handed in when the last has ended; the other short ones, all at once."""
    async with opened(database_url) as house:
        await with_tenants(house)
        await hand_in(house, SMALL, 60, work=10)
        work = {BIG: 0, SMALL: 0}
        await hand_in(house, BIG, 1, work=100)
        for number in range(2, 40):
            tenant = TenantId(await solved_next(house))
            work[tenant] += 100 if tenant == BIG else 10
            if tenant == BIG:
                await hand_in(house, BIG, 1, work=100, first=number)
        assert work[BIG] <= work[SMALL] + 200


async def test_what_was_cancelled_while_it_waited_does_not_count(database_url: str) -> None:
    async with opened(database_url) as house:
        await with_tenants(house)
        await hand_in(house, BIG, 20)
        for number in range(2, 21):
            await house.store.request_cancel(BIG, f"big-{number:03d}")
        await hand_in(house, BIG, 1, first=50)
        await hand_in(house, SMALL, 5)
        turns = [await solved_next(house) for _ in range(4)]
        assert turns.count(BIG) == 2


async def test_plans_of_one_tenant_keep_their_order(database_url: str) -> None:
    async with opened(database_url) as house:
        await with_tenants(house)
        await hand_in(house, BIG, 5, work=7)
        assert [(await claimed(house)).plan_id for _ in range(5)] == [f"big-{n:03d}" for n in range(1, 6)]


async def test_no_tenant_has_more_in_work_than_its_cap(database_url: str) -> None:
    async with opened(database_url) as house:
        await with_tenants(house, Tenant(id=BIG, max_running=2), Tenant(id=SMALL))
        await hand_in(house, BIG, 5)
        first, second = await claimed(house), await claimed(house)
        assert await house.queue.claim("worker") is None
        await hand_in(house, SMALL, 1)
        assert (await claimed(house)).tenant_id == SMALL
        await house.store.finish(first, PlanStatus.SUCCEEDED, b"{}", None)
        assert (await claimed(house)).tenant_id == BIG
        assert await house.queue.claim("worker") is None
        assert await house.queue.release(second, counts=False)
        assert (await claimed(house)).plan_id == second.plan_id


async def test_fifty_claims_at_once_keep_to_the_cap(database_url: str) -> None:
    async with opened(database_url) as house:
        await with_tenants(house, Tenant(id=BIG, max_running=3), Tenant(id=SMALL, max_running=4))
        await hand_in(house, BIG, 20)
        await hand_in(house, SMALL, 20)
        leases = await asyncio.gather(*(house.queue.claim(f"worker-{n}") for n in range(50)))
        taken = [lease.tenant_id for lease in leases if lease is not None]
        assert (taken.count(BIG), taken.count(SMALL)) == (3, 4)


@pytest.mark.parametrize("status", [PlanStatus.SUCCEEDED, PlanStatus.FAILED])
async def test_an_idle_worker_is_woken_when_the_end_of_a_plan_makes_room(
    database_url: str, status: PlanStatus
) -> None:
    """It waits for up to a minute, and does not spin while the cap holds."""
    async with opened(database_url) as house, asyncio.timeout(10):
        await with_tenants(house, Tenant(id=BIG, max_running=1))
        await hand_in(house, BIG, 2)
        lease = await claimed(house)
        waiting = asyncio.create_task(house.queue.wait_for_work(60))
        done, _ = await asyncio.wait([waiting], timeout=0.3)
        assert not done
        await house.store.finish(lease, status, b"{}", None)
        await waiting
        assert (await claimed(house)).plan_id == "big-002"


async def test_the_plan_of_a_dead_worker_is_taken_up_again_although_its_tenant_is_at_the_cap(
    database_url: str,
) -> None:
    async with opened(database_url, lease=timedelta(0)) as house:
        await with_tenants(house, Tenant(id=LOCAL, max_running=1))
        await hand_in(house, LOCAL, 2)
        first = await claimed(house, "dying")
        second = await claimed(house, "living")
        assert (second.plan_id, second.attempt) == (first.plan_id, 2)

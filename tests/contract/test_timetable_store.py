"""What every TimetableStore promises, shown on PostgreSQL."""

import asyncio
from dataclasses import replace

import pytest

from router.adapters.postgres.timetable_store import MOST_TIMETABLES, VERSIONS_KEPT, PostgresTimetableStore
from router.domain.stored_timetables import KeptTimetable, TimetableRecord, TimetableSummary, TimetableUse
from router.domain.tenants import LOCAL, Tenant, TenantId
from router.errors import InvalidRequest, PlanConflict, TimetableNotFound, UnknownTenant
from tests.submissions import House, a_submission, opened

THEIRS = TenantId("theirs")


def record(title: str = "") -> TimetableRecord:
    use = TimetableUse(name="", version=None, sha256=f"digest of {title}")
    summary = TimetableSummary(use=use, title=title, ports=2, lines=1)
    return TimetableRecord(summary=summary, document=title.encode(), warnings=b'["odd"]')


def store_of(house: House) -> PostgresTimetableStore:
    return PostgresTimetableStore(house.database)


async def planned_with(house: House, *used: TimetableUse, number: int = 1) -> str:
    submission = replace(a_submission(number), timetables=used)
    await house.store.accept(submission)
    return submission.plan_id


async def test_what_was_stored_is_given_back(database_url: str) -> None:
    async with opened(database_url) as house:
        summary = await store_of(house).put(LOCAL, "one", record("first"))
        found = await store_of(house).get(LOCAL, "one", None)
        assert found == TimetableRecord(summary=summary, document=b"first", warnings=b'["odd"]')
        assert summary.use == TimetableUse(name="one", version=1, sha256="digest of first")
        assert await store_of(house).list_timetables(LOCAL) == (summary,)
        assert await store_of(house).newest(LOCAL, ["one", "two"]) == (
            KeptTimetable(use=summary.use, document=b"first"),
        )


async def test_versions_count_on_and_the_newest_ten_stay(database_url: str) -> None:
    async with opened(database_url) as house:
        store = store_of(house)
        for number in range(VERSIONS_KEPT + 3):
            assert (await store.put(LOCAL, "one", record(str(number)))).use.version == number + 1
        assert (await store.get(LOCAL, "one", None)).document == str(VERSIONS_KEPT + 2).encode()
        assert (await store.get(LOCAL, "one", 4)).document == b"3"
        with pytest.raises(TimetableNotFound):
            await store.get(LOCAL, "one", 3)


async def test_a_version_that_a_plan_was_made_with_stays_as_long_as_the_plan(database_url: str) -> None:
    async with opened(database_url) as house:
        store = store_of(house)
        used = (await store.put(LOCAL, "one", record("used"))).use
        plan_id = await planned_with(house, used)
        for number in range(VERSIONS_KEPT + 3):
            await store.put(LOCAL, "one", record(str(number)))
        await store.delete(LOCAL, "one")
        assert await store.list_timetables(LOCAL) == ()
        assert await store.newest(LOCAL, ["one"]) == ()
        assert (await store.get(LOCAL, "one", 1)).document == b"used"
        assert (await house.store.get(LOCAL, plan_id)).timetables == (used,)
        await house.store.delete(LOCAL, plan_id)
        with pytest.raises(TimetableNotFound):
            await store.get(LOCAL, "one", 1)


async def test_a_built_in_timetable_is_kept_with_the_plan_by_its_digest(database_url: str) -> None:
    async with opened(database_url) as house:
        used = TimetableUse(name="indonesia", version=None, sha256="digest")
        plan_id = await planned_with(house, used)
        assert (await house.store.get(LOCAL, plan_id)).timetables == (used,)


async def test_a_plan_cannot_be_made_with_a_version_that_is_gone(database_url: str) -> None:
    """Deleted between being read and being kept with the plan: the caller may ask again, and nothing was kept."""
    async with opened(database_url) as house:
        used = (await store_of(house).put(LOCAL, "one", record())).use
        await store_of(house).delete(LOCAL, "one")
        with pytest.raises(PlanConflict):
            await planned_with(house, used)
        assert (await house.store.list_plans(LOCAL, status=None, page_size=10, page_token=None)).plans == ()


@pytest.mark.parametrize("name", ["nobody", "", "with a \0 in it", "half a letter \ud800"])
async def test_an_unknown_timetable_is_not_found(database_url: str, name: str) -> None:
    async with opened(database_url) as house:
        for call in (store_of(house).get(LOCAL, name, None), store_of(house).delete(LOCAL, name)):
            with pytest.raises(TimetableNotFound):
                await call


@pytest.mark.parametrize("version", [0, 2, 2**31, 2**64])
async def test_an_unknown_version_is_not_found(database_url: str, version: int) -> None:
    async with opened(database_url) as house:
        await store_of(house).put(LOCAL, "one", record())
        with pytest.raises(TimetableNotFound):
            await store_of(house).get(LOCAL, "one", version)


async def test_tenants_see_their_own_timetables_only(database_url: str) -> None:
    async with opened(database_url) as house:
        await house.registry.put_tenant(Tenant(id=THEIRS))
        await store_of(house).put(THEIRS, "one", record("theirs"))
        await store_of(house).put(LOCAL, "one", record("ours"))
        assert (await store_of(house).get(LOCAL, "one", None)).document == b"ours"
        await store_of(house).delete(LOCAL, "one")
        assert (await store_of(house).get(THEIRS, "one", None)).document == b"theirs"
        assert await store_of(house).newest(LOCAL, ["one"]) == ()
        seen = await house.database.rows(LOCAL, "select name from timetable_version")
        assert seen == []


async def test_a_tenant_has_so_many_timetables_and_no_more(database_url: str) -> None:
    async with opened(database_url) as house:
        for number in range(MOST_TIMETABLES):
            await store_of(house).put(LOCAL, f"t{number}", record())
        with pytest.raises(InvalidRequest) as refused:
            await store_of(house).put(LOCAL, "one-more", record())
        assert [fault.code for fault in refused.value.faults] == ["too_many_timetables"]
        assert (await store_of(house).put(LOCAL, "t0", record())).use.version == 2


async def test_there_has_to_be_a_tenant(database_url: str) -> None:
    async with opened(database_url) as house:
        with pytest.raises(UnknownTenant):
            await store_of(house).put(TenantId("nobody"), "one", record())


async def test_versions_stored_at_the_same_moment_each_get_a_number(database_url: str) -> None:
    async with opened(database_url) as house:
        stored = await asyncio.gather(*(store_of(house).put(LOCAL, "one", record(str(n))) for n in range(8)))
        assert sorted(summary.use.version or 0 for summary in stored) == list(range(1, 9))
        assert len(await store_of(house).list_timetables(LOCAL)) == 1

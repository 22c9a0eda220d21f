"""The service answers as its description says, whatever it is asked: a short run of what ``make fuzz`` does."""

from collections.abc import Iterator

import pytest
from aiohttp import web
from openapi_spec_validator import validate

from router.api.admission import Kind
from router.api.endpoints import endpoints
from router.api.openapi import describe
from tests.fuzz import fuzz, fuzz_service
from tests.running_service import RunningService


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with fuzz_service(tmp_path_factory.mktemp("selat")) as running:
        running.wait_for_event("worker_ready")
        yield running


async def _metrics(_request: web.Request) -> web.StreamResponse:
    return web.Response()


TABLE = endpoints(_metrics)


@pytest.mark.slow
@pytest.mark.parametrize("phase", ["examples,fuzzing", "stateful"])
def test_made_up_calls_are_answered_as_described(service: RunningService, phase: str) -> None:
    said = fuzz(service, "--seed", "1", "--phases", phase, "--max-examples", "15")
    all_but_itself = len(TABLE) - 1
    assert f"{all_but_itself} selected / {all_but_itself} total" in said


def test_the_description_is_openapi() -> None:
    validate(describe(TABLE))


def test_every_call_that_touches_plans_asks_for_a_key_and_says_so() -> None:
    described = describe(TABLE)["paths"]
    for row in TABLE:
        operation = described[row.path][row.method.lower()]
        assert (row.scope is not None) == row.path.startswith("/v1/"), row.path
        assert ("security" in operation) == (row.scope is not None)
        assert (row.scope is None) or {"401", "403"} <= operation["responses"].keys()


def test_only_probes_are_answered_however_full_the_house_is() -> None:
    probes = {row.path for row in TABLE if row.kind is Kind.PROBE}
    assert probes == {"/livez", "/readyz", "/metrics"}


def test_every_answer_without_a_body_is_one_that_has_none() -> None:
    for row in TABLE:
        for status, answer in row.answers.items():
            assert bool(answer.media_types) == (status not in (204, 304)), (row.name, status)

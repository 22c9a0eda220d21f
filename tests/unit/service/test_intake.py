"""Bodies are read beside the event loop, and what is wrong with them comes back whole."""

import os
import threading
from typing import cast

import pytest

from router.errors import InvalidRequest, Overloaded
from router.service.intake import LONG_BODY_BYTES, Intake
from router.service.workshop import Workshop
from tests.intake_readers import die, process_id, refuse, thread_id

SHORT, LONG = b"{}", b" " * LONG_BODY_BYTES
NO_WORKSHOP = cast("Workshop", None)
"""The readers here need none."""


async def test_short_bodies_are_read_in_a_thread_and_long_ones_in_a_process() -> None:
    with Intake(NO_WORKSHOP) as intake:
        assert await intake.read(SHORT, process_id) == os.getpid()
        assert await intake.read(SHORT, thread_id) != threading.get_ident()
        assert await intake.read(LONG, process_id) != os.getpid()


@pytest.mark.parametrize("body", [SHORT, LONG], ids=["short", "long"])
async def test_faults_come_back_whole(body: bytes) -> None:
    with Intake(NO_WORKSHOP) as intake:
        with pytest.raises(InvalidRequest) as refused:
            await intake.read(body, refuse)
        assert (refused.value.faults[0].pointer, refused.value.readable) == ("/a", False)


async def test_a_reader_that_dies_takes_its_own_body_with_it_and_no_other() -> None:
    with Intake(NO_WORKSHOP) as intake:
        with pytest.raises(Overloaded):
            await intake.read(LONG, die)
        assert await intake.read(LONG, process_id) != os.getpid()

"""A storm: tenants hand plans in, while parts of the service are killed at random moments."""

import itertools
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from tests.faults.installations import Installation, Part
from tests.processes import LOOK_SECONDS
from tests.running_service import Answer, a_request
from tests.tenants import make_key

LONGEST_PAUSE_SECONDS = 3.0
TRY_AGAIN_SECONDS = 0.3
COME_BACK = (409, 503)
"""Answers that tell a caller to try again."""


class Tenant(threading.Thread):
    """Hands so many plans in, one after the other, each again and again until it is told that it was accepted."""

    def __init__(self, installation: Installation, name: str, plans: int, seconds_between: float) -> None:
        """Get a key."""
        super().__init__(name=name)
        self._installation = installation
        self._headers = make_key(installation.service, name)
        self._plans = plans
        self._seconds_between = seconds_between
        self.accepted: dict[str, str] = {}
        self.wrong: list[Answer] = []

    def run(self) -> None:
        """Hand everything in; an answer that is none of a service in trouble is kept, and ends it."""
        for number in range(self._plans):
            key = f"{self.name}-{number}"
            body = json.dumps(a_request(stops=6 + number % 20, time_limit=1, name=key)).encode()
            answer = self._persistently(key, body)
            if answer.status not in (200, 202):
                self.wrong.append(answer)
                return
            self.accepted[key] = answer.json["id"]
            time.sleep(self._seconds_between)

    def _persistently(self, key: str, body: bytes) -> Answer:
        while True:
            try:
                headers = {**self._headers, "Idempotency-Key": f'"{key}"'}
                answer = self._installation.service.call("POST", "/v1/plans", body, headers)
            except (OSError, HTTPException):  # there is no service at the moment, or it died in the middle
                time.sleep(TRY_AGAIN_SECONDS)
                continue
            if answer.status not in COME_BACK:
                return answer
            time.sleep(TRY_AGAIN_SECONDS)


@contextmanager
def handing_in(
    installation: Installation, tenants: int, plans: int, seconds: float
) -> Iterator[list[Tenant]]:
    """Have tenants hand in ``plans`` in all, over about so many seconds; at the end all are accepted."""
    each = plans // tenants
    people = [Tenant(installation, f"tenant-{n}", each, seconds / each) for n in range(tenants)]
    for person in people:
        person.start()
    yield people
    for person in people:
        person.join()
        assert person.wrong == []


def kill_at_random(installation: Installation, kills: int, seed: int) -> Counter[Part]:
    """Kill parts in turn, each turn in another order, after pauses of any length; return what was hit how often."""
    chance = random.Random(seed)  # noqa: S311  (which part is hit)
    hits: Counter[Part] = Counter()
    turns = itertools.chain.from_iterable(chance.sample(list(Part), len(Part)) for _ in itertools.count())
    for part in turns:
        time.sleep(chance.uniform(0, LONGEST_PAUSE_SECONDS))
        hits[part] += installation.kill(part, chance)
        if hits.total() >= kills:
            break
    return hits


def wait_until_all_ended(installation: Installation, seconds: float) -> None:
    """Return when no plan waits or is in work any more."""
    deadline = time.monotonic() + seconds
    left = "select count(*) from plan where finished_at is null"
    while (count := installation.service.query(left)[0][0]) > 0:
        assert time.monotonic() < deadline, f"{count} plans have not ended"
        time.sleep(1)


def seconds_to_recover(installation: Installation) -> float:
    """Kill a worker with a plan in hand, and return how long it takes until another one is at work on it."""
    service = installation.service
    headers = make_key(service, "last-tenant")
    body = json.dumps(a_request(stops=60, time_limit=20)).encode()
    plan_id = service.call("POST", "/v1/plans", body, headers).json["id"]
    standing = "select attempt, worker, plan is not null as begun, finished_at from plan where id = $1"
    while not (row := service.query(standing, plan_id)[0])["begun"]:
        assert row["finished_at"] is None
        time.sleep(LOOK_SECONDS)
    before, began = row["attempt"], time.monotonic()
    installation.kill_worker(int(row["worker"].rpartition("/")[2]))
    while service.query(standing, plan_id)[0]["attempt"] == before:
        time.sleep(LOOK_SECONDS)
    return time.monotonic() - began

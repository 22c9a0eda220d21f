"""The demo that ships with the package, here or through a running service."""

import asyncio
from importlib import resources
from typing import Any

import aiohttp
import orjson
from rich.console import Console

from router.cli.tables import print_plan
from router.service.workshop import Workshop
from router.wire.checks import read_plan
from router.wire.ingest import to_problem
from router.wire.plans import to_plan
from router.wire.request import read_plan_request

DEMO = "bali_lombok.json"
SECONDS_BETWEEN_LOOKS = 1.0


def demo_request() -> bytes:
    """Return the plan request of the demo: parcels on Bali, the islands around it, and Lombok."""
    return resources.files("router.wire").joinpath("examples", DEMO).read_bytes()


async def solve_demo_over_http(url: str, workshop: Workshop, console: Console) -> None:
    """Do what any caller would: hand the demo in, ask after it every second, and show the plan."""
    body = demo_request()
    console.print("Handing the demo in …")
    async with aiohttp.ClientSession(url) as session:
        headers = {"Content-Type": "application/json"}
        async with session.post("/v1/plans", data=body, headers=headers) as answer:
            answer.raise_for_status()
            location = answer.headers["Location"]
        resource = await _until_ended(session, location, console)
    console.print(f"{url}{location}: {resource['status']}", highlight=False)
    if resource["plan"] is not None:
        problem = to_problem(read_plan_request(body), workshop.land).problem
        print_plan(console, to_plan(read_plan(orjson.dumps(resource)), problem).plan, problem)


async def _until_ended(session: aiohttp.ClientSession, location: str, console: Console) -> Any:
    while True:
        async with session.get(location) as answer:
            answer.raise_for_status()
            resource = await answer.json()
        if resource["finished_at"] is not None:
            return resource
        plan = resource["plan"]
        cost = f", cost {plan['cost']['total']:,.0f}, {plan['totals']['served']} stops served" if plan else ""
        console.print(f"  {resource['status']}{cost}", highlight=False)
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

"""Everything that can be set from outside, read once from the environment; units stand in the names."""

import ipaddress
import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, PositiveFloat, PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1 << 20


RoadEngineUrl = Annotated[str, Field(pattern=r"^https?://[^\s?#]+$")]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseSettings):
    """Settings of one process. ``SELAT_PORT=9000`` sets ``port``, and so on."""

    model_config = SettingsConfigDict(env_prefix="SELAT_", frozen=True)

    host: str = Field(
        default="127.0.0.1", description="Address to listen on. Without API keys: loopback only."
    )
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on; 0 takes a free one.")] = 8080
    database_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL", "SELAT_DATABASE_URL"),
        description="A PostgreSQL of your own, 15 or newer. Unset: the embedded one, under data_dir.",
    )
    data_dir: Path = Field(default=Path(".selat"), description="Where the embedded database keeps its files.")
    land_layer: Path | None = Field(
        default=None, description="GeoJSON or GeoParquet; unset: the built-in one."
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least level of what is logged, as JSON lines on standard error."
    )

    metrics_port: Annotated[
        int | None,
        Field(ge=0, le=65535, description="Of a worker's own page; 0: none. Unset: 9464, or a free one."),
    ] = None
    metrics_host: str = Field(default="127.0.0.1", description="Address that a worker's own page listens on.")
    heartbeat_seconds: Annotated[
        float, Field(ge=0, description="How often the service plans something of its own; 0: never.")
    ] = 60.0

    max_time_limit_seconds: PositiveInt = Field(default=600, description="Longer time limits are refused.")
    max_wait_seconds: PositiveInt = Field(default=60, description="Cap on what Prefer: wait= may ask for.")
    max_body_bytes: PositiveInt = Field(
        default=64 * MIB, description="Larger request bodies are answered 413."
    )
    max_connections: PositiveInt = Field(
        default=10_000, description="At once; more are let in only for an idle one."
    )
    max_event_streams: PositiveInt = Field(default=5_000, description="At once; more are answered 503.")
    idle_connection_seconds: PositiveFloat = Field(
        default=60.0, description="A connection is closed that brings no whole request head within so long."
    )

    webhook_http: bool = Field(default=False, description="Whether webhooks may be http as well as https.")
    webhook_private_addresses: bool = Field(
        default=False, description="Whether webhooks may lead to loopback and private networks."
    )
    webhook_retry_seconds: tuple[PositiveFloat, ...] = Field(
        default=(5.0, 300.0, 1_800.0, 7_200.0, 18_000.0),
        description="How long to wait after each attempt that failed, as JSON; then it is given up.",
    )

    osrm_url: dict[str, RoadEngineUrl] = Field(
        default={}, description="OSRM's address for each profile, as JSON; * stands for all others."
    )
    osrm_exclude: str = Field(
        default="ferry", pattern=r"^[a-z_,]*$", description="Classes of roads that OSRM is to leave out."
    )
    osrm_table_size: PositiveInt = Field(default=100, description="OSRM's --max-table-size.")
    valhalla_url: RoadEngineUrl | None = Field(default=None, description="Valhalla's address.")
    valhalla_costing: dict[str, str] = Field(
        default={
            "van": "auto",
            "car": "auto",
            "truck": "truck",
            "motorbike": "motorcycle",
            "bicycle": "bicycle",
            "foot": "pedestrian",
        },
        description="Valhalla's costing model for each profile, as JSON.",
    )
    valhalla_table_size: PositiveInt = Field(
        default=50, description="The root of Valhalla's max_matrix_location_pairs."
    )
    road_request_seconds: PositiveFloat = Field(default=30.0, description="For one answer of a road engine.")
    road_seconds: PositiveFloat = Field(
        default=120.0, description="For all answers that a plan needs; on top of its time limit."
    )
    road_attempts: PositiveInt = Field(
        default=4, description="How often a road engine is asked that cannot be reached or breaks down."
    )
    road_requests_at_once: PositiveInt = Field(default=4, description="For each plan.")
    road_far_meters: PositiveInt = Field(
        default=250, description="Places farther from their road are warned of."
    )
    road_cache_days: Annotated[
        float, Field(ge=0, description="How long answers of road engines are used again; 0: not at all.")
    ] = 7.0
    road_cache_bytes: PositiveInt = Field(
        default=1024 * MIB, description="What they may take in the database."
    )

    solves_at_once: PositiveInt = Field(default_factory=_cores, description="Per worker process.")
    threads_per_solve: PositiveInt = Field(default=1, description="Cores that one search may use.")
    solver_memory_bytes: PositiveInt = Field(default=4096 * MIB, description="Cap on each solver process.")
    stop_grace_seconds: PositiveFloat = Field(
        default=10.0, description="For what is under way when a process stops."
    )
    retention_days: PositiveFloat = Field(default=30.0, description="Plans that ended longer ago are erased.")


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

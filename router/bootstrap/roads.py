"""Where road times come from: what the settings say of road engines."""

from datetime import timedelta

from router.adapters.matrices.asking import Patience
from router.adapters.matrices.chosen import ChosenMatrixSource
from router.adapters.matrices.great_circle import GreatCircleSource
from router.adapters.matrices.inline import InlineSource
from router.adapters.matrices.osrm import ANY_PROFILE, Osrm
from router.adapters.matrices.road_engine import RoadEngine
from router.adapters.matrices.road_source import RoadEngineSource
from router.adapters.matrices.valhalla import Valhalla
from router.adapters.postgres.road_cache import PostgresRoadCache
from router.domain.ids import Profile
from router.domain.road_engines import RoadEngines
from router.domain.travel_choice import TravelProvider
from router.ports import MatrixSource, Observer, RoadCache
from router.service.observed import ObservedMatrices, ObservedRoadCache
from router.settings import Settings


def matrix_source(settings: Settings, dsn: str | None, observer: Observer | None = None) -> MatrixSource:
    """Return the source of road times; without ``dsn`` nothing that road engines say is remembered."""
    providers: dict[TravelProvider, MatrixSource] = {TravelProvider.GREAT_CIRCLE: GreatCircleSource()}
    patience = Patience(
        request_seconds=settings.road_request_seconds,
        all_seconds=settings.road_seconds,
        attempts=settings.road_attempts,
        at_once=settings.road_requests_at_once,
    )
    for engine in _engines(settings):
        providers[engine.provider] = RoadEngineSource(
            engine,
            patience=patience,
            far_meters=settings.road_far_meters,
            cache=_cache(settings, dsn, observer),
        )
    source = ChosenMatrixSource(providers, inline=InlineSource())
    return source if observer is None else ObservedMatrices(source, observer)


def road_engines(settings: Settings) -> RoadEngines:
    """Return which engines requests may ask for, and for whom."""
    profiles: dict[TravelProvider, frozenset[Profile] | None] = {}
    if settings.osrm_url:
        named = frozenset(map(Profile, settings.osrm_url))
        profiles[TravelProvider.OSRM] = None if ANY_PROFILE in named else named
    if settings.valhalla_url is not None:
        profiles[TravelProvider.VALHALLA] = frozenset(map(Profile, settings.valhalla_costing))
    return RoadEngines(profiles=profiles)


def _engines(settings: Settings) -> list[RoadEngine]:
    engines: list[RoadEngine] = []
    if settings.osrm_url:
        servers = {Profile(profile): url for profile, url in settings.osrm_url.items()}
        engines.append(Osrm(servers, exclude=settings.osrm_exclude, table_size=settings.osrm_table_size))
    if settings.valhalla_url is not None:
        costings = {Profile(profile): costing for profile, costing in settings.valhalla_costing.items()}
        engines.append(Valhalla(settings.valhalla_url, costings, table_size=settings.valhalla_table_size))
    return engines


def _cache(settings: Settings, dsn: str | None, observer: Observer | None) -> RoadCache | None:
    if dsn is None or not settings.road_cache_days:
        return None
    keep = timedelta(days=settings.road_cache_days)
    cache = PostgresRoadCache(dsn, keep=keep, most_bytes=settings.road_cache_bytes)
    return cache if observer is None else ObservedRoadCache(cache, observer)

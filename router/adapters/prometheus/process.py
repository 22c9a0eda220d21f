"""The registry of a process, with what can be said of any process."""

import platform

from prometheus_client import CollectorRegistry, GCCollector, Info, ProcessCollector, disable_created_metrics

import router


def process_registry(kernel: str) -> CollectorRegistry:
    """Return a registry with processor time, memory, files and garbage collections, and what runs here.

    ``kernel`` is a digest of the compiled search: the same in two processes only where they search alike. Series of
    when each counter was made are left out: they double the page and tell little.
    """
    disable_created_metrics()  # type: ignore[no-untyped-call]  # it has no annotations
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    build = {"version": router.__version__, "python": platform.python_version(), "kernel": kernel}
    Info("selat_build", "What runs here.", registry=registry).info(build)
    return registry

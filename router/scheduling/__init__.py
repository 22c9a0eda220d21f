"""The only place where times are made."""

from router.scheduling.timed_plan import schedule

__all__ = ["schedule"]

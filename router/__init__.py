"""Selat: a last-mile delivery router that plans over roads and ferry timetables."""

__version__ = "0.1.0"

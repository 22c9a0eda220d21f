"""Measurements of quality and speed, each with its instance, seed, budget, machine and versions."""

"""Real road engines for tests and benchmarks: OSRM and Valhalla from their wheels, over small extracts."""

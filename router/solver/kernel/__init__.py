"""The compiled search: arrays only, no objects, no clock, no IO.

Everything here is numba ``njit(nogil=True, cache=True)``. Functions are longer than elsewhere in the house
where splitting them would cost speed (numba passes a tuple of arrays by value, so calls are not free).
"""

"""A small, fast, repeatable source of random numbers: xorshift64* (Vigna, ACM TOMS 42(4), 2016)."""

import numpy as np

from router.solver.kernel.compiled import inlined
from router.solver.kernel.model import Randoms


@inlined
def uniform(random: Randoms) -> float:
    """Return a number in [0, 1)."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * 1.1102230246251565e-16


@inlined
def below(random: Randoms, n: int) -> int:
    """Return a whole number from 0 to ``n - 1``."""
    return min(n - 1, int(uniform(random) * n))

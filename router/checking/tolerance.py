"""How far amounts of money may be apart and still be called equal."""

ABSOLUTE = 0.01
RELATIVE = 1e-9


def same_money(expected: float, actual: float) -> bool:
    """Return whether the amounts differ by no more than a hundredth and a billionth; NaN equals nothing."""
    return abs(expected - actual) <= ABSOLUTE + RELATIVE * abs(expected)

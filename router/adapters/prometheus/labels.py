"""Labels whose values come from outside, kept few."""

OTHER = "other"


class CappedLabel:
    """Lets the first so many values of a label through, and calls all others ``other``.

    Every value of a label is a series that Prometheus keeps: values that callers may choose could fill its memory.
    """

    def __init__(self, most: int) -> None:
        """Let ``most`` different values through."""
        self._most = most
        self._known: set[str] = set()

    def value(self, wanted: str) -> str:
        """Return what is to stand in the label."""
        if wanted in self._known:
            return wanted
        if len(self._known) >= self._most:
            return OTHER
        self._known.add(wanted)
        return wanted

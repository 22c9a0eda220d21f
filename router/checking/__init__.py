"""The independent referee: recomputes every plan from raw input and says all that is wrong with it.

It shares no code with the solver, the scheduler or the ferry search, so that a mistake of theirs is not
repeated here. One file per rule; ``docs/concepts/referee.md`` tells how to add one.
"""

from router.checking.referee import REPLAN_RULES, RULES, check

__all__ = ["REPLAN_RULES", "RULES", "check"]

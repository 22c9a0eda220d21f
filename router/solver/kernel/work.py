"""The way in to what makes plans: one entry, since its tasks share nearly all that they call."""

from router.solver.kernel.compiled import entry
from router.solver.kernel.fewer import place_all
from router.solver.kernel.model import Model, State
from router.solver.kernel.search import construct, run

CONSTRUCT, RUN, PLACE_ALL = 0, 1, 2
"""What there is to do."""


@entry
def work(model: Model, state: State, task: int, rounds: int, temperature: float) -> bool:
    """Do a task, of up to so many rounds at this temperature; return whether it was done.

    Only ``PLACE_ALL`` can fail: some required stop is left out still.
    """
    if task == CONSTRUCT:
        construct(model, state)
        return True
    if task == PLACE_ALL:
        return place_all(model, state, rounds, temperature)
    run(model, state, rounds, temperature)
    return True

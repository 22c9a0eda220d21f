"""OR-Tools' routing library at its best: its own iterated local search, removing strings and annealing.

``SolveWithParameters`` ignores the setting ``use_iterated_local_search``, so its own method is called.
"""

from importlib.metadata import version

from ortools.constraint_solver import routing_enums_pb2, routing_ils_pb2

from benchmarks.quality.runners.ortools_model import OrToolsModel, parameters
from benchmarks.quality.runners.protocol import Runner

LONGEST_STRING, MEAN_REMOVED, BYPASS = 10, 10, 0.3
"""Slack induction by string removals with the constants of its paper (bypassing as in OR-Tools' examples)."""


def main() -> None:
    """Solve the case on standard input. There is no seed: the library fixes its own."""
    runner = Runner.begin(version("ortools"))
    model = OrToolsModel(runner.orders.case)
    model.report_to(runner)
    search = parameters(runner.left())
    search.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    _set_strings(search.iterated_local_search_parameters)
    runner.answer(model.routes(model.routing.SolveWithIteratedLocalSearch(search)))


def _set_strings(search: routing_ils_pb2.IteratedLocalSearchParameters) -> None:
    ruin = search.ruin_recreate_parameters.ruin_strategies.add()
    ruin.sisr.max_removed_sequence_size = LONGEST_STRING
    ruin.sisr.avg_num_removed_visits = MEAN_REMOVED
    ruin.sisr.bypass_factor = BYPASS
    search.improve_perturbed_solution = False
    search.reference_solution_acceptance_strategy.simulated_annealing.automatic_temperatures = True


if __name__ == "__main__":
    main()

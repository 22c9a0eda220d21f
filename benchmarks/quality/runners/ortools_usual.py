"""OR-Tools' routing library as its guides show it: cheapest insertion, then guided local search."""

from importlib.metadata import version

from ortools.constraint_solver import routing_enums_pb2

from benchmarks.quality.runners.ortools_model import OrToolsModel, parameters
from benchmarks.quality.runners.protocol import Runner


def main() -> None:
    """Solve the case on standard input. There is no seed: nothing is left to chance."""
    runner = Runner.begin(version("ortools"))
    model = OrToolsModel(runner.orders.case)
    model.report_to(runner)
    search = parameters(runner.left())
    search.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    search.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    runner.answer(model.routes(model.routing.SolveWithParameters(search)))


if __name__ == "__main__":
    main()

"""Which islands one road network joins, found the dull way."""

from router.domain.ids import IslandId, Profile
from router.domain.problem import Problem


def joined_by_road(problem: Problem, profile: Profile, one: IslandId, other: IslandId) -> bool:
    """Return whether a vehicle of this profile can drive from one island to the other over fixed links."""
    links = [set(link.islands) for link in problem.fixed_links if link.carries(profile)]
    reached = {one}
    while any(link & reached and link - reached for link in links):
        reached = reached.union(*(link for link in links if link & reached))
    return other in reached

"""The search for plain days: one land mass, one window a stop, and costs of use and distance only.

What most batches on one island are. Everything that makes a place dear to judge is absent, so that this kernel makes
several times as many iterations a second as the full one (``router.solver.kernel``), which it stands in for.
"""

"""Imported once by the fork server, before it forks; the one module here whose import does work.

Every solver process then starts with the compiled kernel in memory (``docs/adr/0003-child-process.md``).
"""

from router.solver.warm import warm

warm()

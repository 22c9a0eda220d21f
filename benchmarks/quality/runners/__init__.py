"""One program per engine: it reads one case from standard input, solves it, and prints what it found.

Each runs in the environment of its engine, so nothing here but ``protocol`` is shared between them.
"""

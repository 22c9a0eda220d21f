"""What the search looks at most, as records: one cache line tells all that changes of a node.

Rows of records lie at distances that are known when the kernel is compiled, and 32 bits hold every instant and every
road there is (``docs/adr/0021-records.md``).
"""

import numpy as np

LINK = np.dtype(
    [
        ("prev", np.int32),
        ("next", np.int32),
        ("route", np.int32),
        ("position", np.int32),
        ("early", np.int32),
        ("late", np.int32),
        ("lead", np.int32),
        ("last_start", np.int32),
        ("end_at", np.int32),
        ("end_lead", np.int32),
        ("crossed", np.int32),
        ("meters_in", np.int32),
        ("release", np.int32),
        ("since", np.int32),
        ("next_crossed", np.int32),
        ("drive_in", np.int32),
    ]
)
"""A node in its route, 64 bytes.

``early`` and ``late``: earliest and latest begin that the route allows. ``lead``, ``last_start``: the begin is
max(``early``, departure + ``lead``) for a departure up to ``last_start``. ``end_at``, ``end_lead``: the route ends at
max(``end_at``, begin + ``end_lead``). ``crossed``: the crossing taken to get here, or NONE. ``meters_in``: road driven
to get here. ``release``: the trip leaves the depot no earlier. ``since``: from leaving the depot to the begin here,
without any waiting. ``next_crossed``: the next node of the route that a crossing leads to, or NONE; told of such nodes
only. ``drive_in``: seconds of road from the node before, or NONE where not known yet or over water.
"""

NODE = np.dtype(
    [
        ("service", np.int32),
        ("window_0", np.int32),
        ("window_n", np.int32),
        ("first_start", np.int32),
        ("last_end", np.int32),
        ("ready", np.int32),
        ("mate", np.int32),
        ("is_drop", np.int32),
        ("lock", np.int32),
        ("lock_rank", np.int32),
    ]
)
"""What never changes of a node.

``window_0``, ``window_n``: the range of its windows. ``ready``: the trip that brings this leaves the depot no earlier.
``mate``: the other end of a shipment, or NONE. ``is_drop``: 1 for the second end of a shipment, which is inserted with
the first. ``lock``, ``lock_rank``: the sequence that a stop is locked in, or NONE, and its place there.
"""

ARC = np.dtype([("drive", np.int32), ("long", np.int32)])
"""A road: seconds and metres; negative where there is none."""

SPOT = np.dtype([("mass", np.int32), ("row", np.uint32), ("column", np.uint32)])
"""Where a node stands in the matrices of a profile: its land mass, where its row begins, and its column.

Both are unsigned, so that numba need not ask whether their sum counts from the end.
"""

BETWEEN = np.dtype(
    [("in_drive", np.int32), ("in_long", np.int32), ("out_drive", np.int32), ("out_long", np.int32)]
)
"""The road from a neighbour to a stop, and the road back."""

BESIDE = np.dtype([("stamp", np.int64), ("rank", np.int64)])
"""The last stop whose neighbour a node was found to be, by its stamp, and its place in that stop's row of ``near``."""

GAP = np.dtype(
    [
        ("before", np.int32),
        ("drive_in", np.int32),
        ("long_in", np.int32),
        ("drive_out", np.int32),
        ("long_out", np.int32),
    ]
)
"""A place for a stop: the node before it, and the roads into the stop and out of it; WATER where land differs."""

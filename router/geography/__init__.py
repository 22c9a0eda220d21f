"""Which land a point is on, which bridges join lands, and what the clocks say there."""

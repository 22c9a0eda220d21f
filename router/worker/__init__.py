"""The other process: takes plans from the queue and solves them."""

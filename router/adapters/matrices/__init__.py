"""Where road times come from."""

"""Who visits what, in which order, on which sailings."""

"""Scripts that make the data which the package carries; each can be run again and gives the same data."""

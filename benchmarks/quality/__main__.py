"""``python -m benchmarks.quality``: measure what is not measured yet, then write the tables and the curves."""

import sys

from benchmarks.quality.command import main

if __name__ == "__main__":
    sys.exit(main())

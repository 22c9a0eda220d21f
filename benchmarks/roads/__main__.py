"""``python -m benchmarks.roads [--if-possible]``: install the engines; see ``install.py``."""

import sys

from benchmarks.roads.install import install_or_say_why

if __name__ == "__main__":
    said = install_or_say_why()
    print(said or "road engines are installed")
    sys.exit(0 if said is None or "--if-possible" in sys.argv[1:] else 1)

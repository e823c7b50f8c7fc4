"""`python -m mhtracker` is the `mhtracker` command."""

import sys

from mhtracker.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""`python -m cordiale`: the command line, where the `cordiale` command is not on the path."""

import sys

from cordiale.cli import main

if __name__ == "__main__":
    sys.exit(main())

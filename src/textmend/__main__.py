"""Makes `python -m textmend` the same as the `textmend` command."""

from __future__ import annotations

import sys

from textmend.cli import main

if __name__ == "__main__":
    sys.exit(main())

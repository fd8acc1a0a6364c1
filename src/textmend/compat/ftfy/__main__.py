"""Makes `python -m textmend.compat.ftfy` ftfy's command."""

from __future__ import annotations

import sys

from textmend.compat.ftfy.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""The names of ftfy.formatting, which are ftfy's own."""

from __future__ import annotations

from ftfy.formatting import *  # noqa: F403  the names are ftfy's, all of them

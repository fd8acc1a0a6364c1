"""The names of ftfy.fixes, which are ftfy's own."""

from __future__ import annotations

from ftfy.fixes import *  # noqa: F403  the names are ftfy's, all of them

"""The names of ftfy.badness, which are ftfy's own."""

from __future__ import annotations

from ftfy.badness import *  # noqa: F403  the names are ftfy's, all of them

"""The names of ftfy.chardata, which are ftfy's own."""

from __future__ import annotations

from ftfy.chardata import *  # noqa: F403  the names are ftfy's, all of them

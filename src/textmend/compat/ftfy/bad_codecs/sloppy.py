"""The names of ftfy.bad_codecs.sloppy, which are ftfy's own."""

from __future__ import annotations

from ftfy.bad_codecs.sloppy import *  # noqa: F403  the names are ftfy's, all of them

"""The names of ftfy.bad_codecs, which are ftfy's own: UTF-8 variants and sloppy codecs."""

from __future__ import annotations

from ftfy.bad_codecs import *  # noqa: F403  the names are ftfy's, all of them

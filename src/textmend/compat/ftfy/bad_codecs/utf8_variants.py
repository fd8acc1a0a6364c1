"""The names of ftfy.bad_codecs.utf8_variants, which are ftfy's own."""

from __future__ import annotations

from ftfy.bad_codecs.utf8_variants import *  # noqa: F403  the names are ftfy's, all of them

"""From a garbled text to the chain of misreadings that garbled it, and back, with proof.

>>> from textmend.misreadings import judge
>>> from textmend.options import Options
>>> judge("cafÃ©", Options()).mendings[0].chain
('utf-8>cp1252',)
"""

from __future__ import annotations

from textmend.misreadings.document import judge
from textmend.misreadings.judgement import UNKNOWN, Judgement, LostMark, Mending, Survey
from textmend.misreadings.lines import undone
from textmend.misreadings.quick import look, scanner

__all__ = ["UNKNOWN", "Judgement", "LostMark", "Mending", "Survey", "judge", "look", "scanner", "undone"]

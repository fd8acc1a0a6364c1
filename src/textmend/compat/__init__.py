"""Stand-ins for other libraries: the same names and defaults, with textmend's engine behind them.

>>> from textmend.compat import ftfy
>>> ftfy.fix_text("schÃ¶n")
'schön'
"""

from __future__ import annotations

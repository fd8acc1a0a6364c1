"""How likely is this text?  The character model, its file and its scorer.

>>> from textmend.plausibility.model import load
>>> load().cost("tout à fait") < load().cost("tout Ã  fait")
True
"""

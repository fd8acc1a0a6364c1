"""The likeliest original of a line that lost bytes, whatever the habit of its reader and the language it is in.

Every habit and language that come into question is looked at hastily; the best
of them is then searched again, with as many ways as tell how sure it is.
"""

from __future__ import annotations

from typing import Final

from textmend import encodings
from textmend.misreadings import hops, lossy
from textmend.misreadings.budget import Budget
from textmend.misreadings.lattice import Lattice
from textmend.misreadings.restored import Restored
from textmend.plausibility.model import UNITS, load
from textmend.plausibility.steps import Steps, steps_of

#: A question mark that took nothing with it: Windows' does.
_QUESTIONED: Final = 8 * UNITS
#: Nodes kept in a first look at every habit and language that come into question, which only finds the likeliest.
_WIDTH_HASTY: Final = 4
_BEAM_HASTY: Final = 8 * UNITS
#: What must be left to search again what was looked at hastily, times what that spent: too much was lost otherwise.
_AGAIN: Final = 4
#: A text is priced in so many languages at most, or sets of them if it is in several scripts.
_LANGUAGES: Final = 3
#: What is left of a line of so few signs does not tell its language: so many others are tried beside it.
_SHORT: Final = 24
_GUESSED: Final = 2


def restore(line: str, read: str, written: str = "utf-8", budget: Budget | None = None) -> Restored | None:
    """Return the likeliest original of a line that lost bytes when ``written>read`` happened.

    budget: what the line's other readers and writers left.

    >>> restore("partners.鈥", "gbk").text
    'partners.”'
    """
    legible = hops.rough(line, read, written)
    model = load()
    groups = {model.sign(char)[1] for char in set(legible)}
    budget = budget or Budget(line)
    habits = lossy.habits(line, read)
    kept = lossy.kept(line) if encodings.get(read).width == "single" else frozenset()
    tried: set[tuple[int, ...]] = set()
    limit = budget.limit
    best: tuple[float, str, Steps] | None = None
    spent = 1
    waiting = [(model.best_languages(legible), 0)]
    if len(line) <= _SHORT:
        waiting += model.next_languages(legible, _GUESSED)
    while waiting and len(tried) < _LANGUAGES + _GUESSED:
        languages, rarer = waiting.pop(0)
        own = tuple(number for script, number in languages.items() if script in groups)
        if own in tried:
            continue
        tried.add(own)
        steps = steps_of(languages)
        text = ""
        for habit in habits:
            asked = _asked(line, read, habit) + rarer
            channel, left = lossy.channel(read, habit, kept), budget.left
            lattice = Lattice(
                line, channel, written, steps, groups, budget, width=_WIDTH_HASTY, beam=_BEAM_HASTY, legible=legible
            )
            likeliest = lattice.likeliest(limit - asked)
            if likeliest is not None:
                text, cost = likeliest
                best = (cost + asked, habit, steps)
                spent = max(1, left - budget.left)
                limit = cost + asked - 1  # another habit or language must make it likelier
                if not budget.front or lattice.front[-1] < budget.front[-1]:
                    budget.front = lattice.front
        if text and len(tried) < _LANGUAGES:
            # what is left of a text may look like another language than what it was
            waiting.insert(0, (model.best_languages(text), rarer))
    if best is None:
        return None
    cost, habit, steps = best
    if budget.left < _AGAIN * spent:
        return None
    restored = Lattice(line, lossy.channel(read, habit, kept), written, steps, groups, legible=legible).run(cost)
    return restored._replace(cost=restored.cost + _asked(line, read, habit)) if restored is not None else None


def _asked(line: str, read: str, habit: str) -> int:
    """Return what a habit asks for, in units."""
    windows = habit == lossy.REPLACE and "\ufffd" not in line and encodings.get(read).width == "multi"
    return _QUESTIONED if windows else 0

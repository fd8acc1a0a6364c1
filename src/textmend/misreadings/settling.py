"""Every line of a document follows the chains that the document has adopted, clue or no clue."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from textmend.misreadings import sisters, spans, transports
from textmend.misreadings.judgement import Survey
from textmend.misreadings.stretches import stretches, with_utf8
from textmend.misreadings.survey import FOLLOWED, Adopted, Line, attempt
from textmend.plausibility.model import load

#: Lines whose words tell the document's language.
CONTEXT: Final = 24


def settle(text: str, lines: dict[str, Line], seen: Survey, around: transports.Surroundings) -> Survey:
    """Let every line that is not ASCII follow the document's chains, clue or no clue; return what they are.

    A chain whose sister explains the whole document better is replaced by it. The language of the document, as the
    chains leave it, weighs with each line.

    >>> lines = {"Ã©tÃ©": Line("Ã©tÃ©", [0], {})}
    >>> seen = settle("Ã©tÃ©", lines, Survey({("utf-8>cp1252",): 40.0}), transports.belonging.PLAIN)
    >>> lines["Ã©tÃ©"].candidates["utf-8>cp1252",][0].text, list(seen.adopted)
    ('été', [('utf-8>cp1252',)])
    """
    if not seen.adopted:
        return seen
    seen = _decided(text, lines, seen)
    context: int | None = None
    placed = set(lines)  # all their places are known
    for start, part in _followers(text, {chain[-1] for chain in seen.adopted}):
        line = lines.setdefault(part, Line(part, [], {}, clue=False))
        if part not in placed:
            line.starts.append(start)
        for chain in seen.adopted:
            known = line.candidates.get(chain)
            if known is None or known[1] < FOLLOWED:
                if context is None:
                    context = _context(lines, seen.adopted, decided=True)
                attempt(line, chain, around, context)
    return seen


def _followers(text: str, last: set[str]) -> Iterable[tuple[int, str]]:
    """Return (start, stretch) of what some of the hops, the last of the document's chains, may have made."""
    found: dict[int, str] = {}
    for hop in last:
        if not spans.by_sequences(hop):
            return ((start, part) for start, part in stretches(text) if not part.isascii())
        found.update(with_utf8(text, hop.partition(">")[2]))
    return sorted(found.items())


def _decided(text: str, lines: dict[str, Line], seen: Survey) -> Survey:
    """Put the sister in the place of a chain of the document that explains all of it better.

    What was seen is that of other parts too, so it is not changed itself.
    """
    legacy = [chain for chain in seen.adopted if len(chain) == 1 and not spans.by_sequences(chain[0])]
    if not legacy:
        return seen
    every = [part for _, part in stretches(text) if not part.isascii()]

    @cache
    def context() -> int:
        return _context(lines, seen.adopted, decided=False)

    decided: dict[tuple[str, ...], tuple[str, ...]] = {
        chain: (sisters.best(chain[0], every, context),) for chain in legacy
    }
    adopted: Adopted = {}
    for chain, bits in seen.adopted.items():
        sister = decided.get(chain, chain)
        adopted[sister] = max(bits, adopted.get(sister, 0.0))
        if sister != chain:
            for line in lines.values():
                _replace(line, chain, sister)
    return Survey(adopted, tuple(dict.fromkeys(decided.get(chain, chain) for chain in seen.certain)))


def _replace(line: Line, chain: tuple[str, ...], sister: tuple[str, ...]) -> None:
    """Put a sister in the place of a chain among the candidates of a line, where both make the same of it.

    What the sister makes otherwise is tried with the others that follow; where it makes nothing, the chain stays.
    """
    undone = spans.undo_hop(line.text, sister[0]) if chain in line.candidates else None
    if undone is not None:
        found, gained = line.candidates.pop(chain)
        if found.text == undone:
            line.candidates.setdefault(sister, (found._replace(chain=sister), gained))


def _context(lines: dict[str, Line], adopted: Adopted, *, decided: bool) -> int:
    """Return the packed costs of the first lines, as the document's chains leave them.

    decided: whether no sister may take the place of a chain any more; before, what another explains better stays.
    """
    model = load()
    context = 0
    for line in list(lines.values())[:CONTEXT]:
        found = [item for item in line.candidates.values() if not decided or (item[0].chain in adopted and item[1] > 0)]
        best = max(found, key=lambda item: item[1], default=None)
        context += model.packed(best[0].text if best and best[0].chain in adopted else line.text)
    return context

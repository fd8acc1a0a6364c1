"""From a line and its candidate to the places that change, each proved by garbling it again."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from textmend import encodings
from textmend.misreadings import hops, transports, trust
from textmend.misreadings.restored import Lost, Restored
from textmend.results import Alternative, Loss

#: A line that lost signs comes back whole when all of it is at least so likely (trust.likely).
_WHOLE: Final = 0.5
#: The kinds of losses after which a line may have gone on.
_CUT: Final = frozenset(("dropped", "truncated"))
#: Where it is not, lost signs are restored that are at least so likely, the likeliest first, as long as all of them
#: together are wrong with no more than this probability; the others become U+FFFD.
_CERTAIN: Final = 0.98
_DOUBT: Final = 0.05
#: Those that are less likely than this, or one of which is wrong more often, tell that too much was lost of a line.
_SOMEHOW: Final = 0.9
_AMISS: Final = 0.1
#: What a line was cut in, if it was, is a letter when it is at least so likely.
_ENDS: Final = 0.9
_PIECES: Final = re.compile("([^\x00-\x7f\ud800-\udfff\ufffd]+)")


def undo_hop(text: str, hop: str) -> str | None:
    """Undo one misreading, named as in a chain, in a whole text.

    >>> undo_hop("Russia鈥檚", "utf-8>gbk")
    'Russia’s'
    """
    if hop in transports.HOPS:
        return transports.undo_hop(text, hop)
    written, _, read = hop.partition(">")
    if written == "utf-8" and not read.startswith("utf-16"):
        return hops.undo_utf8(text, read)
    return hops.undo_legacy(text, written, read)


@cache
def by_sequences(hop: str) -> bool:
    """Tell whether a misreading only makes texts in which some sequence of UTF-8 is seen: most lines have none.

    >>> by_sequences("utf-8>cp1252"), by_sequences("cp1251>cp1252"), by_sequences("utf-8>utf-16-le")
    (True, False, False)
    """
    written, _, read = hop.partition(">")
    return written == "utf-8" and hop not in transports.HOPS and not read.startswith("utf-16")


def undo_chain(text: str, chain: tuple[str, ...]) -> str | None:
    """Undo a chain of misreadings, the last to happen first; None where one is not there.

    >>> undo_chain("ÃƒÂ©", ("utf-8>cp1252", "utf-8>cp1252"))
    'é'
    """
    for hop in reversed(chain):
        undone = undo_hop(text, hop)
        if undone is None:
            return None
        text = undone
    return text


@lru_cache(maxsize=20_000)
def _piece(piece: str, chain: tuple[str, ...]) -> str:
    return undo_chain(piece, chain) or piece


@lru_cache(maxsize=20_000)
def proved(before: str, after: str, chain: tuple[str, ...]) -> bool:  # noqa: C901
    """Tell whether garbling ``after`` through the chain gives ``before`` back.

    >>> proved("鈥檚", "’s", ("utf-8>gbk",)), proved("鈥檚", "”s", ("utf-8>gbk",))
    (True, False)
    """
    if before == after:
        return False
    stages = [before]
    for hop in reversed(chain[1:]):
        undone = undo_hop(stages[-1], hop)
        if undone is None:
            return False
        stages.append(undone)
    stages.append(after)
    for hop, original, shown in zip(chain, reversed(stages[1:]), reversed(stages[:-1]), strict=True):
        if hop in transports.HOPS:
            if transports.proved(shown, original, hop):
                continue
            return False
        written, _, read = hop.partition(">")
        data = encodings.write(original, written)
        if data is None and written == "utf-8":
            data = original.encode("utf-8", "surrogatepass")
        if data is not None and encodings.shows(data, shown, read):
            continue
        if written == "utf-8":
            data = encodings.write(original, "cesu-8")
            if data is not None and encodings.shows(data, shown, read):
                continue
        return False
    return True


def places(line: str, candidate: str, chain: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """Return (start, before, after) of each place that changes, ascending; only proved ones.

    >>> places("Ukraine鈥檚 and Russia鈥檚", "Ukraine’s and Russia’s", ("utf-8>gbk",))
    [(7, '鈥檚', '’s'), (20, '鈥檚', '’s')]
    """
    if chain[-1] in transports.HOPS:
        if len(chain) == 1:
            return transports.places(line, candidate, chain[0])
        return transports.chain_places(line, candidate, chain[-1], lambda piece: undo_chain(piece, chain[:-1]))
    if len(chain) == 1:
        at_once = _whole_places(line, candidate, chain[0])
        if at_once is not None:
            return at_once
    pieces = _PIECES.split(line)
    changed: list[tuple[int, str, str]] = []
    rebuilt: list[str] = []
    start = 0
    for number, piece in enumerate(pieces):
        undone = _piece(piece, chain) if number % 2 else piece
        rebuilt.append(undone)
        if undone != piece:
            changed.append((start, piece, undone))
        start += len(piece)
    if "".join(rebuilt) == candidate:
        parts = [_prove(place, chain) for place in changed]
        if all(parts):
            return [part for part in parts if part]
    whole = _prove((0, line, candidate), chain)
    return [whole] if whole else []


def _whole_places(line: str, candidate: str, hop: str) -> list[tuple[int, str, str]] | None:
    """Return the places of a line that one misreading explains sign by sign, or run by run; None if not so.

    Garbling the whole candidate proves all of them.
    """
    written, _, read = hop.partition(">")
    if read.startswith("utf-16"):
        return None
    if written == "utf-8":
        return hops.reader(read).proved(line, candidate)
    if len(line) == len(candidate) and hops.reader(read).single and encodings.get(written).width == "single":
        runs = ((match.start(), match.end()) for match in hops.RUN.finditer(line))
        pairs = ((start, line[start:end], candidate[start:end]) for start, end in runs)
        found = [place for place in pairs if place[1] != place[2]]
    else:
        found = None
    if found is None:
        return None
    data = encodings.write(candidate, written)
    return found if data is not None and encodings.shows(data, line, read) else None


def decided(restored: Restored, *, legacy: bool = False) -> frozenset[int]:
    """Return which lost signs of a line are restored, by their numbers: all are where the whole line is likely.

    legacy: whether the original was in another encoding than UTF-8.
    A line that ends inside of a sign was cut, or so it looks; the rest of it may be likely without that sign.

    >>> from textmend.misreadings.originals import restore
    >>> decided(restore("“with our partners.鈥", "gbk"))
    frozenset({0})
    """
    if restored.broken:
        return _likely(restored, _CERTAIN, _DOUBT)  # some sign fits nothing: not all of it is explained
    every = frozenset(range(len(restored.losses)))
    likely = trust.likely(restored, legacy=legacy)
    end = _end(restored)
    if end is None:
        return every if likely >= _WHOLE else _likely(restored, _CERTAIN, _DOUBT)
    lost = restored.losses[end]
    share = lost.ranked[0][1]
    if likely >= _WHOLE and (share >= _ENDS or not lost.chosen.isalpha()):
        return every
    return every - {end} if likely >= _WHOLE * share else _likely(restored, _CERTAIN, _DOUBT)


def unlikely(restored: Restored, *, legacy: bool = False) -> int:
    """Return how many lost signs of a line nothing tells: none where the whole line is likely.

    >>> from textmend.misreadings.originals import restore
    >>> unlikely(restore("“with our partners.鈥", "gbk"))
    0
    """
    given = len(decided(restored, legacy=legacy))
    return len(restored.losses) - max(given, len(_likely(restored, _SOMEHOW, _AMISS)))


def _end(restored: Restored) -> int | None:
    """Return the number of the lost sign that a line ends with, None where it was not lost or left a mark."""
    if not restored.losses:
        return None
    lost = restored.losses[-1]
    ends = lost.chosen and lost.at + len(lost.chosen) == len(restored.text) and lost.kind in _CUT
    return len(restored.losses) - 1 if ends else None


def _likely(restored: Restored, least: float, most: float) -> frozenset[int]:
    """Return the lost signs of a line that are likely though the whole line is not.

    least: what each must be.  most: how likely it may be that one of them is wrong.
    """
    some: list[int] = []
    doubt = 0.0
    known = ((number, lost) for number, lost in enumerate(restored.losses) if not trust.guessed(restored, lost))
    ranked = ((lost.ranked[0][1], number) for number, lost in known)
    for likely, number in sorted(ranked, reverse=True):
        doubt += 1.0 - likely
        if likely < least or doubt > most:
            break
        some.append(number)
    return frozenset(some)


def lossy_places(
    line: str, restored: Restored, certain: frozenset[int]
) -> list[tuple[int, str, str, tuple[Loss, ...]]]:
    """Return (start, before, after, losses) of each place of a line that lost bytes.

    certain: the numbers of the lost signs that are restored; the others become U+FFFD.

    >>> from textmend.misreadings.originals import restore
    >>> lossy_places("partners.鈥", restore("partners.鈥", "gbk"), frozenset({0}))[0][:3]
    (9, '鈥', '”')
    """
    text = restored.text
    blocks: list[list[int]] = []  # start, end in the line; start, end in the text
    for (a, b), (c, d) in pairwise(restored.joints):
        if line[a:c] == text[b:d]:
            continue
        if blocks and blocks[-1][1] == a and blocks[-1][3] == b:
            blocks[-1][1], blocks[-1][3] = c, d
        else:
            blocks.append([a, c, b, d])
    result = []
    for a, c, b, d in blocks:
        pieces: list[str] = []
        losses: list[Loss] = []
        done, size = b, 0
        for number, lost in enumerate(restored.losses):
            if not b <= lost.at < d:
                continue
            end = lost.at + len(lost.chosen)
            kept = text[done : lost.at]
            pieces.append(kept)
            size += len(kept)
            given = number in certain
            ranked = _alternatives(lost, given=given)
            shown = lost.chosen if given else "\ufffd"
            pieces.append(shown)
            chosen_bytes = lost.lost if given else b""
            chosen = lost.chosen if given else "\ufffd"
            losses.append(Loss(size, size + len(shown), lost.kind, chosen_bytes, chosen, ranked))
            size += len(shown)
            done = end
        pieces.append(text[done:d])
        after = "".join(pieces)
        if after != line[a:c]:
            result.append((a, line[a:c], after, tuple(losses)))
    return result


def _alternatives(lost: Lost, *, given: bool) -> tuple[Alternative, ...]:
    ranked = lost.ranked if given else sorted(lost.ranked, key=lambda item: -item[1])
    return tuple(Alternative(text, round(probability, 4)) for text, probability in ranked)


def _prove(place: tuple[int, str, str], chain: tuple[str, ...]) -> tuple[int, str, str] | None:
    """Return the place if it is proved; else without its unchanged ends, if that is proved."""
    start, before, after = place
    if proved(before, after, chain):
        return place
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    before, after = before[first : len(before) - last], after[first : len(after) - last]
    if before and proved(before, after, chain):
        return (start + first, before, after)
    return None

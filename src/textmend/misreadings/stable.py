"""A repaired document is judged once more, so that repairing it a second time changes nothing more."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

from textmend.misreadings import glance, quick, recognition, transports
from textmend.misreadings.judgement import Judgement, Mending
from textmend.misreadings.weighing import is_utf8
from textmend.plausibility.model import load

#: How often a document is judged again at most; what is not settled by then is left as it was decided last.
_ROUNDS: Final = 4
#: A repair with so many bits, whose text costs no more than this for each sign, is not doubted for clues left in it.
_CONVINCING: Final = 40.0
_READABLE: Final = 6.5
#: Nor with so many, where the text costs no more than this.
_SAYS_MUCH: Final = 24.0
_WELL: Final = 4.0


def stable(text: str, judgement: Judgement, again: Callable[[str], tuple[Mending, ...]]) -> Judgement:
    """Return a judgement of a text whose repair is not repaired again.

    A line that would be repaired again stays as it was: one of its two repairs is wrong.  A line that is repaired
    only now, since the others say more once they are repaired, is repaired at once.

    again: judges a text that knows nothing of any other.  What is known of the document was said of it as it was,
    so it counts for nothing here.

    >>> one = Mending(0, "ÃƒÂ©tÃƒÂ©", "Ã©tÃ©", ("utf-8>cp1252",))
    >>> stable(one.before, Judgement((one,)), lambda text: (Mending(0, one.after, "été", ("utf-8>cp1252",)),)).mendings
    ()
    """
    repaired = applied(text, judgement.mendings)
    if repaired.count("\n") != text.count("\n"):
        return judgement
    dropped, kept = _parted(text, judgement.mendings, _still_misread(text, judgement, repaired))
    if not dropped and not quick.look(repaired)[0]:
        return judgement
    taken: set[int] = set()
    for _ in range(_ROUNDS):
        repaired = applied(text, kept)
        if not kept or not quick.look(repaired)[0]:
            break
        now = _numbered(repaired, again(repaired))
        unsure = {line for line, _ in now} & {line for line, _ in _numbered(text, kept)}
        if unsure:
            more, kept = _parted(text, kept, unsure)
            dropped += more
            continue
        fresh = _moved_back(kept, [mending for _, mending in now])
        refused = {(mending.start, mending.after) for mending in dropped}
        lines = {line for line, mending in _numbered(text, fresh) if (mending.start, mending.after) not in refused}
        if not lines:
            break
        taken |= lines
        kept = tuple(sorted((*kept, *_parted(text, fresh, lines)[0]), key=lambda mending: mending.start))
    undecided = sorted((*_parted(text, judgement.undecided, taken)[1], *dropped), key=lambda mending: mending.start)
    return replace(judgement, mendings=kept, undecided=tuple(undecided))


def applied(text: str, mendings: Collection[Mending]) -> str:
    """Return a text with its places repaired.

    >>> applied("itâ€™s", (Mending(2, "â€™", "’", ("utf-8>cp1252",)),))
    'it’s'
    """
    pieces: list[str] = []
    done = 0
    for mending in mendings:
        pieces += (text[done : mending.start], mending.after)
        done = mending.start + len(mending.before)
    return "".join((*pieces, text[done:]))


def _numbered(text: str, mendings: Collection[Mending]) -> list[tuple[int, Mending]]:
    """Return mendings with the numbers of their lines."""
    numbered: list[tuple[int, Mending]] = []
    line = done = 0
    for mending in mendings:
        line += text.count("\n", done, mending.start)
        done = mending.start
        numbered.append((line, mending))
    return numbered


def _parted(
    text: str, mendings: tuple[Mending, ...], lines: Collection[int]
) -> tuple[list[Mending], tuple[Mending, ...]]:
    """Return the mendings on the lines with these numbers, and the others."""
    if not lines:
        return [], mendings
    numbered = _numbered(text, mendings)
    return (
        [mending for line, mending in numbered if line in lines],
        tuple(mending for line, mending in numbered if line not in lines),
    )


def _moved_back(kept: tuple[Mending, ...], fresh: list[Mending]) -> tuple[Mending, ...]:
    """Return mendings of a repaired text as those of the text that was repaired."""
    moved: list[Mending] = []
    done = shift = 0
    for mending in fresh:
        while done < len(kept) and kept[done].start + shift <= mending.start:
            shift += len(kept[done].after) - len(kept[done].before)
            done += 1
        moved.append(mending._replace(start=mending.start - shift))
    return tuple(moved)


def _still_misread(text: str, judgement: Judgement, repaired: str) -> set[int]:
    """Return the numbers of the lines whose legacy original looks misread too, though nothing undoes it.

    It lost bytes of something else.  A chain that the document adopted is not doubted, nor is a text that reads well
    where that says much.
    """
    doubted = [
        mending
        for mending in judgement.mendings
        if not is_utf8(mending.chain)
        and mending.chain[-1] not in transports.HOPS
        and not mending.losses
        and mending.chain not in judgement.survey.adopted
    ]
    before, after = (text.split("\n"), repaired.split("\n")) if doubted else ([], [])
    return {
        number
        for number, bits in {line: mending.bits for line, mending in _numbered(text, doubted)}.items()
        if not _is_convincing(before[number], after[number], bits) and not glance.dismissed(after[number])
    }


def _is_convincing(before: str, after: str, bits: float) -> bool:
    """Tell whether a repair is not doubted for the clues left in it: it says much, or none but known words came out."""
    known, unknown = recognition.known_letters(before, after)
    cost = load().cost(after) / max(1, len(after))
    return cost <= _READABLE and (bits >= (_CONVINCING if cost > _WELL else _SAYS_MUCH) or known > unknown == 0)

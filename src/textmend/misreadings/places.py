"""Places of a text: where each begins and ends, and what may stand there instead."""

from __future__ import annotations

Places = list[tuple[int, int, str]]


def kept(before: str, after: str, found: Places) -> Places:
    """Return those of some places that were undone on the way to ``after``, none if it is not so.

    >>> kept("a=42 =43", "aB =43", [(1, 4, "B"), (5, 8, "C")])
    [(1, 4, 'B')]
    """
    undone: Places = []
    done = at = 0
    for start, end, shown in found:
        between = before[done:start]
        if after[at : at + len(between)] != between:
            return []
        at += len(between)
        escaped = before[start:end]
        if after.startswith(escaped, at):
            at += len(escaped)
        elif after.startswith(shown, at):
            at += len(shown)
            undone.append((start, end, shown))
        else:
            return []
        done = end
    return undone if before[done:] == after[at:] else []


def joined(found: Places) -> Places:
    """Return some places, those that touch made one: each may hold part of a character.

    >>> joined([(0, 1, "a"), (1, 2, "b"), (3, 4, "c")])
    [(0, 2, 'ab'), (3, 4, 'c')]
    """
    made: Places = []
    for start, end, shown in found:
        if made and made[-1][1] == start:
            first, _, before = made.pop()
            made.append((first, end, before + shown))
        else:
            made.append((start, end, shown))
    return made


def splice(text: str, found: Places) -> str:
    """Return a text with what may stand in its places.

    >>> splice("a=42", [(1, 4, "B")])
    'aB'
    """
    pieces = []
    done = 0
    for start, end, shown in found:
        pieces += [text[done:start], shown]
        done = end
    return "".join([*pieces, text[done:]])

"""Losses: the best original of a line whose misreading did not keep every byte.

The signs of the line become bytes again, one after another; where the reader
would have lost a byte, one may be missing.  A path through the line holds the
bytes that do not make a character yet, and the last sign made.  Paths that
agree in both have the same future, so only the likelier goes on; by how much
it was likelier is what the loss's alternatives are worth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from textmend import encodings
from textmend.misreadings import hops, lossy
from textmend.plausibility.model import UNITS, Pace, load

#: What a loss costs, in bits: losses are rarer than bytes kept.
_LOSS: Final = 3.0
#: A mark of the kind that the reader's other programs leave.
_OTHER_STYLE: Final = 2.0
#: A space that was a no-break space, a straight quote that was a byte: needs a reason.
_ALTERED: Final = 5.0
#: Reading on after a byte that fits nothing: the sign stays as it is.
_BROKEN: Final = 26.0
#: Paths kept at each sign.
_WIDTH: Final = 28
#: Ways to complete one character that are followed.
_CHOICES: Final = 10
#: Where more characters than this fit, only those of the line's own scripts are tried.
_FEW: Final = 64
#: A closing quote without an opening one, and the other way round.
_UNBALANCED: Final = 3 * UNITS
#: Alternatives reported for one loss.
_REPORTED: Final = 6

#: Bytes that only continue a character in UTF-8.
_CONTINUES: Final = range(0x80, 0xC0)

_OPENING, _CLOSING = "“", "”"
_QUOTES: Final = frozenset("“”‘’„‚")
#: A quote between two spaces.
_LONE_QUOTE: Final = 8 * UNITS


@dataclass(slots=True)
class Lost:
    """One loss on a path: where in the result, what was chosen, and what else could have been."""

    at: int  # in the result
    kind: str
    lost: bytes
    chosen: str
    before: int  # where in the line
    rivals: dict[str, int] = field(default_factory=dict)  # text: how many units dearer


class _Path:
    """One way through the line up to a sign."""

    __slots__ = ("cost", "length", "losses", "open", "pace", "parent", "pending", "piece", "reach")

    def __init__(  # noqa: PLR0913, PLR0917 -- the state of a path, made in three places
        self,
        cost: float,
        pace: Pace,
        pending: tuple[lossy.Byte, ...],
        parent: _Path | None,
        piece: str,
        losses: tuple[Lost, ...],
        opened: bool,  # noqa: FBT001
    ) -> None:
        self.cost = cost
        self.pace = pace
        self.pending = pending
        self.parent = parent
        self.piece = piece
        self.length: int = (parent.length if parent else 0) + len(piece)
        self.losses = losses
        self.open = opened
        self.reach = -1  # how many signs of the line are behind it, once that is settled

    def text(self) -> str:
        return "".join(path.piece for path in self.way())

    def after_lone_quote(self) -> bool:
        """Tell whether the last sign is a quote behind a space."""
        path: _Path | None = self
        last = ""
        while path is not None and len(last) < 2:
            last = path.piece + last
            path = path.parent
        return last[-1:] in _QUOTES and last[-2:-1] in ("", " ")

    def way(self) -> list[_Path]:
        """Return the path from its beginning to here."""
        steps = []
        path: _Path | None = self
        while path is not None:
            steps.append(path)
            path = path.parent
        return steps[::-1]


@dataclass(frozen=True, slots=True)
class Restored:
    """The best original of a line and its losses; signs that fit nothing stay, and are counted."""

    text: str
    losses: tuple[Lost, ...]
    broken: int
    joints: tuple[tuple[int, int], ...]  # (offset in the line, offset in the text), ascending


class Lattice:
    """The search for one line, one reader and one writer."""

    def __init__(self, line: str, read: str, written: str, languages: dict[str, int], groups: set[str]) -> None:
        self.model = load()
        self.line = line
        self.channel = lossy.channel(read)
        self.writer = lossy.writer(written)
        self.languages = languages
        self.groups = groups | {""}

    def run(self) -> Restored | None:  # noqa: C901 -- the walk over the line, step by step
        """Return the best path's result, None if no byte came back."""
        line, channel = self.line, self.channel
        paths = [_Path(0.0, self.model.pace(self.languages), (), None, "", (), False)]  # noqa: FBT003
        size = len(line)
        for at in range(size + 1):
            char = line[at] if at < size else ""
            following = channel.first_bytes(line[at : at + 2]) if char else b"\n"
            grown: list[_Path] = []
            for path in paths:
                grown.append(path)
                if channel.drops:
                    self._insert(path, following, at, grown)
            for path in grown:
                path.reach = at
            if not char:
                paths = grown
                break
            onward: list[_Path] = []
            for path in grown:
                self._consume(path, char, at, onward)
            paths = self._thin(onward)
            for path in paths:
                path.reach = at + 1
            if not paths:
                return None
        finished = [path for path in paths if not path.pending]
        if not finished:
            return None
        for path in finished:
            path.cost += _UNBALANCED if path.open else 0
        finished = self._merge(finished, final=True)
        best = min(finished, key=lambda path: path.cost)
        text = best.text()
        if text == line:
            return None
        broken = sum(1 for loss in best.losses if loss.kind == "broken")
        losses = tuple(loss for loss in best.losses if loss.kind != "broken")
        return Restored(text, losses, broken, _joints(best, size))

    # -- growing paths

    def _insert(self, path: _Path, following: bytes, at: int, grown: list[_Path]) -> None:
        """Add the paths on which one, two or three bytes were dropped here."""
        if not path.pending and not (self.channel.leads_lost and following[0] in _CONTINUES):
            return  # a character that begins here is whole
        values = self.channel.dropped_before(following)
        if not values:
            return
        current = [path]
        for _ in range(self.channel.longest_gap):
            nexts: list[_Path] = []
            for one in current:
                unknown = lossy.Unknown(values, at, "dropped")
                self._append(one, unknown, _LOSS * UNITS, nexts)
            grown += nexts
            current = [one for one in nexts if one.pending]
            if not current:
                break
            values = self.channel.dropped_inside()

    def _consume(self, path: _Path, char: str, at: int, onward: list[_Path]) -> None:
        channel = self.channel
        fits = False
        for data in channel.options(char):
            before = len(onward)
            self._feed(path, data, 0.0, onward)
            fits = fits or len(onward) > before
        for value in channel.altered(char):
            unknown = lossy.Unknown(value, at, "altered")
            self._append(path, unknown, _ALTERED * UNITS, onward)
        if char in channel.marks:
            # "?" is Windows' mark, which swallows; U+FFFD is everybody else's
            swallowing = channel.swallows and char != "\ufffd"
            unknown = lossy.Unknown(channel.markable, at, "replaced")
            cost = _LOSS + (_OTHER_STYLE if swallowing else 0.0)
            self._append(path, unknown, cost * UNITS, onward)
            if channel.swallows:
                self._swallow(path, at, _LOSS + (0.0 if swallowing else _OTHER_STYLE), onward)
        if not fits and not path.pending and char not in channel.marks:
            # a sign that no reading explains stays as it is
            lost = Lost(path.length, "broken", b"", char, at)
            self._emit(path, char, (), _BROKEN * UNITS, onward, lost)

    def _swallow(self, path: _Path, at: int, cost: float, onward: list[_Path]) -> None:
        """A mark stands for a byte and the next one, whatever it was."""
        middle: list[_Path] = []
        unknown = lossy.Unknown(self.channel.leads, at, "swallowed")
        self._append(path, unknown, cost * UNITS, middle)
        second = lossy.Unknown(self.channel.trails, at, "swallowed")
        for one in middle:
            self._append(one, second, 0.0, onward)
            if not one.pending:
                lead = one.losses[-1].lost[-1:]
                for char in lossy.SWALLOWABLE:
                    if lead and not self.channel.fails(lead[0], ord(char)):
                        continue
                    losses = (*one.losses[:-1], _more(one.losses[-1], char))
                    self._emit(one, char, (), 0.0, onward, losses=losses)

    def _feed(self, path: _Path, data: bytes, cost: float, onward: list[_Path]) -> None:
        """Add known bytes to a path."""
        current = [path]
        for byte in data:
            nexts: list[_Path] = []
            for one in current:
                self._append(one, byte, cost, nexts)
            cost = 0.0
            current = nexts
        onward += current

    def _append(self, path: _Path, byte: lossy.Byte, cost: float, onward: list[_Path]) -> None:
        """Add one byte, known or not; emit the characters that it completes."""
        pending = (*path.pending, byte)
        state, found = self.writer.advance(pending, self.channel)
        if state:
            onward.append(_Path(path.cost + cost, path.pace, pending, path, "", path.losses, path.open))
        if not found:
            return
        place = lossy.unknown(pending)
        if place is None:
            self._emit(path, found[0][0], (), cost, onward)
            return
        pace, step, groups = path.pace, self.model.step, self.groups
        ranked = [
            (step(pace, char), char, data)
            for char, data in found
            if len(found) <= _FEW or self.model.sign(char)[1] in groups
        ]
        ranked.sort()
        for _, char, data in ranked[:_CHOICES]:
            missing = bytes(b for b, p in zip(data, pending, strict=True) if not isinstance(p, int))
            lost = Lost(path.length, place.kind, missing, char, place.at)
            self._emit(path, char, (), cost, onward, lost)

    def _emit(  # noqa: PLR0913, PLR0917 -- everything that a new path takes over or changes
        self,
        path: _Path,
        text: str,
        pending: tuple[lossy.Byte, ...],
        cost: float,
        onward: list[_Path],
        lost: Lost | None = None,
        losses: tuple[Lost, ...] | None = None,
    ) -> None:
        pace = path.pace
        total = path.cost + cost
        opened = path.open
        if text[:1] == " " and path.after_lone_quote():
            total += _LONE_QUOTE
        for char in text:
            total += self.model.step(pace, char)
            pace = self.model.follow(pace, char)
            if char == _OPENING:
                total += _UNBALANCED if opened else 0
                opened = True
            elif char == _CLOSING:
                total += 0 if opened else _UNBALANCED
                opened = False
        if losses is None:
            losses = (*path.losses, lost) if lost else path.losses
        onward.append(_Path(total, pace, pending, path, text, losses, opened))

    # -- keeping the best

    def _thin(self, paths: list[_Path]) -> list[_Path]:
        merged = self._merge(paths)
        if len(merged) > _WIDTH:
            merged.sort(key=lambda path: path.cost)
            del merged[_WIDTH:]
        return merged

    def _merge(self, paths: list[_Path], *, final: bool = False) -> list[_Path]:
        """Of paths with the same future keep the likeliest; remember what the others chose."""
        best: dict[object, _Path] = {}
        for path in sorted(paths, key=lambda path: path.cost):
            key = 0 if final else (path.pace, path.pending, path.open)
            winner = best.get(key)
            if winner is None:
                best[key] = path
            else:
                _remember(winner, path)
        return list(best.values())


def _joints(path: _Path, size: int) -> tuple[tuple[int, int], ...]:
    """Return where line and result are in step: no byte is pending there."""
    joints = {size: path.length}
    for step in path.way():
        if step.reach >= 0 and not step.pending:
            joints[step.reach] = step.length
    return tuple(sorted(joints.items()))


def _more(lost: Lost, char: str) -> Lost:
    return Lost(lost.at, lost.kind, lost.lost + char.encode(), lost.chosen + char, lost.before)


def _remember(winner: _Path, loser: _Path) -> None:
    """Note the loser's choices as rivals of the winner's, where they speak of the same loss."""
    margin = round(loser.cost - winner.cost)
    mine = {loss.before: loss for loss in winner.losses[-3:]}
    differing = [
        (mine[loss.before], loss)
        for loss in loser.losses[-3:]
        if loss.before in mine and mine[loss.before] is not loss and mine[loss.before].chosen != loss.chosen
    ]
    if len(differing) == 1 or (differing and len(differing) <= 2):
        own, other = differing[-1]
        known = own.rivals.get(other.chosen)
        if known is None or margin < known:
            own.rivals[other.chosen] = margin


def restore(line: str, read: str, written: str = "utf-8", languages: dict[str, int] | None = None) -> Restored | None:
    """Return the likeliest original of a line that lost bytes when ``written>read`` happened.

    >>> restore("partners.鈥", "gbk").text
    'partners.”'
    """
    rough = _rough(line, read, written)
    model = load()
    groups = {model.sign(char)[1] for char in set(rough)}
    return Lattice(line, read, written, languages or model.best_languages(rough), groups).run()


def _rough(line: str, read: str, written: str) -> str:
    """Return what can be read without any guess, to tell the language."""

    def piece(match: re.Match[str]) -> str:
        data = encodings.bytes_of(match.group(), read)
        if data is None:
            return ""
        return data.decode(encodings.get(written).codec, "ignore")

    return hops.RUN.sub(piece, line)

"""Losses: the best original of a line whose misreading did not keep every byte.

The signs of the line become bytes again, one after another; where the reader
would have lost a byte, one may be missing.  A node of the lattice holds the
bytes that do not make a character yet, and the place in the text that the
language model stands at.  Ways that agree in both have the same future, so
they meet in one node.  At the end, how likely every character is follows from
all ways that lead through it, not from the best way alone.
"""

from __future__ import annotations

from string import ascii_letters
from typing import Final

from textmend import encodings
from textmend.misreadings import lossy, writers
from textmend.misreadings.balance import UNBALANCED, balance, unasked
from textmend.misreadings.budget import Budget
from textmend.misreadings.layers import Half, Layer, reach, start, thin
from textmend.misreadings.posterior import Arc, Emitted, Node, way
from textmend.misreadings.restored import Restored, restored_of
from textmend.plausibility.model import UNITS, load
from textmend.plausibility.steps import SKIPPED, START, Steps

#: What a loss costs, in bits, beside the price of the character: little, for a reader loses what it cannot show.
_LOSS: Final = 0.5
#: What it costs that a byte was shown as a sign that editors strip.
_STRIPPED: Final = 3.0
#: What the last mark of a line takes with it: cp932 shows it as a control elsewhere.
_BEFORE_LAST: Final = frozenset((0x80,))
#: A mark that is not the habit's own.
_OTHER_MARK: Final = 3.0
#: A space that was a no-break space, a straight quote that was a byte: needs a reason.
_ALTERED: Final = 3.0
#: Of two spaces the first is the no-break space, rather than that it went and both stood there.
_TWO_SPACES: Final = "  "
#: Reading on after a byte that fits nothing: the sign stays as it is.
_BROKEN: Final = 26.0
#: The line was cut inside a character.
_CUT: Final = 3.5
_CUT_MARKED: Final = 7.0
#: Nodes kept after each sign of those with as many open bytes, and how much dearer than the best they may be.
_WIDTH: Final = 20
_BEAM: Final = 16 * UNITS
#: Ways to complete one character that are followed.
_CHOICES: Final = 12
#: So many characters in a row may have left no trace.
_TRACELESS: Final = 2
#: Nodes of a place after which they are looked for, how many of the likeliest are followed, and what they cost at most.
_FOLLOWED: Final = 12
_LIKELIEST: Final = 6
_SELDOM: Final = 11 * UNITS
#: What a sign that is no letter costs more there: texts hold few, and nothing says that this one does.
_UNSEEN: Final = 4 * UNITS
#: ASCII signs that a mark may have taken with it.
_SWALLOWABLE: Final = " \"',.:;)]}>!?(<[/=-*|0123456789"
_SWALLOWERS: Final = 8  # the likeliest characters before them that are followed
_SWALLOWED: Final = 6  # the likeliest of them that are followed
#: What a mark took with it was another sign than a space.
_NO_SPACE: Final = 3 * UNITS
#: What may be a mark is a sign of its own.
_NOT_A_MARK: Final = 13 * UNITS
#: A quote between two spaces.
_LONE_QUOTE: Final = 8 * UNITS
#: Bytes that only continue a character in UTF-8.
_CONTINUES: Final = range(0x80, 0xC0)

#: What a way may still save, with the quotes that it closes, when it is given up for being too dear.
_SAVED: Final = 8 * UNITS
#: What a way may still save, with the end of a known word, when it costs more than is worth having.
_GIVEN_BACK: Final = 32 * UNITS


class Lattice:
    """The search for one line, one reader with one habit, and one writer."""

    def __init__(  # noqa: PLR0913, PLR0917 -- what the habits of one reader share
        self,
        line: str,
        channel: lossy.Channel,
        written: str,
        steps: Steps,
        groups: set[str],
        budget: Budget | None = None,
        *,
        width: int = _WIDTH,
        beam: int = _BEAM,
        legible: str = "",
    ) -> None:
        self.model = load()
        self.line = line
        self.channel = channel
        self.writer = writers.writer(written)
        self.steps = steps
        self.scripts = frozenset(groups | {"", SKIPPED})
        self.alphabet = writers.alphabet_of(steps, self.scripts)
        # signs that editors strip: not where some are left
        self.stripped = frozenset() if channel.single or encodings.STRIPPED.search(line) else channel.stripped
        self.order: list[Node] = []
        self.budget = budget
        self.front: list[float] = []
        self.dearest = self.ceiling = float("inf")
        self.width, self.beam = width, beam
        self.legible = legible

    def run(self, limit: float) -> Restored | None:
        """Return the best way's result, None if no byte came back or it costs more units than the limit."""
        end = self._end(limit)
        if end is None:
            return None
        marked = self.channel.habit != lossy.DROP
        return restored_of(self.line, self.order, end, marked=marked, single=self.channel.single)

    def likeliest(self, limit: float) -> tuple[str, float] | None:
        """Return the text of the best way and its cost, None if it costs more units than the limit."""
        end = self._end(limit)
        if end is None:
            return None
        text = "".join(emitted.text for _, arc in way(end) for emitted in arc.emitted)
        return (text, end.best) if text != self.line else None

    def _end(self, limit: float) -> Node | None:
        """Return the last node, None if its best way costs more units than the limit."""
        line = self.line
        size = len(line)
        nodes = [Node(START, "", (), 0)]
        nodes[0].best = 0.0
        self.dearest = limit + _GIVEN_BACK
        self.order += nodes
        for at, char in enumerate(line):
            nodes = self._insert(nodes, at)
            layer: Layer = {}
            self.ceiling = self.dearest
            for node in nodes:
                for half in self._consume(node, char, at):
                    reach(layer, half, at + 1)
                    self._lower(half)
            nodes = [node for node in self._thin(layer) if node.best <= self.dearest]
            if not nodes:
                return None
            if self.budget is not None and (self.budget.left < 0 or self.budget.behind(at, nodes[0].best)):
                return None
            self.front.append(nodes[0].best)
        nodes = self._insert(nodes, size)
        end = Node(START, "", (), size)
        for node in nodes:
            if not node.pending:
                cost = self.steps.end(node.place) + (UNBALANCED if node.open.strip("‘") else 0)
                cost += unasked(self.steps.last(node.place), self.legible)
                end.arcs.append(Arc(node, cost, ()))
                end.best = min(end.best, node.best + cost)
        if not end.arcs or end.best > limit:
            return None
        self.order.append(end)
        return end

    # -- growing

    def _insert(self, nodes: list[Node], at: int) -> list[Node]:
        """Return the nodes, and those on which one, two or three bytes vanished here."""
        line, channel = self.line, self.channel
        following = channel.first_bytes(line[at : at + 1])
        cut = at == len(line)
        values = channel.hidden(following)
        spaced = line.startswith(_TWO_SPACES, at)
        if spaced:
            values = values.difference(*channel.altered(" "))
        if not values and not cut and not self.stripped and at + 1 < len(line):
            return nodes
        every: Layer = {}
        self.ceiling = self.dearest
        for node in nodes:
            self._lower(start(node))
        current = [node for node in nodes if self._may_vanish(node, at, following)]
        for node in nodes:
            reach(every, Half(node, 0.0, node.place, node.open, node.pending, ()), at)
        for gap in range(channel.longest_gap if current else 0):
            # the last of several bytes is one that fails before what follows; the others need not
            last = self._lose(current, at, self._vanished(values, at, spaced=spaced))
            for node in last:
                reach(every, Half(node, 0.0, node.place, node.open, node.pending, ()), at)
            if gap + 1 < channel.longest_gap:
                some = last if channel.gone <= values else self._lose(current, at, [("dropped", channel.gone, _LOSS)])
                current = [node for node in some if self._may_vanish(node, at, following)]
            if not current:
                break
        for half in self._traceless(nodes, at, following):
            reach(every, half, at)
        return self._thin(every)

    def _traceless(self, nodes: list[Node], at: int, following: bytes) -> list[Half]:
        """Return the continuations of nodes in which characters vanished here of which the reader shows no byte."""
        apart = self.writer.legacy or self.channel.single or self.channel.habit != lossy.DROP
        vanished = [] if apart else self.alphabet.traceless(following, self.channel)
        current = [start(node) for node in nodes if not node.pending][:_FOLLOWED]
        onward: list[Half] = []
        for _ in range(_TRACELESS if vanished else 0):
            grown: list[Half] = []
            for half in current:
                ranked = sorted((self.steps.cost(half.place, char), char, data) for char, data in vanished)
                for price, char, data in ranked[:_LIKELIEST]:
                    if price > _SELDOM:
                        break
                    emitted = Emitted(char, "dropped", data, at, at)
                    unseen = 0 if char.isalpha() else _UNSEEN
                    grown += self._emit(half, emitted, _LOSS * UNITS + self.alphabet.strange(char) + unseen)
            grown.sort(key=lambda half: half.source.best + half.cost)
            current = grown[:_LIKELIEST]
            onward += grown
        return onward

    def _lose(self, nodes: list[Node], at: int, ways: list[tuple[str, frozenset[int], float]]) -> list[Node]:
        """Return the nodes after one more lost byte."""
        grown: Layer = {}
        for node in nodes:
            for kind, values, cost in ways:
                for half in self._append(start(node), lossy.Unknown(values, at, kind), cost * UNITS):
                    reach(grown, half, at)
        return self._thin(grown)

    def _vanished(self, values: frozenset[int], at: int, *, spaced: bool) -> list[tuple[str, frozenset[int], float]]:
        """Return the ways a byte may be missing here, before two spaces or not: kind, values, cost in bits."""
        taken = self.writer.legacy and self.channel.single
        price = _STRIPPED if taken else _ALTERED if spaced else _LOSS
        ways = [("dropped", values, price)] if values else []
        ends = at + 1 == len(self.line) and self.line[at] in self.channel.marks and self.channel.habit != lossy.REPLACE
        taken_along = self.channel.stripped & _BEFORE_LAST if ends else frozenset()
        if taken_along:
            ways.append(("dropped", taken_along, _LOSS))
        elif self.stripped:
            ways.append(("dropped", self.stripped, _STRIPPED))
        if at == len(self.line):
            marked = self.line[-1:] in self.channel.marks
            ways.append(("truncated", frozenset(_CONTINUES), _CUT_MARKED if marked else _CUT))
        return ways

    def _may_vanish(self, node: Node, at: int, following: bytes) -> bool:
        """Tell whether a character that is under way, or begins here, may have lost a byte."""
        if node.pending:
            return True
        if self.writer.legacy:
            # no ASCII signs are half of what was written among ASCII signs
            return not self.channel.single or following[:1] >= b"\x80" or not self.line[at - 1 : at].isascii()
        if not self.channel.leads_lost:
            return False
        return self.channel.single or (following[:1] != b"" and following[0] in _CONTINUES)

    def _consume(self, node: Node, char: str, at: int) -> list[Half]:
        """Return the continuations of a node over one sign of the line."""
        channel, begun = self.channel, start(node)
        onward: list[Half] = []
        aside = begun._replace(cost=_NOT_A_MARK) if char == lossy.DOT and channel.dotted else begun  # a dot is a mark
        for data in channel.options(char):
            onward += self._feed(aside, data)
        fits = bool(onward)
        price = _LOSS if self.line.startswith(_TWO_SPACES, at) else _ALTERED
        for values in channel.altered(char):
            onward += self._append(begun, lossy.Unknown(values, at, "altered"), price * UNITS)
        if char in channel.marks and lossy.may_mark(self.line, at):
            onward += self._marked(begun, char, at)
        elif not fits and not node.pending:  # a sign that no reading explains stays as it is
            onward += self._emit(begun, Emitted(char, "broken", b"", at, at + 1), _BROKEN * UNITS)
        return onward

    def _marked(self, begun: Half, char: str, at: int) -> list[Half]:
        """Return the continuations in which a mark stands for lost bytes."""
        channel = self.channel
        following = channel.first_bytes(self.line[at + 1 : at + 2])
        one = lossy.Unknown(channel.failing(following), at, "replaced")
        if channel.habit == lossy.REPLACE:
            return self._append(begun, one, _LOSS * UNITS)
        onward: list[Half] = []
        if channel.habit == lossy.BROWSER:
            alone = lossy.Unknown(channel.alone(following), at, "replaced")
            onward += self._append(begun, alone, _LOSS * UNITS)
            lead = lossy.Unknown(channel.model.lead, at, "replaced")
            second = lossy.Unknown(channel.failing(b""), at, "replaced")
            for half in self._append(begun, lead, _LOSS * UNITS):
                onward += self._append(half, second, 0.0)
            return onward
        other = _OTHER_MARK * UNITS if char == "\ufffd" else 0.0
        if at + 1 == len(self.line) or char == "\ufffd":
            onward += self._append(begun, one, _LOSS * UNITS + other)
        first = lossy.Unknown(channel.failing(b""), at, "swallowed")
        halves = self._append(begun, first, _LOSS * UNITS + other)
        for half in halves:
            if half.pending:
                onward += self._append(half, first, 0.0)
        whole = sorted((half for half in halves if not half.pending), key=lambda half: half.cost)
        for half in whole[:_SWALLOWERS]:
            onward += self._append(half, first, 0.0)
            onward += self._swallow(half, at)
        return onward

    def _swallow(self, half: Half, at: int) -> list[Half]:
        """Return the continuations in which a mark took an ASCII sign with it."""
        last = half.emitted[-1]
        lead = last.lost[-1:]
        cost = self.steps.cost
        space = 0 if at + 1 < len(self.line) else _NO_SPACE  # what ends the line takes nothing with it
        inside = self.line[at + 1 : at + 2].isascii() and self.line[at + 1 : at + 2].isalpha()
        ranked = sorted(
            (cost(half.place, char) + (space if char == " " else space + _NO_SPACE), char)
            for char in (_SWALLOWABLE + ascii_letters if inside else _SWALLOWABLE)
            if not lead or not self.channel.pair(lead[0], ord(char))
        )
        onward: list[Half] = []
        for price, char in ranked[:_SWALLOWED]:
            both = Emitted(last.text + char, last.kind, last.lost + char.encode(), last.place, at + 1)
            alone = Emitted(char, "swallowed", char.encode(), at, at + 1)
            longer = self._emit(half, alone, price - cost(half.place, char))
            onward += [one._replace(emitted=(*half.emitted[:-1], both)) for one in longer]
        return onward

    def _feed(self, begun: Half, data: bytes) -> list[Half]:
        """Add known bytes."""
        current = [begun]
        for byte in data:
            current = [half for one in current for half in self._append(one, byte, 0.0)]
        return current

    def _append(self, half: Half, byte: lossy.Byte, cost: float) -> list[Half]:
        """Add one byte, known or not; emit the characters that it completes."""
        pending = (*half.pending, byte)
        goes_on, found = self.writer.advance(pending, self.channel, self.alphabet)
        onward: list[Half] = []
        if goes_on:
            onward.append(Half(half.source, half.cost + cost, half.place, half.open, pending, half.emitted))
        if not found:
            return onward
        bare = Half(half.source, half.cost, half.place, half.open, (), half.emitted)
        lost = writers.unknown(pending)
        if lost is None:
            char = found[0][0]
            return onward + self._emit(bare, Emitted(char, "", b"", half.source.reach, half.source.reach + 1), cost)
        # the line was cut inside a character, whatever stands for what was left of it
        kind = lost.kind if isinstance(byte, int) or byte.kind != "truncated" else byte.kind
        ranked = self.alphabet.ranked(half.place, found)
        if lost.kind == "dropped" and not any(isinstance(one, int) for one in pending):
            # a whole character vanished: a letter, or nobody knows
            ranked = [item for item in ranked if self.model.sign(item[1])[1]]
        before = half.source.best + half.cost + cost
        for price, char, data in ranked[:_CHOICES]:
            if price > ranked[0][0] + self.beam or before + price > self.ceiling:
                break
            extra = cost + self.alphabet.strange(char)
            missing = bytes(b for b, p in zip(data, pending, strict=True) if not isinstance(p, int))
            onward += self._emit(bare, Emitted(char, kind, missing, lost.at, half.source.reach + 1), extra)
        return onward

    def _emit(self, half: Half, emitted: Emitted, cost: float) -> list[Half]:
        if self.budget is not None:
            self.budget.left -= 1
        total = half.cost + cost
        place, opened = half.place, half.open
        for char in emitted.text:
            if char == " " and self.steps.lone_quote(place):
                total += _LONE_QUOTE
            opened, extra = balance(opened, self.steps.last(place), char)
            price, place = self.steps.step(place, char)
            total += price + extra
        return [Half(half.source, total, place, opened, half.pending, (*half.emitted, emitted))]

    # -- keeping the best

    def _lower(self, half: Half) -> None:
        """Let what a character may cost be no more than its node is kept for: another one leads as far for less."""
        if not half.pending:
            self.ceiling = min(self.ceiling, half.source.best + half.cost + self.beam + _SAVED)

    def _thin(self, layer: Layer) -> list[Node]:
        nodes = thin(layer, self.width, self.beam)
        self.order += nodes
        return nodes

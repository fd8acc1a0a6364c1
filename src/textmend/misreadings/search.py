"""Which chains of misreadings could have made this text?  Best first.

A node is a text with the chain that leads back to it.  Undoing UTF-8 almost
verifies itself, so every node that it gives is kept and searched again,
however implausible: inside a chain the text is garbled.  Undoing a legacy
encoding verifies nothing, so those candidates are leaves, few, and judged by
the model alone.
"""

from __future__ import annotations

import heapq
from functools import lru_cache
from math import inf
from typing import Final

from textmend.misreadings import (
    evidence,
    filling,
    further,
    hops,
    legacy,
    lost,
    outright,
    restoring,
    sequences,
    transports,
    verifying,
)
from textmend.misreadings.belonging import PLAIN, Surroundings
from textmend.misreadings.found import Found, hop, joint_mask, price, readers_of, utf8_mask, validity
from textmend.misreadings.left import bytes_lost
from textmend.misreadings.weighing import is_utf8
from textmend.plausibility.model import load

#: Texts that are remembered: a line is asked about when its text is looked at, and when it is searched.
_TEXTS: Final = 256
#: Nodes opened for one text: five layers and their rivals fit.
_NODES: Final = 24
#: What a legacy hop inside a chain costs beside its price: most chains are UTF-8 throughout.
_INNER_LEGACY: Final = 4.0
#: What it costs to leave some of a text inside a chain unexplained.
_INNER_PARTIAL: Final = 12.0
#: What each hop but the last one to happen costs beside its price; and a whole text of UTF-8 in UTF-8, which chance
#: does not make.
_FURTHER_HOP: Final = 3.0
_NESTED: Final = -2.0
#: Share of the cost of a text below which a legacy original of all of it leaves nothing that was lost.
_EXPLAINED: Final = 0.7
#: The same where most of it looks like UTF-8 that lost bytes: chance makes that of some Japanese.
_CERTAIN_SHARE: Final = 0.5
#: Or with so many bits saved, of which each sign costs no more than this: chance makes no text that reads well.
_SAVED: Final = 60.0
_READS: Final = 12.5
#: Bits that a legacy original must gain where single signs look like UTF-8 that lost bytes.
_WORDS_OUT: Final = 25.0
#: Nodes at which losses are tried.
_LOSSY_NODES: Final = 2


def explore(text: str, around: Surroundings = PLAIN, *, losses: bool = True) -> list[Found]:
    """Return the candidates of a text, in no order; never the text itself.

    around: what kind of document the text is from (transports.surroundings).
    losses: whether to look for originals that lost bytes.

    >>> any(found.text == "Привет" for found in explore("РџСЂРёРІРµС‚"))
    True
    """
    if lost.unreadable(text):
        return []
    verified = verifying.verified(text)
    if verified:
        return filling.filled(text, verified) if losses else list(verified)
    sure = told(text)
    if sure:
        return list(sure)
    found = _Search(text, around, _LOSSY_NODES if losses else 0).run()
    return filling.filled(text, found) if losses and found else found


@lru_cache(maxsize=_TEXTS)
def told(text: str) -> tuple[Found, ...]:
    """Return a legacy original and its nearest rivals where nothing need be searched, nothing for other texts.

    >>> told("Âñå ëþäè ðîæäàþòñÿ ñâîáîäíûìè")[0].text
    'Все люди рождаются свободными'
    """
    sure = outright.outright(text)
    return tuple(sure) if sure and not verifying.doubtful(sure[0].text) else ()


class _Search:
    """One search: the queue of nodes, the texts seen, the candidates found."""

    def __init__(self, text: str, around: Surroundings, lossy_nodes: int) -> None:
        self.text = text
        self.around = around
        self.lossy_nodes = lossy_nodes
        # rank, number, node, whether all of the text before it was explained
        self.queue: list[tuple[float, int, Found, bool]] = [(0.0, 0, Found(text, (), 0.0), True)]
        self.seen = {text: 0.0}  # what was found already, with its price
        self.found: list[Found] = []
        self.settled = False  # whether UTF-8 that explains all of the text, hop by hop, is beyond doubt

    def run(self) -> list[Found]:
        opened = 0
        cost = load().cost
        lossy: list[tuple[Found, list[Found], bool]] = []
        while self.queue and opened < _NODES:
            _, _, node, whole = heapq.heappop(self.queue)
            opened += 1
            self._transports(node)
            if self._utf8(node, whole=whole) or not whole:
                continue
            leaves: list[Found] = []
            here = cost(node.text)
            cheapest = here
            doubted: set[str] = set()
            if outright.REPLACED not in node.text:
                # mostly UTF-8: what does not fit was lost, and no legacy encoding explains it
                doubted = sequences.doubted(node.text)
                single = max(map(len, hops.RUN.findall(node.text)), default=0) == 1
                for leaf in further.originals(node.text) if node.chain else legacy.legacy(node.text):
                    if (
                        leaf.chain[0].partition(">")[2] in doubted
                        and cost(leaf.text) > _CERTAIN_SHARE * here
                        and not (cost(leaf.text) < min(here - _SAVED, _READS * len(leaf.text)))
                        and not (single and evidence.bits(node.text, leaf.text) >= _WORDS_OUT)
                    ):
                        continue
                    self._add(node, leaf, _INNER_LEGACY)
                    leaves.append(leaf)
                    cheapest = min(cheapest, cost(leaf.text) + leaf.price)
            explained = cheapest <= _EXPLAINED * here and not doubted
            if opened <= self.lossy_nodes and (explained or bytes_lost(node.text)):
                lossy.append((node, leaves, explained))
        if not self.settled:
            for node, leaves, explained in lossy:
                self._losses(node, leaves, explained=explained)
        return self.found

    def _losses(self, node: Found, leaves: list[Found], *, explained: bool) -> None:
        """Add what a node was if its misreading lost bytes; the leaves lost none."""
        whole = {leaf.chain for leaf in leaves if is_utf8(leaf.chain)}
        after = len(node.chain)
        costs = [load().cost(one.text) for one in self.found if not after or one.chain[-after:] == node.chain]
        cheapest = min(costs, default=inf)
        for leaf in restoring.restore(node.text, leaves, cheapest, explained=explained):
            if leaf.chain not in whole and leaf.text not in self.seen:  # nothing need be lost where all fits
                if not is_utf8(leaf.chain):  # what lost bytes explains more than what lost none, if it reads better
                    chain = leaf.chain + node.chain
                    self.found = [
                        one for one in self.found if one.chain != chain or restoring.saved(one.text, leaf.text) <= 0
                    ]
                self._add(node, leaf, _FURTHER_HOP)

    def _add(self, node: Found, leaf: Found, further: float) -> None:
        asked = leaf.price + node.price + (further if node.chain else 0.0)
        if lost.unreadable(leaf.text) or not self._cheapest(leaf.text, asked):
            return
        chain = leaf.chain + node.chain
        self.found.append(leaf._replace(chain=chain, price=asked, valid=leaf.valid + node.valid))

    def _cheapest(self, text: str, asked: float) -> bool:
        """Tell whether a text was not found for as little yet; forget how it was found for more."""
        if text in self.seen:
            if self.seen[text] <= asked:
                return False
            self.found = [one for one in self.found if one.text != text]
        self.seen[text] = asked
        return True

    def _push(self, child: Found, *, whole: bool = True) -> None:
        rank = load().cost(child.text) + child.price
        heapq.heappush(self.queue, (rank, len(self.seen), child, whole))

    def _transports(self, node: Found) -> None:
        for undone in transports.undo(node.text, self.around):
            if undone.text in self.seen:
                continue
            asked = node.price + transports.price(undone.hop)
            self.seen[undone.text] = asked
            child = Found(undone.text, (undone.hop, *node.chain), asked, valid=node.valid)
            self._push(child)
            if not undone.needs_more:
                self.found.append(child)

    def _utf8(self, node: Found, *, whole: bool) -> bool:
        """Undo UTF-8 in every reader; tell whether one candidate is beyond doubt.

        whole: whether all of the text was explained on the way to the node.
        """
        runs = hops.RUN.findall(node.text)
        sure = False
        for read in readers_of(joint_mask(runs) & utf8_mask(runs)):
            all_of_it = hops.reader(read).everywhere(node.text)
            entire = all_of_it is not None
            undone = all_of_it[0] if all_of_it is not None else hops.undo_utf8(node.text, read)
            if undone is None or lost.unreadable(undone):
                continue
            asked = node.price + price("utf-8", read)
            if node.chain:
                nested = entire and node.chain[0].startswith("utf-8>")
                asked += _NESTED if nested else _FURTHER_HOP if entire else _FURTHER_HOP + _INNER_PARTIAL
            if not self._cheapest(undone, asked):
                continue
            valid = node.valid + validity(node.text, undone)
            child = Found(undone, (hop("utf-8", read), *node.chain), asked, valid=valid)
            bad = hops.brings_bad(self.text, undone)
            if not bad:
                self.found.append(child)
            if not undone.isascii() or transports.clue(undone):
                self._push(child, whole=entire)
            if entire and not bad and not sure:
                sure = verifying.is_sure(node.text, undone, read)
                self.settled |= sure and whole
        return sure

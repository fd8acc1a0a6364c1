"""TM102: damage that was recognised but could not be settled."""

from __future__ import annotations

from textmend.results import Loss
from textmend.rules import clues
from textmend.rules.base import REPAIR, Context, Hit, Rule

SHOWN_ALTERNATIVES = 4  # more than these say no more than "it is open"


def _choices(loss: Loss) -> str:
    r"""List what may have stood at a loss, the likeliest first.

    >>> from textmend.results import Alternative
    >>> _choices(Loss(0, 1, "dropped", b"", "\ufffd", (Alternative("–", 0.5),)))
    '– (50 %)'
    """
    shown = loss.alternatives[:SHOWN_ALTERNATIVES]
    return ", ".join(f"{each.text} ({each.probability:.0%})".replace("%", " %") for each in shown)


def _find(text: str, context: Context) -> list[Hit]:
    """Report the candidates below the wanted confidence, and the lost bytes left open."""
    judgement = context.judgement(text)
    hits = []
    for mending in judgement.undecided:
        message = f"may be {mending.after!r}: {mending.why}"
        end = mending.start + len(mending.before)
        hits.append(Hit(mending.start, end, message, None, mending.confidence, mending.chain))
    for mending in judgement.mendings:
        end = mending.start + len(mending.before)
        for loss in mending.losses:
            if not loss.decided:
                message = f"bytes were lost here; they may have been {_choices(loss) or 'anything'}"
                hits.append(Hit(mending.start, end, message, None, 1.0, mending.chain))
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


RULE = Rule(
    code="TM102",
    name="undecided-text",
    summary="Text that looks misread, or lost bytes, without proof of what it was.",
    why=(
        "Two originals would have been garbled into the same text, or the evidence is below the "
        "confidence asked for. It is left as it is for someone who knows."
    ),
    examples=(),
    severity="warning",
    profiles=REPAIR,
    find=_find,
    joint="misreadings",
    clue=clues.MISREAD,
)

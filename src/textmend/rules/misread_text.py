"""TM101: text that was written in one encoding and read in another."""

from __future__ import annotations

from textmend.rules.base import REPAIR, Context, Edit, Example, Hit, Rule


def reading(chain: tuple[str, ...]) -> str:
    """Spell a chain of misreadings out.

    >>> reading(("utf-8>cp1252", "utf-8>gbk"))
    'utf-8 was read as cp1252, then utf-8 was read as gbk'
    """
    return ", then ".join(hop.replace(">", " was read as ") for hop in chain)


def _find(text: str, context: Context) -> list[Hit]:
    """Report each place that was misread."""
    return [
        Hit(
            mending.start,
            mending.start + len(mending.before),
            f"misread text: {reading(mending.chain)}",
            mending.after,
            mending.confidence,
            mending.chain,
        )
        for mending in context.judgement(text).mendings
    ]


def _fix(text: str, context: Context) -> list[Edit]:
    """Undo each misreading that was proved."""
    return [
        Edit(
            mending.start,
            mending.before,
            mending.after,
            reading(mending.chain),
            mending.chain,
            mending.losses,
            mending.bits,
            mending.confidence,
        )
        for mending in context.judgement(text).mendings
    ]


RULE = Rule(
    code="TM101",
    name="misread-text",
    summary="Text that was written in one encoding and read in another.",
    why=(
        "The words are still there, but no reader and no search finds them. The misreading is "
        "undone only when garbling the repair again gives the damaged text back."
    ),
    examples=(
        Example("Russia鈥檚 foothold", "Russia’s foothold"),
        Example("鈥淪o the idea itself is correct.", "“So the idea itself is correct."),
    ),
    severity="error",
    profiles=REPAIR,
    find=_find,
    fix=_fix,
)

"""How the rules about misreadings put what was judged: as hits and edits."""

from __future__ import annotations

from collections.abc import Callable

from textmend.rules.base import Context, Find, Fix, Hit

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from textmend.misreadings import Mending


def finder(wanted: Callable[[Mending], bool], opening: str) -> Find:
    """Return a `find` that reports the mendings wanted; its messages begin with `opening`.

    >>> from textmend.options import Options
    >>> finder(lambda mending: True, "misread text")("plain", Context(Options()))
    []
    """

    def find(text: str, context: Context) -> list[Hit]:
        return [
            Hit(
                mending.start,
                mending.start + len(mending.before),
                f"{opening}: {mending.why}",
                mending.after,
                mending.confidence,
                mending.chain,
            )
            for mending in context.judgement(text).mendings
            if wanted(mending)
        ]

    return find


def fixer(wanted: Callable[[Mending], bool]) -> Fix:
    """Return a `fix` that makes the mendings wanted.

    >>> from textmend.options import Options
    >>> fixer(lambda mending: True)("plain", Context(Options()))
    []
    """

    def fix(text: str, context: Context) -> list[Mending]:
        mendings = context.judgement(text).mendings
        return [mending for mending in mendings if wanted(mending)] if mendings else []  # clean text: all the time

    return fix

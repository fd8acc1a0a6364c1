"""How the rules about misreadings put what was judged: chains spelled out, hits and edits."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from textmend.rules.base import Context, Edit, Find, Fix, Hit

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from textmend.misreadings import Mending


@lru_cache(maxsize=1_000)
def reading(chain: tuple[str, ...]) -> str:
    """Spell a chain of misreadings out.

    >>> reading(("utf-8>cp1252", "utf-8>gbk"))
    'utf-8 was read as cp1252, then utf-8 was read as gbk'
    """
    return ", then ".join(hop.replace(">", " was read as ") for hop in chain)


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
                f"{opening}: {reading(mending.chain)}",
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

    def fix(text: str, context: Context) -> list[Edit]:
        mendings = context.judgement(text).mendings
        if not mendings:
            return []  # clean text comes here all the time
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
            for mending in mendings
            if wanted(mending)
        ]

    return fix

"""The model's inner loops in C, where a compiler was there when textmend was installed.

The C copy (``_scorer.c``) of :meth:`Model.token` and :meth:`Model.settle` works on
the same tables and gives the same numbers, some fifty times as fast. Without
it, or with ``TEXTMEND_PURE=1`` in the environment, Python does the work.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from textmend import compiled
from textmend.plausibility import classes, groups
from textmend.plausibility.groups import Group
from textmend.plausibility.letters import APOSTROPHES, SKIPPED, UNMIXED, fold

if TYPE_CHECKING:
    from textmend._kernel import Kernel, Ranker, Reader, Scanner, Sieve, Teller, Verifier
    from textmend.plausibility.model import Model

_PAGE: Final = 256
_SIGN: Final = struct.Struct("=iihbB")  # as struct Sign in _scorer.c
_SIGN_BYTE: Final = struct.Struct("=II")  # as struct SignByte
_NO_GROUP, _SKIPPED = -1, -2
#: Where all characters are of one class: ideographs, Hangul syllables.
_UNIFORM: Final = ((0x3400, 0x4D00), (0x4E00, 0xA000), (0xAC00, 0xD700), (0x20000, 0xE0000))
_COPIED: Final = ("keys", "ends", "gains", "words")


def build(
    settings: dict[str, Any],
    named: Mapping[str, Group],
    sign: Callable[[str], tuple[int, str, int]],
) -> Kernel | None:
    """Return the kernel over a model's tables, None where there is none.

    settings: the model's own tables and constants, by the names that ``_scorer.c`` asks for.
    named: the groups of letters by name. sign: a character's class, group and cost (Model.sign).

    >>> import os
    >>> os.environ["TEXTMEND_PURE"] = "1"
    >>> build({}, {}, lambda char: (0, "", 0)) is None
    True
    >>> del os.environ["TEXTMEND_PURE"]
    """
    module = compiled.kernel()
    if module is None:
        return None
    places = {name: at for at, name in enumerate(named)}

    def page(first: int) -> bytes:
        """Return what the model knows of 256 characters."""
        if any(start <= first and first + _PAGE <= end for start, end in _UNIFORM):
            number, name, cost = sign(chr(first))
            if name in places:  # the letters alone tell these apart, and there are many pages of them
                letters, group = named[name].number, places[name]
                chars = map(chr, range(first, first + _PAGE))
                return b"".join([_SIGN.pack(cost, letters.get(char, -1), number, group, 0) for char in chars])
        signs = []
        for code in range(first, first + _PAGE):
            char = chr(code)
            number, name, cost = sign(char)
            group, letter = _SKIPPED if name == SKIPPED else _NO_GROUP, -1
            if name in places:
                group, letter = places[name], named[name].number.get(fold(char), -1)
            signs.append(_SIGN.pack(cost, letter, number, group, char in APOSTROPHES))
        return b"".join(signs)

    constants = {
        "classes": classes.COUNT,
        "space": classes.SPACE,
        "units": groups.UNITS,
        "foreign_word": groups.FOREIGN_WORD,
        "foreign_pair": groups.FOREIGN_PAIR,
        "rare_letter": groups.RARE_LETTER,
        "rare_han": groups.RARE_HAN,
        "end": groups.END,
        "word_step": groups.WORD_STEP,
        "capitals": classes.CAPITALS,
    }
    tables = list(map(_described, named.values()))
    made: Kernel = module.Kernel(settings | constants, tables, page)
    for table in tables:  # the kernel keeps them, and copies of these numbers
        for name in [each for each in table if each.startswith(_COPIED)]:
            del table[name]
    return made


def scanner(
    describe: Callable[[int], bytes],
    verdict: Callable[[str], int],
    odd: Callable[[str], bool],
    pairs: bytes,
    limits: tuple[int, ...],
) -> Scanner | None:
    """Return the search for clues in C (misreadings.clues), None where there is none.

    describe: what it has to know of 256 characters. verdict: of a sign between two others,
    or of two East Asian letters.
    odd: tells of a word whether some misreading makes far more of it.
    pairs: the signs of ASCII, each with what follows it, without which there is no transport.
    limits: the longest short text, how near two doubts are, the signs sampled, the longest run, the pairs of East
    Asian letters, the longest line; the reach of a window, the signs of a brief word, the windows looked at, the
    letters from which a line is ranked; the longest word;
    the most signs without a space that stay together.

    >>> scanner(lambda first: b"", lambda piece: 0, lambda word: False, b"", (1,) * 12) is None or True
    True
    """
    module = compiled.kernel()
    return None if module is None else module.Scanner(describe, verdict, odd, pairs, *limits)


def ranker(
    writers: list[tuple[str, list[str], str]],
    costs: Callable[[int], bytes],
    readers: list[tuple[int, dict[str, int]]],
    limits: tuple[int, ...],
) -> Ranker | None:
    """Return the ranking of single-byte writers in C (misreadings.ranking), None where there is none.

    writers: their names, what they have for each byte, their scripts. costs: what a byte costs in each writer.
    readers: the numbers of the writers that are readers too, each with the bytes of its signs.
    limits: the Latin writers to name, those of each other script; what a capital asks,
    capitals that always do; the signs ranked.

    >>> ranker([], lambda value: b"", [], (1,) * 5) is None or True
    True
    """
    module = compiled.kernel()
    if module is None:
        return None
    images = array("I", (ord(image) if image else 0 for _, shown, _ in writers for image in shown)).tobytes()
    names, scripts = [name for name, _, _ in writers], [script for _, _, script in writers]
    numbers = list(dict.fromkeys(("Latn", *scripts)))
    back = [(at, b"".join(_SIGN_BYTE.pack(ord(char), signs[char]) for char in sorted(signs))) for at, signs in readers]
    made: Ranker = module.Ranker(names, images, bytes(map(numbers.index, scripts)), costs, back, *limits)
    return made


def sieve(describe: Callable[[int], bytes], scan: Callable[[str], int], misread: Callable[[str], int]) -> Sieve | None:
    """Return the one look at a text for all rules in C (rules.clues), None where there is none.

    describe: the bits of 256 characters. scan: whether a text may have been misread; misread: which of both it
    is at a second look.

    >>> sieve(lambda first: bytes(256), lambda text: 0, lambda text: 0) is None or True
    True
    """
    module = compiled.kernel()
    return None if module is None else module.Sieve(describe, scan, misread)


def reader(shown: list[str]) -> Reader | None:
    """Return the way back to UTF-8 by one reader of one byte a sign in C (misreadings.hops), None where there is none.

    shown: what each byte is shown as, nothing where it is not.

    >>> reader([""] * 256) is None or True
    True
    """
    module = compiled.kernel()
    if module is None:
        return None
    bytes_of = {sign: byte for byte, sign in reversed([*enumerate(shown)][0x80:]) if sign}

    def page(first: int) -> bytes:
        return bytes(bytes_of.get(chr(code), 0) for code in range(first, first + _PAGE))

    made: Reader = module.Reader(page, shown)
    return made


def verifier(  # noqa: PLR0913, PLR0917 -- the tables of one object
    names: tuple[str, ...],
    common: tuple[int, ...],
    single: tuple[bool, ...],
    prices: tuple[float, ...],
    calls: tuple[Callable[..., Any], ...],
    model: Model,
    limits: tuple[float, ...],
) -> Verifier | None:
    """Return the look for UTF-8 that verifies itself in C (misreadings.verifying), None where there is none.

    names: the readers. common: their numbers, the commonest first. single: whether each shows one byte as a sign.
    prices: what each asks. calls: what tells who shows a character, what it is to the evidence, the Reader of a number,
    whether a text holds a clue, the bits for an original, whether one is doubtful, whether normalizing leaves a text
    alone.
    limits: units of a bit, and the thresholds of verifying and evidence.

    >>> from textmend.plausibility.model import load
    >>> verifier((), (), (), (), (len,) * 7, load(), (1,) * 16) is None or True
    True
    """
    module = compiled.kernel()
    if module is None or model.compiled is None:
        return None
    made: Verifier = module.Verifier(names, common, single, prices, *calls, model.compiled, limits)
    return made


def teller(
    parts: tuple[Any, ...],
    names: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    tables: tuple[tuple[Any, ...], ...],
    limits: tuple[float, ...],
) -> Teller | None:
    """Return the quick way to legacy originals beyond doubt in C (misreadings.telling), None where there is none.

    parts: the Verifier, the Ranker, the Kernel; what reads bytes in an encoding, and what tells what they are in it.
    names: the single-byte writers and readers as the Ranker numbers them, and the writers of several bytes a sign.
    tables: what each of the writers and readers asks, the numbers of the readers in masks, the order of both by name,
    what each of the last writers asks. limits: units of a bit, and the thresholds of ranking, outright, evidence and
    telling.

    >>> import os
    >>> os.environ["TEXTMEND_PURE"] = "1"
    >>> teller((), ((), (), ()), (), ()) is None
    True
    >>> del os.environ["TEXTMEND_PURE"]
    """
    module = compiled.kernel()
    if module is None:
        return None
    made: Teller = module.Teller(*parts, *names, *tables, limits)
    return made


def _described(group: Group) -> dict[str, Any]:
    """Return the tables of a group by the names that ``_scorer.c`` asks for."""
    described: dict[str, Any] = {
        "east": int(isinstance(group, groups.EastAsian)),
        "first": group.first,
        "languages": len(group.languages),
        "size": group.size,
        "unmixed": int(group.name in UNMIXED),
    }
    if isinstance(group, groups.EastAsian):
        for at, language in enumerate(group.languages):
            keys, gains = group.pair_table(language)
            described |= {f"unigrams{at}": group.unigrams[at], f"keys{at}": keys.tobytes(), f"gains{at}": gains}
    else:
        keys, ends = group.table()
        who, gain = group.changes()
        described |= {"own": group.own, "pool": group.pool, "lone": group.lone}
        described |= {"keys": keys.tobytes(), "ends": ends.tobytes(), "who": who, "gain": gain}
        words, owners, costs = group.words()
        described |= {"words": words.tobytes(), "word_who": owners, "word_cost": costs}
    return described

"""How well does an encoding explain the bytes? Evidence in bits, on the scale of the misreadings.

What is weighed are words: the tokens between ASCII spaces that hold other bytes than ASCII. A
token's cost is the model's for its text in an encoding; costs of all tokens are added before the
language is settled, so the document's language speaks for each of them. Words that are ASCII, and
those that are UTF-8, read the same in every encoding that is compared: they are the context.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textmend import encodings
from textmend.decoding.ranking import BAD, BAD_COST, LONG, prior
from textmend.plausibility.model import UNITS, Model, load

# Tokens weighed in each round, for each candidate that is left; then the hopeless ones leave.
_ROUNDS = (2, 3, 6, 11, 20, 38)
# Words of UTF-8 that an encoding of the whole must explain.
_WITNESSES = 5
# A candidate this far behind the best leaves, in units: that the rest turns it round is hopeless.
_BEHIND = 26 * UNITS
# A token that an encoding cannot read, and each byte of it: more than any reading of it costs.
_UNREAD_TOKEN = 25 * UNITS
_UNREAD = 12 * UNITS
# One change from UTF-8 to stray bytes and back, inside a word.
_SWITCH = 6 * UNITS

_SPACES = re.compile(rb"[ \t\r\n\x0b\x0c\0]+")
_DIGITS = re.compile(rb"[0-9]+")
SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)

_SIGNS = ".,;:!?()[]\"'/-"
_MOST_WORDS = 5000  # words of a document that are recognised
_ORDINAL = re.compile("(?<=[0-9.])[ªº](?![^\\W\\d_])")
# What the model asks too much for an ordinal sign after a number, in units: it was trained on prose.
_ORDINAL_COST = 18 * UNITS
_SPACE_COST = 6 * UNITS  # the same for the no-break space
_SPECIAL = re.compile(f"[ªº\xa0{BAD.pattern[1:-1]}]")  # what the model alone does not judge
# A letter or two of another script, in units, where all around is Latin.
_FOREIGN = re.compile("[\u0370-\u1dff]")
_FOREIGN_COST = 8 * UNITS
_LONE = 2
_LATIN_LETTERS = 20  # ASCII letters around that make a text a Latin one
# What a word is worth that stands in the document's UTF-8, in units, and a letter that does not.
_RECOGNISED = 20 * UNITS
_STRANGE = 3 * UNITS

_LETTERS = re.compile("[A-Za-z]")
_FIELD = 0xFFFFFFFF
_FEW_WORDS = 20  # of a document tell which letters it uses
_MANY_WORDS = 12  # not ASCII settle the language for themselves
_LITTLE_CONTEXT = 80
_CONTEXT_BYTES = 240  # of ASCII and of UTF-8, each: enough to settle the language


@dataclass(frozen=True, slots=True)
class Sample:
    r"""What is weighed of a document.

    odd: distinct tokens that are not UTF-8, in the order of the document, the first ones spread.
    utf8: distinct tokens that are UTF-8 and not ASCII, some of them. ascii: text of others.
    words: what stands in UTF-8, to be recognised elsewhere.

    >>> sample(b"Gr\xfc\xdfe aus Z\xc3\xbcrich").odd
    (b'Gr\xfc\xdfe',)
    """

    odd: tuple[bytes, ...]
    utf8: tuple[bytes, ...]
    ascii: str
    words: frozenset[str] = frozenset()


def is_utf8(data: bytes) -> bool:
    r"""Whether bytes are strictly UTF-8.

    >>> is_utf8(b"\xc3\xbc"), is_utf8(b"\xfc")
    (True, False)
    """
    # an exception takes longer than a look for what only UTF-8 has
    if not SEQUENCE.search(data):
        return data.isascii()
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def sample(data: bytes) -> Sample:
    """Return what is weighed of some bytes, spread over them.

    >>> sample(b"abc").ascii
    'abc'
    """
    odd: dict[bytes, bytes] = {}  # numbered things count once
    utf8: dict[bytes, None] = {}
    words: set[str] = set()
    plain: list[bytes] = []
    size = wide = 0
    for token in _SPACES.split(data):
        if token.isascii():
            if size < _CONTEXT_BYTES:
                plain.append(token)
                size += len(token) + 1
        elif is_utf8(token):
            token = _cut(token)  # noqa: PLW2901 - no more of it is looked at
            if token not in utf8:
                if wide < _CONTEXT_BYTES:
                    utf8[token] = None
                    wide += len(token)
                if len(words) < _MOST_WORDS:
                    words.add(_bare(token.decode()))
        else:
            odd.setdefault(_DIGITS.sub(b"0", token[:LONG]), token[:LONG])
    context = b" ".join(plain).strip()
    if len(odd) >= _MANY_WORDS:
        context = context[:_LITTLE_CONTEXT]
    return Sample(tuple(_spread(list(odd.values()))), tuple(utf8), context.decode("ascii"), frozenset(words))


def _cut(token: bytes) -> bytes:
    """Return the beginning of a word of UTF-8, whole characters."""
    return token if len(token) <= LONG else token[:LONG].decode("utf-8", "ignore").encode()


def _bare(word: str) -> str:
    """Return a word without the signs around it."""
    return word.strip(_SIGNS).lower()


def _spread(tokens: list[bytes]) -> list[bytes]:
    """Return tokens so that each beginning of the list is spread over all of it."""
    most = sum(_ROUNDS)
    if len(tokens) <= _ROUNDS[0]:
        return tokens
    step = max(1, len(tokens) // most)
    chosen = tokens[::step][:most] if step > 1 else tokens
    return [chosen[at] for start in range(7) for at in range(start, len(chosen), 7)]


class Scale:
    """Weighs tokens in encodings; born and dead with one document."""

    def __init__(self, context: int = 0, words: frozenset[str] = frozenset()) -> None:
        self.model: Model = load()
        self.context = context
        self.words = words
        self.latin = False
        self.characters = frozenset("".join(words)) if len(words) >= _FEW_WORDS else frozenset()
        self._memo: dict[tuple[bytes, str], int] = {}
        self._base = (0, 0)

    def learn(self, texts: Sequence[str]) -> None:
        """Add texts that are certain to the context."""
        self.context += sum(map(self.model.packed, texts))
        self.latin |= sum(len(_LETTERS.findall(text)) for text in texts) >= _LATIN_LETTERS

    def forget(self) -> None:
        """Drop what was remembered of single tokens, so that a stream takes bounded memory."""
        self._memo.clear()

    def text(self, text: str) -> int:
        """Return the packed cost of a text."""
        packed = self.model.packed(text)
        cost = 0
        if _SPECIAL.search(text):
            cost = len(BAD.findall(text)) * BAD_COST - text.count("\xa0") * _SPACE_COST
            if _ORDINAL.search(text):
                cost -= _ORDINAL_COST
        if self.latin and 0 < len(_FOREIGN.findall(text)) <= _LONE:
            cost += _FOREIGN_COST
        if self.words:
            bare = _bare(text)
            if bare in self.words:
                cost -= _RECOGNISED
            elif self.characters:
                cost += sum(char not in self.characters for char in bare if char > "\x7f") * _STRANGE
        # the lowest field holds what no language has a part in; it must stay positive
        return packed + max(cost, -(packed & _FIELD))

    def token(self, token: bytes, name: str) -> int:
        """Return the packed cost of a token in an encoding; what it cannot read is dear."""
        key = (token, name)
        known = self._memo.get(key)
        if known is None:
            text = encodings.read(token, name)
            if text is None:
                text = but_the_end(token, name)
            known = self._partly(token, name) if text is None else self.text(text)
            self._memo[key] = known
        return known

    def _partly(self, token: bytes, name: str) -> int:
        """Return the packed cost of a token that an encoding cannot read as a whole."""
        if encodings.get(name).width == "single":
            keep = bytes(each for each in token if each < 0x80 or encodings.read(bytes((each,)), name) is not None)
            text = encodings.read(keep, name) or ""
            return self.text(text) + _UNREAD_TOKEN + (len(token) - len(keep)) * _UNREAD
        return _UNREAD_TOKEN + len(token) * _UNREAD

    def mixed(self, token: bytes, name: str) -> int:
        """Return the packed cost of a token whose UTF-8 is UTF-8 and whose other bytes are in `name`.

        It is that of the whole token in `name` where that is cheaper.
        """
        whole = self.token(token, name)
        if is_utf8(token):
            return self.text(token.decode())
        parts = runs(token)
        if len(parts) == 1:
            return whole
        text = "".join(part.decode() if utf8 else encodings.read(part, name) or "\ufffd" for part, utf8 in parts)
        apart = self.text(text) + (len(parts) - 1) * _SWITCH
        return apart if self.settle(apart) < self.settle(whole) else whole

    def apart(self, packed: int) -> int:
        """Return what a packed cost adds to the context, in units."""
        if self._base[0] != self.context:
            self._base = (self.context, self.model.settle(self.context))
        return self.model.settle(self.context + packed) - self._base[1]

    def apart_below(self, packed: int, bound: int) -> int:
        """Return what `apart` returns if that is below a bound, else the bound or more."""
        return self.apart(packed) if packed & _FIELD < bound else bound

    def settle(self, packed: int) -> int:
        """Return the cost in units, in the language of the context."""
        return self.model.settle(self.context + packed)


def but_the_end(token: bytes, name: str) -> str | None:
    r"""Return the text of a long word that was cut, without the character that the cut went through.

    >>> but_the_end("中".encode("gbk") * 90 + b"\xd6", "gbk") == "中" * 90
    True
    """
    if len(token) < LONG:
        return None
    ends = (encodings.read(token[:-size], name) for size in (1, 2, 3))
    return next((text for text in ends if text is not None), None)


def runs(token: bytes) -> list[tuple[bytes, bool]]:
    r"""Return a token cut into UTF-8 (True) and stray bytes (False); ASCII goes with what is before.

    >>> runs(b"\xc3\xbcx\xfcy")
    [(b'\xc3\xbcx', True), (b'\xfcy', False)]
    """
    parts: list[tuple[bytes, bool]] = []
    done = 0
    for found in SEQUENCE.finditer(token):
        if found.start() > done:
            _add(parts, token[done : found.start()])
        if parts and parts[-1][1]:
            parts[-1] = (parts[-1][0] + found[0], True)
        else:
            parts.append((found[0], True))
        done = found.end()
    if done < len(token):
        _add(parts, token[done:])
    return parts


def _add(parts: list[tuple[bytes, bool]], rest: bytes) -> None:
    """Add bytes that hold no UTF-8 sequence."""
    plain = len(rest) - len(rest.lstrip(bytes(range(0x80))))
    if plain and parts:
        before, utf8 = parts[-1]
        parts[-1] = (before + rest[:plain], utf8)
        rest = rest[plain:]
    if rest:
        parts.append((rest, rest.isascii()))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate and its cost in bits: the lower, the likelier.

    mixed: what is UTF-8 is read as UTF-8, only the rest in `name`.

    >>> Weighed(3.0, "cp1252", False).name
    'cp1252'
    """

    bits: float
    name: str
    mixed: bool


def contest(
    scale: Scale, found: Sample, names: Sequence[str], *, mixed: bool, extra: dict[str, float]
) -> list[Weighed]:
    """Return the candidates that were not hopeless, the best first.

    mixed: consider UTF-8 with strays beside encodings for the whole.
    extra: bits added to the cost of an encoding: declarations, votes.

    >>> words = sample("Größe".encode("cp1252"))
    >>> contest(Scale(), words, ["cp1252", "cp437"], mixed=False, extra={})[0].name
    'cp1252'
    """
    tokens = list(found.odd)
    running: dict[tuple[str, bool], int] = {}
    most = max(0.0, *(-each for each in extra.values()), 0.0)  # so that no cost is negative
    # long words are no accidents
    witnesses = sorted(found.utf8, key=len, reverse=True)[:_WITNESSES]
    pool = sum(scale.text(token.decode()) for token in witnesses)
    weak = not any(len(token) >= _LONG for token in found.utf8)
    for name in names:
        asked = max(0, int((prior(name) + extra.get(name, 0.0) + most) * UNITS))
        running[name, False] = asked + sum(scale.token(token, name) for token in witnesses)
        if mixed:
            running[name, True] = asked + MIXED + (WEAK if weak else 0) + pool
    settled: dict[tuple[str, bool], int] = {}
    done = 0
    for count in _ROUNDS:
        batch = tokens[done : done + count]
        done += len(batch)
        for key in running:
            name, split = key
            weigh = scale.mixed if split else scale.token
            running[key] += sum(weigh(token, name) for token in batch)
        settled = _near_the_best(scale, running)
        running = {key: running[key] for key in settled}
        if len(running) == 1 or done >= len(tokens):
            break
    return [Weighed(*each) for each in sorted((cost / UNITS, *key) for key, cost in settled.items())]


def _near_the_best(scale: Scale, running: dict[tuple[str, bool], int]) -> dict[tuple[str, bool], int]:
    """Return the settled costs of those that are not hopeless."""
    base = scale.settle(0)
    settled: dict[tuple[str, bool], int] = {}
    best = -1
    for key in sorted(running, key=lambda key: running[key] & _FIELD):
        packed = running[key]
        if best < 0 or base + (packed & _FIELD) <= best + _BEHIND:  # no language makes it cheaper than that
            cost = settled[key] = scale.settle(packed)
            best = cost if best < 0 else min(best, cost)
    return {key: cost for key, cost in settled.items() if cost <= best + _BEHIND}


# That a file is in two encodings is rarer than that it is in one.
MIXED = 16 * UNITS
WEAK = 12 * UNITS  # more, where all UTF-8 is short words: accidents are short
_LONG = 5  # bytes of a word of UTF-8 that is none

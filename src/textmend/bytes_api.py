r"""The public functions about bytes: repair them, name their encoding.

>>> fix_bytes(b"Z\xc3\xbcrich, Gen\xe8ve").text
'Zürich, Genève'
"""

from __future__ import annotations

import codecs
from functools import cache

from textmend import pipeline
from textmend.decoding import BLOCK, Decoded, decode, is_plain, parts, restore, utf8
from textmend.errors import OptionsError, PlanMismatchError
from textmend.options import Options
from textmend.results import BytesPlan, BytesRepair, Detection, Finding, Repair, digest
from textmend.rules import clues

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from typing import Any

_DEFAULTS = Options()
_BINARY = "TM506"
_BINARY_MESSAGE = "this is binary data, no text: nothing was repaired"
_SHOWN = 40  # characters of binary data that a finding shows
# Without these, bytes that are UTF-8 are nothing else.
_DOUBTS = clues.DOUBT | clues.CONTROLS
# Characters whose language and misreadings `detect` looks at.
_SAMPLE = 2000
# An alternative less probable than this is not worth a name.
_UNLIKELY = 0.001


def fix_bytes(data: bytes | bytearray | memoryview, options: Options | None = None, **changes: Any) -> BytesRepair:
    r"""Return the text of bytes, decoded and repaired, with the account of both.

    options: what to repair; `options.encodings` limits what is considered beside UTF-8.
    changes: single options by name, over `options`.
    The encoding may change from line to line; `segments` says which bytes were in which. Bytes that nobody can
    read survive as lone surrogates (surrogateescape) and are reported. Binary data are reported, never repaired.
    `textmend.undo(repair.plan, repair.text)` gives the bytes back.

    >>> repair = fix_bytes("Größe\n".encode() + "Maß\n".encode("cp1252"))
    >>> repair.text, [(each.start, each.end, each.encoding) for each in repair.segments]
    ('Größe\nMaß\n', [(0, 8, 'utf-8'), (8, 12, 'cp1252')])
    """
    if not isinstance(data, bytes):
        data = _bytes(data, "fix_bytes")
    chosen = _options(options, changes) if changes or options is not None else _DEFAULTS
    text = utf8(data)
    if text is not None:
        there = pipeline.clues_in(text, chosen, _DOUBTS)
        if not there or (there == clues.DOUBT and len(data) <= BLOCK and is_plain(data)):
            return BytesRepair.untouched(text, _account)
    decoded = decode(data, chosen.encodings)
    if decoded.encoding is None:
        mark = digest(decoded.text)
        plan = BytesPlan((), mark, mark, parts(data, decoded.text, decoded.segments, decoded.lengths))
        return BytesRepair(decoded.text, plan, (_binary_finding(decoded.text),), None, decoded.segments)
    repair = pipeline.repair(decoded.text, chosen)
    return _with_account(data, decoded, repair)


def detect(data: bytes | bytearray | memoryview) -> Detection:
    r"""Return the encoding of bytes, how sure that is, and what else it may be.

    The encoding is a name that Python's codecs accept, None for binary data. Where the encoding changes inside,
    it is the main one, and `segments` has them all.

    >>> found = detect("Größe und Maß".encode("cp1252"))
    >>> found.encoding, found.language
    ('cp1252', 'de')
    """
    data = _bytes(data, "detect")
    return _detection(data, decode(data))


def detect_all(data: bytes | bytearray | memoryview) -> list[Detection]:
    r"""Return every encoding that bytes may be in, the most probable first; the first is `detect`'s answer.

    >>> [found.encoding for found in detect_all(b"abc")]
    ['ascii']
    """
    data = _bytes(data, "detect_all")
    decoded = decode(data)
    found = [_detection(data, decoded)]
    for name, probability in decoded.alternatives:
        if probability >= _UNLIKELY:
            other = decode(data, (name,))
            found.append(Detection(_python_name(data, other, name), probability, _language(other.text)))
    return found


def _bytes(data: object, verb: str) -> bytes:
    """Return the bytes; raise TypeError for anything else, and say what to do."""
    if isinstance(data, bytes | bytearray | memoryview):
        return bytes(data)
    hint = ": fix_text() repairs text" if isinstance(data, str) else ""
    raise TypeError(f"{verb}() takes bytes, not {type(data).__name__}{hint}")


def _options(options: object, changes: dict[str, Any]) -> Options:
    """Return the options with the changes, checked."""
    if options is None:
        options = _DEFAULTS
    elif not isinstance(options, Options):
        raise OptionsError(f"options is a textmend.Options, not {type(options).__name__}")
    return options.replace(**changes) if changes else options


def _account(text: str) -> BytesRepair:
    """Return the repair of UTF-8 in which nothing is found; its text gives the bytes back."""
    data = text.encode()
    return _with_account(data, decode(data), pipeline.repair(text, _DEFAULTS))


def _with_account(data: bytes, decoded: Decoded, repair: Repair) -> BytesRepair:
    """Return a repair of the decoded text as one of the bytes."""
    plan = repair.plan
    account = parts(data, decoded.text, decoded.segments, decoded.lengths)
    joint = BytesPlan(plan.steps, plan.before_digest, plan.after_digest, account)
    return BytesRepair(repair.text, joint, repair.findings, decoded.encoding, decoded.segments)


def _binary_finding(text: str) -> Finding:
    """Return the finding that says that data are binary."""
    return Finding(_BINARY, 0, len(text), 1, 1, _BINARY_MESSAGE, "error", text[:_SHOWN], None)


def encode_back(plan: BytesPlan, text: str) -> bytes:
    r"""Return the bytes that a decoded text came from.

    Raises PlanMismatchError when the plan does not fit the text.

    >>> encode_back(fix_bytes(b"caf\xe9").plan, "café")
    b'caf\xe9'
    """
    data = restore(plan.parts, text)
    if data is None:
        raise PlanMismatchError("the parts of the plan are not those of the text")
    return data


def redecode(plan: BytesPlan, data: bytes) -> str:
    r"""Return the text of the bytes that a plan was made for.

    Raises PlanMismatchError for other bytes.

    >>> redecode(fix_bytes(b"caf\xe9").plan, b"caf\xe9")
    'café'
    """
    text = decode(data).text
    if digest(text) != plan.before_digest or restore(plan.parts, text) != data:
        raise PlanMismatchError("the bytes are not the ones that this plan repairs")
    return text


# --- detection ---------------------------------------------------------------------------------------


def _detection(data: bytes, decoded: Decoded) -> Detection:
    """Return what was decoded as a detection."""
    if decoded.encoding is None:
        return Detection(None, decoded.confidence, segments=decoded.segments)
    others = tuple(name for name, probability in decoded.alternatives if probability >= _UNLIKELY)
    sole = len(decoded.segments) <= 1
    name = _python_name(data, decoded, decoded.encoding) if sole else decoded.encoding
    return Detection(
        name,
        decoded.confidence,
        _language(decoded.text),
        others,
        decoded.segments,
        decoded.chain or _chain(decoded.text),
    )


def _python_name(data: bytes, decoded: Decoded, name: str) -> str:
    """Return the name of the codec of Python that reads the data the same way."""
    from textmend.encodings import get, names

    tried = [name]
    if name in names():
        tried.append(get(name).codec)
    tried += _RELATIVES.get(name, ())
    for each in tried:
        try:
            if data.decode(each) == decoded.text:
                return codecs.lookup(each).name if each not in tried[:1] else each
        except (LookupError, UnicodeError):
            continue
    return name if _known(name) else tried[1]


_RELATIVES = {
    "big5": ("big5hkscs", "big5"),
    "gbk": ("gb18030",),
    "cp932": ("shift_jis", "shift_jis_2004"),
    "euc-jp": ("euc_jis_2004", "euc_jisx0213"),
    "cp1252": ("latin-1",),
    "iso-2022-jp": ("iso2022_jp_ext", "iso2022_jp_2004"),
}


@cache
def _known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _language(text: str) -> str | None:
    """Return the language of a text; None when nothing says so."""
    from textmend.plausibility.model import load

    sample = text[:_SAMPLE]
    return (load().language(sample) or None) if any(map(str.isalpha, sample)) else None


def _chain(text: str) -> tuple[str, ...]:
    """Return the chain of misreadings that most of the damage in a text has."""
    if text.isascii():
        return ()
    from collections import Counter

    from textmend.misreadings import judge

    chains = Counter(mending.chain for mending in judge(text[:_SAMPLE], _DEFAULTS).mendings)
    return chains.most_common(1)[0][0] if chains else ()

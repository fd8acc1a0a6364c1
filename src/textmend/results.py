"""What textmend answers: steps and plans, findings, detections, repairs. Frozen, without behaviour.

A plan is the ordered list of changes of one repair. It holds enough to make the repair again
(`textmend.replay`) and to take it back (`textmend.undo`), and it can be written as JSON.

>>> plan = Plan((Step("TM101", 0, 0, "a", "b", "because"),), digest("a"), digest("b"))
>>> Plan.from_dict(plan.to_dict()) == plan
True
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from textmend.errors import PlanFormatError
from textmend.later import Later

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from typing import Any

PLAN_FORMAT = 1  # the layout of Plan.to_dict; rises when a reader of the old one would go wrong
_DIGEST_BYTES = 8  # tells texts apart; it is no protection against forgery


def digest(text: str) -> str:
    """Return the fingerprint of a text: BLAKE2b of its UTF-8, 8 bytes, in hexadecimal.

    >>> digest("")
    'e4a6a0577479b2b4'
    """
    import hashlib

    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the texts that may have stood where bytes were lost.

    >>> Alternative("”", 0.98).text
    '”'
    """

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Loss:
    r"""A place where a misreading did not keep the bytes, and what was chosen there.

    start, end: where the restored (or undecided) text stands in `Step.after`.
    kind: "dropped", "replaced", "swallowed", "altered" or "truncated".
    lost: the bytes that were lost, as chosen; empty when undecided.
    chosen: the text chosen; empty or U+FFFD when undecided.
    alternatives: ranked, the chosen one first.

    >>> Loss(0, 1, "dropped", b"\x9d", "”", (Alternative("”", 0.98),)).confidence
    0.98
    """

    start: int
    end: int
    kind: str
    lost: bytes
    chosen: str
    alternatives: tuple[Alternative, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether a text was chosen."""
        return self.chosen not in {"", "\ufffd"}

    @property
    def confidence(self) -> float:
        """The probability of the text chosen; 0.0 when undecided."""
        if not self.decided or not self.alternatives:
            return 0.0
        return self.alternatives[0].probability


@dataclass(frozen=True, slots=True)
class Step:
    """One change: where, what and why.

    rule: the code of the rule that made it.
    stage: steps of one stage are offsets into the same text; stages apply in order 0, 1, 2 ...
    start: offset, in characters, into the text as the stage found it.
    before, after: the text replaced and what replaces it.
    why: one clause for people.
    chain: the misreadings undone, in the order they happened: ("utf-8>gbk",).
    losses: what the misreadings did not keep.
    bits: the evidence for the change, in log2 odds.
    confidence: the probability that the change is right.

    >>> Step("TM101", 0, 6, "鈥檚", "’s", "utf-8 was read as gbk", ("utf-8>gbk",)).end
    8
    """

    rule: str
    stage: int
    start: int
    before: str
    after: str
    why: str
    chain: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    bits: float = 0.0
    confidence: float = 1.0

    @property
    def end(self) -> int:
        """The offset behind the text replaced."""
        return self.start + len(self.before)


@dataclass(frozen=True, slots=True)
class Plan:
    """The ordered steps of a repair, and the fingerprints of the text before and after.

    >>> Plan((), digest("a"), digest("a")).to_dict()["format"]
    1
    """

    steps: tuple[Step, ...]
    before_digest: str
    after_digest: str

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as dictionaries, lists, strings and numbers, ready for JSON.

        >>> sorted(Plan((), "00", "00").to_dict())
        ['after_digest', 'before_digest', 'format', 'steps']
        """
        steps = []
        for step in self.steps:
            entry = dataclasses.asdict(step)
            for loss in entry["losses"]:
                loss["lost"] = loss["lost"].hex()
                loss["alternatives"] = list(loss["alternatives"])
            for name in ("before", "after"):
                entry[name] = _kept(entry[name])
            entry["chain"] = list(entry["chain"])
            entry["losses"] = list(entry["losses"])
            steps.append(entry)
        return {
            "format": PLAN_FORMAT,
            "before_digest": self.before_digest,
            "after_digest": self.after_digest,
            "steps": steps,
        }

    @classmethod
    def from_dict(cls, data: object) -> Plan:
        """Return the plan that `to_dict` wrote; raise PlanFormatError for anything else.

        >>> Plan.from_dict({"format": 99})
        Traceback (most recent call last):
        ...
        textmend.errors.PlanFormatError: a plan of format 1 is needed, not 99
        """
        if not isinstance(data, dict):
            raise PlanFormatError(f"a plan is a dictionary, not {type(data).__name__}")
        if data.get("format") != PLAN_FORMAT:
            raise PlanFormatError(f"a plan of format {PLAN_FORMAT} is needed, not {data.get('format')!r}")
        try:
            return cls(
                tuple(_step(entry) for entry in data["steps"]),
                _text(data["before_digest"]),
                _text(data["after_digest"]),
            )
        except KeyError as error:
            raise PlanFormatError(f"the plan lacks the key {error.args[0]!r}") from None
        except (TypeError, ValueError) as error:
            raise PlanFormatError(f"the plan is damaged: {error}") from None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text and the bytes that it was decoded from.

    length: characters. encoding: what writes it back. raw: the bytes themselves, kept only where writing
    the text in the encoding would not give them back.

    >>> Part(4, "utf-8").raw is None
    True
    """

    length: int
    encoding: str
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class BytesPlan(Plan):
    """The plan of a repair of bytes: how they were decoded, then the steps.

    parts: the decoded text in stretches, in order; `textmend.undo` writes them back as bytes.

    >>> plan = BytesPlan((), digest("é"), digest("é"), (Part(1, "cp1252"),))
    >>> BytesPlan.from_dict(plan.to_dict()) == plan
    True
    """

    parts: tuple[Part, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as dictionaries, lists, strings and numbers, ready for JSON."""
        parts = [[part.length, part.encoding, None if part.raw is None else part.raw.hex()] for part in self.parts]
        return {**Plan.to_dict(self), "parts": parts}

    @classmethod
    def from_dict(cls, data: object) -> BytesPlan:
        """Return the plan that `to_dict` wrote; raise PlanFormatError for anything else."""
        plan = Plan.from_dict(data)
        entries = data.get("parts") if isinstance(data, dict) else None
        if not isinstance(entries, list):
            raise PlanFormatError("the plan lacks the parts of the bytes that it was for")
        try:
            parts = tuple(
                Part(_place(length), _text(name), None if raw is None else bytes.fromhex(raw))
                for length, name, raw in entries
            )
        except (TypeError, ValueError) as error:
            raise PlanFormatError(f"the plan is damaged: {error}") from None
        return cls(plan.steps, plan.before_digest, plan.after_digest, parts)


def _kept(text: str) -> str | dict[str, str]:
    """Return what JSON gives back as it was: two surrogates side by side would come back as one character."""
    if all(char < "\ud800" or char > "\udfff" for char in text):
        return text
    return {"utf8": text.encode("utf-8", "surrogatepass").hex()}


def _read(value: object) -> str:
    """Return the text that `_kept` wrote."""
    if isinstance(value, dict):
        return bytes.fromhex(_text(value["utf8"])).decode("utf-8", "surrogatepass")
    return _text(value)


def _text(value: object) -> str:
    """Return a string as it is, or refuse the value."""
    if isinstance(value, str):
        return value
    raise TypeError(f"{value!r} stands where a text should")


def _place(value: object) -> int:
    """Return a whole number from 0 on as it is, or refuse the value."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise TypeError(f"{value!r} stands where a position should")


def _step(entry: dict[str, Any]) -> Step:
    """Read one step of Plan.to_dict."""
    return Step(
        rule=_text(entry["rule"]),
        stage=_place(entry["stage"]),
        start=_place(entry["start"]),
        before=_read(entry["before"]),
        after=_read(entry["after"]),
        why=_text(entry["why"]),
        chain=tuple(_text(misreading) for misreading in entry["chain"]),
        losses=tuple(_loss(loss) for loss in entry["losses"]),
        bits=float(entry["bits"]),
        confidence=float(entry["confidence"]),
    )


def _loss(entry: dict[str, Any]) -> Loss:
    """Read one loss of Plan.to_dict."""
    return Loss(
        start=_place(entry["start"]),
        end=_place(entry["end"]),
        kind=_text(entry["kind"]),
        lost=bytes.fromhex(_text(entry["lost"])),
        chosen=_text(entry["chosen"]),
        alternatives=tuple(
            Alternative(_text(each["text"]), float(each["probability"])) for each in entry["alternatives"]
        ),
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: where, what it is, and what it would become.

    start, end: offsets, in characters, into the text that was checked.
    line, column: the same start for people, both from 1.
    before, after: the text as the rule saw it and what it would become; after is None when the
        rule only reports.
    confidence: the probability that the finding is right.

    >>> Finding("TM103", 0, 3, 1, 1, "lost", "error", "锟斤拷", None).line
    1
    """

    rule: str
    start: int
    end: int
    line: int
    column: int
    message: str
    severity: str
    before: str
    after: str | None = None
    confidence: float = 1.0
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of bytes in one encoding; start and end are offsets in bytes.

    >>> Segment(0, 4, "utf-8", 1.0).encoding
    'utf-8'
    """

    start: int
    end: int
    encoding: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Detection:
    """The encoding that bytes are in, how sure that is, and what else it may be.

    encoding: a name that Python's codecs accept; None for binary data.
    language: a BCP 47 tag, or None.
    alternatives: other encodings, the most probable first.
    segments: more than one when the encoding changes inside the data.
    misreading: the chain that garbled the text before it was written in `encoding`.

    >>> Detection("utf-8", 0.99).segments
    ()
    """

    encoding: str | None
    confidence: float
    language: str | None = None
    alternatives: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    misreading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair(Later):
    """A repaired text and the account of it.

    text: the repaired text; the very object that was given when nothing was changed.
    plan: every change made; `textmend.undo` takes it back.
    findings: what the rules found in the text as given, changed or not.
    encoding, segments: for a repair of bytes, how they were decoded.

    >>> Repair("a", Plan((), "00", "00")).confidence
    1.0
    """

    text: str
    plan: Plan
    findings: tuple[Finding, ...] = ()
    encoding: str | None = None
    segments: tuple[Segment, ...] = ()

    @property
    def confidence(self) -> float:
        """The confidence of the least sure step; 1.0 when there is none."""
        return min((step.confidence for step in self.plan.steps), default=1.0)


@dataclass(frozen=True, slots=True)
class BytesRepair(Repair):
    """A repair of bytes: its plan gives them back.

    encoding: the main encoding; None for binary data. segments: all of them, by offsets in bytes.

    >>> BytesRepair("a", BytesPlan((), "00", "00")).segments
    ()
    """

    plan: BytesPlan

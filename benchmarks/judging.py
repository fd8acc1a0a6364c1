"""Run the tools on garbled text and grade what they answer.

A tool's answer is "exact" (the original, or an accepted form of it), "kept" (what was garbled
stays as it is), "honest" (nothing wrong: what could not be decided is U+FFFD or stays) or "wrong".
"""

from __future__ import annotations

import difflib
import multiprocessing
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

TOOLS = ("textmend", "ftfy", "plsfix")
GRADES = ("exact", "kept", "honest", "wrong")


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to repair: a line, or a document of several lines.

    hop: what the results are counted under; language: the same.
    accept: other right answers; lossy: whether bytes were lost, so that honesty counts.
    """

    section: str
    hop: str
    language: str
    original: str
    garbled: str
    accept: tuple[str, ...] = ()
    lossy: bool = False
    traced: str | None = None  # the original without what left no trace: to lack that is no mistake of a tool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool made of a case; the confidence is textmend's own."""

    text: str
    confidence: float = 1.0


# --- the tools ------------------------------------------------------------------------------------


@cache
def tool(name: str) -> Callable[[str], Answer]:
    """Return a tool as one function, told to repair only and not to restyle."""
    if name == "textmend":
        import textmend  # noqa: PLC0415

        def mend(text: str) -> Answer:
            repair = textmend.fix_and_explain(text)
            return Answer(repair.text, repair.confidence)

        return mend
    if name == "textmend, unsure too":  # for the table of confidences
        import textmend  # noqa: PLC0415

        def mend_unsure(text: str) -> Answer:
            repair = textmend.fix_and_explain(text, min_confidence=0.0)
            return Answer(repair.text, repair.confidence)

        return mend_unsure
    if name == "ftfy":
        import ftfy  # noqa: PLC0415

        config = ftfy.TextFixerConfig(
            unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False,
            fix_character_width=False, uncurl_quotes=False, fix_line_breaks=False,
            fix_surrogates=False, remove_control_chars=False, normalization=None,
        )  # fmt: skip
        return lambda text: Answer(ftfy.fix_text(text, config))
    import plsfix  # noqa: PLC0415

    return lambda text: Answer(plsfix.fix_text(text))


def available(name: str) -> bool:
    """Say whether a tool is installed."""
    try:
        tool(name)
    except ImportError:
        return False
    return True


def _run(job: tuple[str, Sequence[str]]) -> list[Answer]:
    """Answer some texts with one tool; a crash is reported and counts as no answer."""
    name, texts = job
    mend = tool(name)
    answers = []
    for text in texts:
        try:
            answers.append(mend(text))
        except Exception as error:  # noqa: BLE001 - a benchmark must survive what it measures
            print(f"{name} fails on {text[:80]!r}: {error!r}", file=sys.stderr)
            answers.append(Answer("<crash>"))
    return answers


_CHUNK = 50


def run(name: str, texts: Sequence[str], jobs: int) -> list[Answer]:
    """Answer texts with one tool, in several processes."""
    chunks = [(name, texts[at : at + _CHUNK]) for at in range(0, len(texts), _CHUNK)]
    if jobs <= 1 or len(chunks) == 1:
        return [answer for chunk in chunks for answer in _run(chunk)]
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        return [answer for part in pool.imap(_run, chunks) for answer in part]


# --- grading --------------------------------------------------------------------------------------

_STYLED = str.maketrans("‘’“”", "''\"\"")  # plsfix has no way to leave quotes alone


def same(got: str, wanted: str, tool: str) -> bool:
    """Say whether two texts are equal; for plsfix, but for the style that it always changes."""
    if got == wanted:
        return True
    return tool == "plsfix" and _restyled(got) == _restyled(wanted)


@cache
def _restyled(text: str) -> str:
    """Return a text in plsfix's style: what it makes of one without damage."""
    import plsfix  # noqa: PLC0415

    return str(plsfix.fix_text(text)).translate(_STYLED)


def grade(case: Case, got: str, tool: str = "textmend") -> str:
    """Return the grade of one answer.

    >>> case = Case("losses", "utf-8>gbk drop", "en", "He said “yes”.", "He said 鈥測es鈥?", lossy=True)
    >>> grade(case, "He said “yes\ufffd."), grade(case, "He said “yes—."), grade(case, case.garbled)
    ('honest', 'wrong', 'kept')
    """
    if any(same(got, wanted, tool) for wanted in (case.original, *case.accept)):
        return "exact"
    if case.section == "ftfy" and any(fits(got, wanted) for wanted in (case.original, *case.accept)):
        return "exact"
    if same(got, case.garbled, tool):
        return "kept"
    if case.lossy and any(honest(wanted, case.garbled, got) for wanted in (case.original, *case.accept)):
        return "honest"
    if case.traced is not None and (got == case.traced or honest(case.traced, case.garbled, got)):
        return "honest"
    return "wrong"


def fits(got: str, wanted: str) -> bool:
    r"""Say whether an answer is ftfy's own but for its straight quotes and what it gave up as U+FFFD.

    >>> fits("“Ру́сский”", '"Ру\ufffdсский"')
    True
    """
    pattern = re.sub("\ufffd+", ".{1,4}", re.escape(wanted.translate(_STYLED)))
    return re.fullmatch(pattern, got.translate(_STYLED), re.DOTALL) is not None


# Characters of the original that one U+FFFD may stand for: a whole run may have been lost.
_LONGEST_GAP = 8


def honest(original: str, garbled: str, got: str) -> bool:
    """Say whether an answer differs from the original only where it says so.

    A difference is honest where the answer shows U+FFFD, or still shows what was garbled.
    """
    blocks = difflib.SequenceMatcher(None, got, original, autojunk=False).get_opcodes()
    for kind, begin, end, first, last in blocks:
        if kind == "equal":
            continue
        shown = got[max(0, begin - 1) : end + 1]
        left = got[begin:end].strip("\ufffd")
        if begin == end and len(shown) > 1 and shown in garbled:
            continue  # it vanished without a trace: the answer is what was garbled
        if "\ufffd" in shown and not left and last - first <= _LONGEST_GAP:
            continue
        if left and left in garbled and not left.isascii():
            continue
        if left and left in garbled and set(left) <= {"?", " "}:
            continue
        return False
    return True


def grade_lines(case: Case, got: str, tool: str) -> list[tuple[str, Case, str]]:
    """Return the grade of every line of a document, each with its own case."""
    wanted, seen = case.original.split("\n"), case.garbled.split("\n")
    lines = got.split("\n")
    if len(lines) != len(wanted):
        lines = [got] * len(wanted)
    graded = []
    for original, garbled, line in zip(wanted, seen, lines, strict=True):
        clean = original == garbled
        one = Case(case.section, case.hop, case.language, original, garbled, (), case.lossy)
        mark = grade(one, line, tool)
        graded.append((f"{mark} clean" if clean else mark, one, line))
    return graded


def tally(grades: Iterable[str]) -> dict[str, int]:
    """Count grades, every grade named."""
    counts = dict.fromkeys(GRADES, 0)
    for mark in grades:
        counts[mark] = counts.get(mark, 0) + 1
    return counts

"""What a rule is, and the small types that rules answer with.

A rule looks at a text in two ways. `find` says what is there (hits); `fix` says what to change
(edits). Both get the text and the context of the call, in which work that several rules need is
done once. A rule that only reports has no `fix`; a rule that changes all it finds makes its `find`
from its `fix` with `found_by`.

>>> Edit(0, "a", "b", "because").end
1
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from textmend.options import PROFILES, Options
from textmend.results import Loss
from textmend.rules.clues import ANYTHING

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from textmend.misreadings import Judgement, Mending, Survey

SEVERITIES = ("error", "warning", "info")
"""error: text is damaged; warning: it is likely to hurt; info: worth knowing."""

REPAIR = PROFILES
"""The profiles of a rule that undoes damage: all of them."""

TIDY = PROFILES[1:]
"""The profiles of a rule that clears away what nobody sees or wants to see as it is."""

PLAIN = PROFILES[2:]
"""The profile of a rule that makes text plain, against what its author chose."""

ON_REQUEST: tuple[str, ...] = ()
"""The profiles of a rule that is only there for those who ask for it by its code."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the text that a rule speaks about; after is None when nothing is offered.

    >>> Hit(3, 6, "text was lost here").after is None
    True
    """

    start: int
    end: int
    message: str
    after: str | None = None
    confidence: float = 1.0
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that a rule wants: `before`, which stands at `start`, becomes `after`.

    The edits of one rule are ascending and do not overlap. The fields are those of
    `textmend.Step`, less what the pipeline adds.

    >>> Edit(2, "鈥檚", "’s", "utf-8 was read as gbk").start
    2
    """

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


class Context:
    """What the rules of one call share: the options, the rules that run, the judgement of the text.

    It is born and dies with the call. Judging is the costly part, so a text is judged once,
    however many rules ask.

    >>> Context(Options()).options.profile
    'repair'
    """

    __slots__ = ("_judged", "_judgement", "codes", "known", "options", "survey")

    def __init__(self, options: Options, codes: frozenset[str] = frozenset(), known: Survey | None = None) -> None:
        self.options = options
        self.codes = codes
        self.known = known
        """What other texts of the same document said of how it was garbled."""
        self.survey = known
        """The same with what the text said that was judged first."""
        self._judged: str | None = None
        self._judgement: Judgement | None = None

    def judgement(self, text: str) -> Judgement:
        """Return what the misreadings stage makes of the text."""
        if self._judgement is None or self._judged is not text:
            stage = _misreadings()
            judgement: Judgement = stage.judge(text, self.options, self.known or stage.UNKNOWN)
            if self._judgement is None:
                self.survey = judgement.survey
            self._judgement = judgement
            self._judged = text
        return self._judgement


@functools.cache
def _misreadings() -> ModuleType:
    """Return the misreadings stage, which is loaded when the first text is judged."""
    import textmend.misreadings

    return textmend.misreadings


Find = Callable[[str, Context], list[Hit]]
Fix = Callable[[str, Context], "Sequence[Edit | Mending]"]
"""A mending is taken for an edit as it is: a garbled document has as many of them as words."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule speaks about, and what it makes of it.

    For a rule that only reports, `after` is None. Every example runs as a test.

    >>> Example("锟斤拷", None).after is None
    True
    """

    before: str
    after: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One thing that textmend finds and, unless `fix` is None, can change.

    code: stable, "TM101". name: stable, "misread-text".
    summary: one line. why: why it matters, a sentence or two.
    examples: texts that it speaks about.
    severity: one of SEVERITIES.
    profiles: the profiles that hold it. Empty: only on request.
    find, fix: see the module.
    style: whether it may change what the author chose; other rules are safe, they undo damage
        or take away what carries no meaning.
    clue: what a text holds in which it finds anything, bits of `textmend.rules.clues`; any of them will do.
    joint: rules in a row with the same name here look at the same text; their edits make one stage.
    last_word: what it leaves gives no rule anything more to do; after any other rule that changed
        something all rules look again.

    >>> rule = Rule("TM999", "nothing", "Finds nothing.", "It is an example.", (), "info", (),
    ...             find=lambda text, context: [])
    >>> rule.reports_only, rule.safe
    (True, True)
    """

    code: str
    name: str
    summary: str
    why: str
    examples: tuple[Example, ...]
    severity: str
    profiles: tuple[str, ...]
    find: Find
    fix: Fix | None = None
    style: bool = False
    clue: int = ANYTHING
    joint: str = ""
    last_word: bool = False

    @property
    def reports_only(self) -> bool:
        """Whether the rule changes nothing."""
        return self.fix is None

    @property
    def safe(self) -> bool:
        """Whether the rule leaves alone what the author chose."""
        return not self.style

    def chosen(self, options: Options) -> bool:
        """Whether the options want this rule: by profile or by code, and not disabled.

        >>> from textmend.rules import RULES
        >>> RULES[0].chosen(Options(disable=("TM1",)))
        False
        """
        if self.code.startswith(options.disable):
            return False
        return options.profile in self.profiles or self.code.startswith(options.enable)


def found_by(fix: Callable[[str, Context], list[Edit]]) -> Find:
    """Return the `find` of a rule that changes all that it finds: a hit for each edit.

    >>> find = found_by(lambda text, context: [Edit(0, "a", "b", "a should be b")])
    >>> find("a", Context(Options()))[0].message
    'a should be b'
    """

    def find(text: str, context: Context) -> list[Hit]:
        return [
            Hit(edit.start, edit.end, edit.why, edit.after, edit.confidence, edit.chain) for edit in fix(text, context)
        ]

    return find


def edits(
    text: str,
    pattern: re.Pattern[str],
    change: Callable[[re.Match[str]], tuple[str, str] | None],
) -> list[Edit]:
    """Return an edit for each match that `change` wants changed.

    change: gives what the match becomes and why, or None to leave it.

    >>> edits("a-b", re.compile("-"), lambda match: ("+", "a sum is meant"))[0].after
    '+'
    """
    found = []
    for match in pattern.finditer(text):
        wanted = change(match)
        if wanted is not None:
            found.append(Edit(match.start(), match.group(), wanted[0], wanted[1]))
    return found

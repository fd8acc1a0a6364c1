"""What a rule is, and the small types that rules answer with.

A rule looks at a text in two ways. `find` says what is there (hits); `fix` says what to change
(edits). Both get the text and the context of the call, in which work that several rules need is
done once. A rule that only reports has no `fix`.

>>> Edit(0, "a", "b", "because").end
1
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textmend.options import PROFILES, Options
from textmend.results import Loss

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from textmend.misreadings import Judgement

SEVERITIES = ("error", "warning", "info")
"""error: text is damaged; warning: it is likely to hurt; info: worth knowing."""


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
    """What the rules of one call share: the options, and the judgement of the text.

    It is born and dies with the call. Judging is the costly part, so a text is judged once,
    however many rules ask.

    >>> Context(Options()).options.profile
    'repair'
    """

    __slots__ = ("_judged", "_judgement", "options")

    def __init__(self, options: Options) -> None:
        self.options = options
        self._judged: str | None = None
        self._judgement: Judgement | None = None

    def judgement(self, text: str) -> Judgement:
        """Return what the misreadings stage makes of the text."""
        if self._judgement is None or self._judged is not text:
            from textmend.misreadings import judge

            self._judgement = judge(text, self.options)
            self._judged = text
        return self._judgement


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule speaks about, and what it makes of it.

    For a rule that only reports, `after` is None. Every example runs as a test.

    >>> Example("锟斤拷", None).after is None
    True
    """

    before: str
    after: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that textmend finds and, unless `fix` is None, can change.

    code: stable, "TM101". name: stable, "misread-text".
    summary: one line. why: why it matters, a sentence or two.
    examples: texts that it speaks about.
    severity: one of SEVERITIES.
    profiles: the profiles that hold it. Empty: only on request.
    style: whether it may change what the author chose; other rules only undo damage.
    find, fix: see the module.

    >>> rule = Rule("TM999", "nothing", "Finds nothing.", "It is an example.", (), "info", (),
    ...             find=lambda text, context: [])
    >>> rule.reports_only
    True
    """

    code: str
    name: str
    summary: str
    why: str
    examples: tuple[Example, ...]
    severity: str
    profiles: tuple[str, ...]
    find: Callable[[str, Context], list[Hit]]
    fix: Callable[[str, Context], list[Edit]] | None = None
    style: bool = False

    @property
    def reports_only(self) -> bool:
        """Whether the rule changes nothing."""
        return self.fix is None

    def chosen(self, options: Options) -> bool:
        """Whether the options want this rule: by profile or by code, and not disabled.

        >>> from textmend.rules import RULES
        >>> RULES[0].chosen(Options(disable=("TM1",)))
        False
        """
        if self.code.startswith(options.disable):
            return False
        return options.profile in self.profiles or self.code.startswith(options.enable)


REPAIR = PROFILES
"""The profiles of a rule that undoes damage: all of them."""

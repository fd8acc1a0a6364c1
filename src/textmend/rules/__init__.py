"""The rules: everything textmend finds and fixes, in the order in which it is looked for.

Misreadings come first: private-use characters, C1 controls and compatibility ideographs carry
bytes until the misreading is undone. The rules about them are joint: they look at the same text,
which is judged once. Other damage follows, then what only reports, unseen characters, escapes; style
comes last. Codes are names, not places: the order is the tuple RULES.

>>> [rule.code for rule in RULES][:4]
['TM101', 'TM102', 'TM103', 'TM104']
"""

from __future__ import annotations

import functools

from textmend.errors import UnknownRuleError
from textmend.options import Options
from textmend.rules import (
    bidi_controls,
    binary_data,
    byte_order_marks,
    c1_controls,
    confusable_letters,
    control_characters,
    doubly_escaped_entities,
    final_newline,
    html_entities,
    invisible_characters,
    latin_ligatures,
    line_ends,
    literal_escapes,
    lone_surrogates,
    lost_text,
    misread_text,
    mixed_encodings,
    mixed_line_ends,
    nfc,
    nfd,
    nfkc,
    not_utf8,
    nul_characters,
    percent_escapes,
    plain_dashes,
    plain_ellipses,
    plain_quotes,
    plain_spaces,
    quoted_printable,
    restored_bytes,
    scrape_gaps,
    soft_hyphens,
    surrogate_pairs,
    tag_characters,
    terminal_escapes,
    trailing_spaces,
    unbalanced_bidi,
    undecided_text,
    utf16_content,
    width_forms,
)
from textmend.rules.base import Context, Edit, Example, Hit, Rule

__all__ = [
    "GROUPS",
    "MISREADING_RULES",
    "RULES",
    "Context",
    "Edit",
    "Example",
    "Hit",
    "Rule",
    "get",
    "selected",
]

GROUPS = {
    "TM1": "damage",
    "TM2": "unseen characters",
    "TM3": "escapes",
    "TM4": "style",
    "TM5": "bytes and files",
}
"""What the rules are about, by the beginning of their codes."""

MISREADING_RULES: tuple[Rule, ...] = (
    misread_text.RULE,
    undecided_text.RULE,
    lost_text.RULE,
    restored_bytes.RULE,
)
"""The rules about misreadings and what they lost; `textmend.fix_encoding` runs only these."""

RULES: tuple[Rule, ...] = (
    *MISREADING_RULES,
    # what the bytes of a file left behind; reports, before anything is taken away
    binary_data.RULE,
    not_utf8.RULE,
    mixed_encodings.RULE,
    utf16_content.RULE,
    mixed_line_ends.RULE,
    # other damage
    c1_controls.RULE,
    surrogate_pairs.RULE,
    lone_surrogates.RULE,
    scrape_gaps.RULE,
    unbalanced_bidi.RULE,
    # unseen characters; terminal escapes before the controls that they begin with
    nul_characters.RULE,
    terminal_escapes.RULE,
    byte_order_marks.RULE,
    control_characters.RULE,
    bidi_controls.RULE,
    tag_characters.RULE,
    invisible_characters.RULE,
    # escapes; those that hide others first
    quoted_printable.RULE,
    percent_escapes.RULE,
    literal_escapes.RULE,
    doubly_escaped_entities.RULE,
    html_entities.RULE,
    # style
    soft_hyphens.RULE,
    width_forms.RULE,
    latin_ligatures.RULE,
    plain_quotes.RULE,
    plain_dashes.RULE,
    plain_ellipses.RULE,
    plain_spaces.RULE,
    nfd.RULE,
    nfkc.RULE,
    nfc.RULE,
    line_ends.RULE,
    trailing_spaces.RULE,
    final_newline.RULE,
    confusable_letters.RULE,
)
"""All rules, in order. A test pins it."""


def get(code: str) -> Rule:
    """Return the rule with a code; raise UnknownRuleError, which names the nearest code.

    >>> get("TM101").name
    'misread-text'
    """
    for rule in RULES:
        if rule.code == code:
            return rule
    raise UnknownRuleError(_unknown(code))


@functools.lru_cache(maxsize=64)
def selected(options: Options, rules: tuple[Rule, ...] = RULES) -> tuple[Rule, ...]:
    """Return those of the rules that the options want, in order.

    Raises UnknownRuleError for a code, or the beginning of one, that no rule has, and
    UnknownEncodingError for an encoding that is not known.

    >>> [rule.code for rule in selected(Options(disable=("TM103",)), MISREADING_RULES)]
    ['TM101', 'TM102', 'TM104']
    """
    for code in (*options.enable, *options.disable):
        if not any(rule.code.startswith(code) for rule in (*RULES, *rules)):
            raise UnknownRuleError(_unknown(code))
    if options.encodings:
        from textmend.encodings import get as encoding

        for name in options.encodings:
            encoding(name)
    return tuple(rule for rule in rules if rule.chosen(options))


def _unknown(code: str) -> str:
    """Say that there is no such rule, and which may have been meant."""
    import difflib

    def nearness(known: str) -> tuple[int, float]:
        alike = sum(code.startswith(known[:length]) for length in range(1, len(known)))
        return alike, difflib.SequenceMatcher(None, code, known).ratio()

    near = max(sorted(rule.code for rule in RULES), key=nearness)
    return f"there is no rule {code!r}; did you mean {near}?"

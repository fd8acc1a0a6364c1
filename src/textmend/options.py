"""What a caller may ask for: the profile, single rules, how sure to be, and hints.

>>> Options(disable=["TM101"]).replace(min_confidence=0.5).disable
('TM101',)
"""

from __future__ import annotations

import dataclasses
import re

from textmend.errors import OptionsError

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from typing import Any

PROFILES = ("repair", "tidy", "plain")
"""The profiles, from the most careful on. Each holds all the rules of the one before it."""

# The probability that a change must have to be made when the caller does not say. At nine in ten,
# a wrong change is rarer than the damage it would be mistaken for.
DEFAULT_MIN_CONFIDENCE = 0.9

_CODE = re.compile(r"TM[0-9]{0,3}")  # a rule's code or the beginning of one
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as textmend uses it


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to repair and how sure to be. Checked when made, never changed after.

    profile: the set of rules to start from: "repair" (damage only), "tidy", "plain".
    enable, disable: codes of rules to add and to take away, or their beginnings ("TM4" is every
        rule from TM400 to TM499). Disabling wins over enabling.
    min_confidence: a change less probable than this is reported, not made (0 to 1).
    languages: BCP 47 tags of the languages to expect; empty for any.
    encodings: names of the encodings to consider; empty for all.

    Raises OptionsError, which says what the value may be.

    >>> Options(profile="tidy").profile
    'tidy'
    >>> Options(min_confidence=90)
    Traceback (most recent call last):
    ...
    textmend.errors.OptionsError: min_confidence is a probability from 0 to 1, not 90
    """

    profile: str = "repair"
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    languages: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check every field and turn lists into tuples."""
        if self.profile not in PROFILES:
            raise OptionsError(f"profile is one of {', '.join(PROFILES)}, not {self.profile!r}")
        for field in ("enable", "disable"):
            self._keep(field, _CODE, "rule codes such as TM101, or beginnings of them")
        self._keep("languages", _LANGUAGE, "language tags such as en or zh-Hant")
        self._keep("encodings", None, "names of encodings such as gbk")
        self._check_confidence()

    def _keep(self, field: str, form: re.Pattern[str] | None, wanted: str) -> None:
        """Store a field as a tuple of strings of the given form, or refuse it."""
        value: object = getattr(self, field)
        if isinstance(value, str | bytes) or not hasattr(value, "__iter__"):
            raise OptionsError(f"{field} is a list or tuple of {wanted}, not {value!r}")
        items: tuple[object, ...] = tuple(value)
        for item in items:
            if not isinstance(item, str) or not item or (form and not form.fullmatch(item)):
                raise OptionsError(f"{field} holds {wanted}, not {item!r}")
        object.__setattr__(self, field, items)

    def _check_confidence(self) -> None:
        """Refuse a min_confidence that is no probability."""
        value: object = self.min_confidence
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0.0 <= self.min_confidence <= 1.0:  # not a number fails here too
            raise OptionsError(f"min_confidence is a probability from 0 to 1, not {value!r}")

    def replace(self, **changes: Any) -> Options:
        """Return the same options with some changed; the result is checked like new ones.

        >>> Options().replace(profile="plain").profile
        'plain'
        >>> Options().replace(colour="red")
        Traceback (most recent call last):
        ...
        textmend.errors.OptionsError: there is no option 'colour'; the options are profile, ...
        """
        for name in changes:
            if name not in self.__slots__:
                known = ", ".join(self.__slots__)
                raise OptionsError(f"there is no option {name!r}; the options are {known}")
        return dataclasses.replace(self, **changes)

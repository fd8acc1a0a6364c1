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
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from pathlib import Path
    from typing import Any

PROFILES = ("repair", "tidy", "plain")
"""The profiles, from the most careful on. Each holds all the rules of the one before it."""

# The probability that a change must have to be made when the caller does not say. At nine in ten,
# a wrong change is rarer than the damage it would be mistaken for.
DEFAULT_MIN_CONFIDENCE = 0.9

_CODE = re.compile(r"TM[0-9]{0,3}")  # a rule's code or the beginning of one
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as textmend uses it

# The files that may hold options, the first found in a directory wins; and the table in pyproject.toml.
_OWN_FILE = "textmend.toml"
_PROJECT_FILE = "pyproject.toml"
_TABLE = "textmend"


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
        >>> Options().replace(profil="plain")
        Traceback (most recent call last):
        ...
        textmend.errors.OptionsError: there is no option 'profil'; did you mean 'profile'?
        """
        for name in changes:
            if name not in self.__slots__:
                raise OptionsError(f"there is no option {name!r}; {_nearest(name, self.__slots__)}")
        return dataclasses.replace(self, **changes)


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What a configuration file says.

    options: the options.
    path: the file they came from.
    rest: the values that belong to a surface, by their names with underscores.

    >>> from pathlib import Path
    >>> Settings(Options(), Path("textmend.toml"), {}).options.profile
    'repair'
    """

    options: Options
    path: Path
    rest: dict[str, Any]


def options_from(table: Mapping[str, Any], also: Iterable[str] = ()) -> tuple[Options, dict[str, Any]]:
    """Return the options of a table, and the values whose names are in `also`.

    Names may be written with hyphens or underscores. An unknown name is an OptionsError that says
    which name is nearest.

    >>> options_from({"min-confidence": 0.99, "exclude": ["build"]}, also=("exclude",))[1]
    {'exclude': ['build']}
    """
    extra = {name.replace("-", "_") for name in also}
    known = (*Options.__slots__, *sorted(extra))
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            shown = [each.replace("_", "-") for each in known]
            raise OptionsError(f"there is no option {key!r}; {_nearest(key, shown)}")
        if name in values:
            raise OptionsError(f"the option {key!r} is there twice")
        values[name] = value
    rest = {name: values.pop(name) for name in list(values) if name in extra}
    return Options(**values), rest


def read_settings(path: str | PathLike[str], also: Iterable[str] = ()) -> Settings:
    """Read textmend.toml, or the table [tool.textmend] of a pyproject.toml.

    Any file not named pyproject.toml is read as a textmend.toml. A pyproject.toml without the table
    gives the defaults. Raises OptionsError, which names the file, for what cannot be read.

    >>> read_settings("no-such-file.toml")
    Traceback (most recent call last):
    ...
    textmend.errors.OptionsError: no-such-file.toml cannot be read: No such file or directory
    """
    import tomllib
    from pathlib import Path

    path = Path(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise OptionsError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:  # no UTF-8, or no TOML
        raise OptionsError(f"{path} cannot be read: {error}") from None
    if path.name == _PROJECT_FILE:
        tools = table.get("tool", {})
        table = tools.get(_TABLE, {}) if isinstance(tools, dict) else {}
    if not isinstance(table, dict):
        raise OptionsError(f"{path}: tool.{_TABLE} is a table, not {table!r}")
    try:
        options, rest = options_from(table, also)
    except OptionsError as error:
        raise OptionsError(f"{path}: {error}") from None
    return Settings(options, path, rest)


def settings_in(directory: Path) -> Path | None:
    """Return the configuration file that stands in a directory itself.

    >>> from pathlib import Path
    >>> settings_in(Path("/")) is None
    True
    """
    own = directory / _OWN_FILE
    if own.is_file():
        return own
    project = directory / _PROJECT_FILE
    return project if project.is_file() and _has_table(project) else None


def _has_table(path: Path) -> bool:
    """Return whether a pyproject.toml has the table of textmend; one that is no TOML has none."""
    import tomllib

    try:
        tools = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("tool", {})
    except (OSError, ValueError):
        return False
    return isinstance(tools, dict) and _TABLE in tools


def _nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or which there are."""
    import difflib

    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    return f"did you mean {near[0]!r}?" if near else f"the options are {', '.join(names)}"

"""The exceptions that textmend raises.

    TextmendError
    ├── OptionsError (ValueError)            an option has a value that it cannot have
    │   └── UnknownRuleError (LookupError)   a rule's code that is not in the registry
    ├── UnknownEncodingError (LookupError)   an encoding's name that is not in the registry
    ├── PlanError (ValueError)               a plan that cannot be used
    │   ├── PlanFormatError                  the data read is not a plan
    │   └── PlanMismatchError                the text is not the one that the plan was made for
    └── DataError                            a data file of the package is damaged or missing

A wrong type (bytes where a text is wanted) is a plain TypeError. A text never raises: every
str is legal input.

>>> issubclass(PlanMismatchError, TextmendError)
True
"""

from __future__ import annotations


class TextmendError(Exception):
    """The root of textmend's exceptions: catch it to catch them all.

    >>> raise TextmendError("something textmend refuses to do")
    Traceback (most recent call last):
    ...
    textmend.errors.TextmendError: something textmend refuses to do
    """


class OptionsError(TextmendError, ValueError):
    """An option has a value that it cannot have.

    >>> issubclass(OptionsError, ValueError)
    True
    """


class UnknownRuleError(OptionsError, LookupError):
    """A rule's code, or the beginning of one, that no rule has.

    >>> issubclass(UnknownRuleError, LookupError)
    True
    """


class UnknownEncodingError(TextmendError, LookupError):
    """An encoding's name that the registry does not hold.

    >>> issubclass(UnknownEncodingError, LookupError)
    True
    """


class PlanError(TextmendError, ValueError):
    """A plan that cannot be used.

    >>> issubclass(PlanError, ValueError)
    True
    """


class PlanFormatError(PlanError):
    """The data read is not a plan: a key is missing, a value has the wrong type.

    >>> issubclass(PlanFormatError, PlanError)
    True
    """


class PlanMismatchError(PlanError):
    """The text is not the one that the plan was made for, so nothing was changed.

    >>> issubclass(PlanMismatchError, PlanError)
    True
    """


class DataError(TextmendError):
    """A data file of the package (a table, the model) is damaged or missing.

    >>> issubclass(DataError, TextmendError)
    True
    """

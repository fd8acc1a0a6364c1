from __future__ import annotations

import inspect

from textmend import errors


def test_all_exceptions_are_in_the_tree() -> None:
    classes = [each for _, each in inspect.getmembers(errors, inspect.isclass)]
    assert all(issubclass(each, errors.TextmendError) for each in classes)
    assert all(each.__name__ in (errors.__doc__ or "") for each in classes)


def test_the_exceptions_are_also_what_python_calls_them() -> None:
    assert issubclass(errors.OptionsError, ValueError)
    assert issubclass(errors.UnknownRuleError, LookupError)
    assert issubclass(errors.UnknownEncodingError, LookupError)
    assert issubclass(errors.PlanMismatchError, errors.PlanError)
    assert issubclass(errors.PlanError, ValueError)

"""An op is a verb of the domain: keyword-only, signed by someone, all or nothing, with its line in the journal."""

import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import transaction

from allervers.base import journal

P = ParamSpec("P")
R = TypeVar("R")
ALL: dict[str, Callable[..., object]] = {}


def op(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` an op. Raises TypeError when it has no `by`, takes positional arguments or says nothing."""
    name = f"{function.__module__.split('.')[1]}.{function.__name__}"
    parameters = inspect.signature(function).parameters
    if "by" not in parameters or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{name}: an op takes keyword-only arguments, one of them `by`.")
    if not function.__doc__:
        raise TypeError(f"{name}: an op says in one line what it does.")

    @functools.wraps(function)
    def signed(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), journal.owing_a_line(name):
            return function(*args, **kwargs)

    ALL[name] = signed
    return signed

"""Finding what somebody typed the name of: a worker, a team, a service, a provider, a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from mhtracker import text
from mhtracker.domain.errors import NotFound
from mhtracker.domain.names import fold

_MOST_NAMED = 12


class Named(Protocol):
    """What has an id and a name."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


def find_named(everyone: Sequence[T], typed: str, what: str) -> T:
    """One by id or name, however it is accented, or the only one with such words in its name. `what` says of what kind.

    Raises NotFound, also when several could be meant.
    """
    exact = [each for each in everyone if typed in (each.id, each.name)]
    alike = exact or [each for each in everyone if fold(each.name) == fold(typed)]
    alike = alike or [each for each in everyone if fold(typed) and fold(typed) in fold(each.name)]
    if len(alike) == 1:
        return alike[0]
    if alike:
        names = ", ".join(f"{each.name} ({each.id})" for each in alike[:8])
        raise NotFound(f"“{typed}” could be {names}. Give the id.")
    raise NotFound(f"There is no {what} “{typed}”.{offer([each.name for each in everyone], typed)}")


def offer(names: list[str], typed: str) -> str:
    """The names that have these words in them, or are nearest, else all of them where they are few."""
    from difflib import get_close_matches

    folded = {fold(name): name for name in names}
    near = [name for each, name in folded.items() if fold(typed) and fold(typed) in each][:3]
    near = near or [folded[each] for each in get_close_matches(fold(typed), list(folded), 3)]
    if near:
        return f" Is it {text.join_words(near, 'or')}?"
    return f" There is {text.join_words(names, 'or')}." if 0 < len(names) <= _MOST_NAMED else ""

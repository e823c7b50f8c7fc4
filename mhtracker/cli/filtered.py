"""`--filter`: a worker, a team, a service, a provider or a locality that there is none of is said so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mhtracker.cli.named import offer
from mhtracker.domain.errors import NotFound
from mhtracker.domain.records import Person, Provider, Record, Service, Team, Worker
from mhtracker.store.queries.caseload import Filter
from mhtracker.store.queries.columns import read_columns_of

if TYPE_CHECKING:
    from mhtracker.store import Store

_NAMED: dict[str, tuple[type[Record], str]] = {
    "team": (Team, "name"),
    "worker": (Worker, "name"),
    "service": (Service, "name"),
    "provider": (Provider, "name"),
    "locality": (Person, "locality"),
}
"""The columns whose values are names of what the register has, each called as a person calls it, and where they are."""


def check_filters(store: Store, filters: Iterable[Filter]) -> tuple[Filter, ...]:
    """The filters as they are. Raises NotFound for a name that nothing has, with those there are.

    A list of nobody would else say that nobody is with a team, where there is no such team. A name that has nobody on
    the day asked is no fault, nor is a part of one asked for by “~”.
    """
    found = tuple(filters)
    for each in found:
        if each.column in _NAMED and each.op in ("=", "!=") and each.value.strip():
            _check(store, each.column, [typed.strip() for typed in each.value.split("|")])
    return found


def _check(store: Store, column: str, wanted: list[str]) -> None:
    kind, field = _NAMED[column]
    names = sorted({name for (name,) in read_columns_of(store, kind, (field,)) if name}, key=str.casefold)
    known = {name.lower() for name in names}
    for typed in wanted:
        if typed and typed.lower() not in known:
            raise NotFound(f"There is no {column} “{typed}”.{offer(names, typed)}")

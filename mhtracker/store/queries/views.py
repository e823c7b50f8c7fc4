"""Views of the caseload: those that are always there, and those that were saved in the register."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mhtracker.domain.errors import NotFound, UserError
from mhtracker.domain.names import fold
from mhtracker.domain.records import SavedView
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, parse_filter, parse_sort
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class View:
    """A named set of filters, with an order and columns (by key, in order) where it was saved with them.

    `saved` is the record behind a view of the register; `here` marks one that this computer alone remembers.
    """

    key: str
    label: str
    filters: tuple[Filter, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    columns: tuple[str, ...] = ()
    saved: SavedView | None = None
    here: bool = False

    def query(self, sort: tuple[tuple[str, bool], ...] = ()) -> CaseloadQuery:
        """What it lists; `sort` is the order where it has none of its own."""
        return CaseloadQuery(self.filters, self.sort or sort)


EVERYONE = "everyone"


def built_in_views(worker_name: str) -> tuple[View, ...]:
    """The views that are always there; "My caseload" once it is known who asks."""
    mine = (View("mine", "My caseload", (Filter("worker", "=", worker_name),)),) if worker_name else ()
    return (
        View(EVERYONE, "Everyone"),
        *mine,
        View("overdue", "Overdue reviews", (Filter("review", "=", "overdue"),)),
        View("slipping", "Slipped targets", (Filter("target", "=", "overdue|slipped"),)),
        View("no_plan", "No move-on plan", (Filter("plan", "=", "no"),)),
        View("stuck", "Stuck", (Filter("stuck", "=", "yes"),)),
        View("s117", "s117", (Filter("s117", "=", "yes"),)),
        View("left", "Left", (Filter("status", "=", "left"),)),
    )


TYPED_ONLY = ("due-soon", "no-target")
"""Views that the command line alone has, by what is typed."""


def is_always_there(name: str) -> bool:
    """Whether a name is a built-in view's, its key or its label: a saved one would be mistaken for it."""
    found = (view for view in built_in_views("anyone"))
    taken = {_plain(words) for view in found for words in (view.key, view.label)} | {_plain(key) for key in TYPED_ONLY}
    return _plain(name) in taken


def _plain(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").replace("_", " ").split())


def list_views(store: Store, who: str) -> tuple[View, ...]:
    """The views saved in the register that `who` may see: their own, then those shared by others, each by name.

    A view is a way of asking and not a fact: of a register as it was known on a day they are those there are now.
    """
    found = [view for view in (store.beneath or store).find(SavedView) if view.shared or is_mine(view, who)]
    found.sort(key=lambda view: (not is_mine(view, who), view.position, fold(view.name), view.id))
    return tuple(as_view(view) for view in found)


def views_seen(store: Store) -> tuple[View, ...]:
    """The saved views that whoever has the register open may see."""
    return list_views(store, store.who)


def is_mine(view: SavedView, who: str) -> bool:
    """Whether a view was saved by a person of that name."""
    return fold(view.owner) == fold(who)


def as_view(saved: SavedView) -> View:
    """A saved view as it is listed; filters that this version does not know are left out."""
    return View(
        key=f"view:{saved.id}",
        label=saved.name,
        filters=read_filters(_list(saved.filters)),
        sort=tuple(_sorts(_list(saved.sort))),
        columns=tuple(str(each) for each in _list(saved.columns)),
        saved=saved,
    )


def find_view(store: Store, name: str, who: str) -> View:
    """A view by its name or key, as typed: built in, one's own, shared. Raises NotFound naming those there are."""
    known = (*built_in_views(who), *list_views(store, who))
    wanted = _plain(name)
    for view in reversed(known):
        if wanted in (_plain(view.key), _plain(view.label)):
            return view
    raise NotFound(f"There is no view “{name}”. There are {', '.join(view.label for view in known)}.")


def typed_filters(filters: Iterable[Filter]) -> list[str]:
    """Filters as a command line writes them."""
    return [f"{each.column}{each.op}{each.value}" for each in filters]


def read_filters(typed: Iterable[Any]) -> tuple[Filter, ...]:
    """The filters again; one that this version does not know is left out."""
    found: list[Filter] = []
    for each in typed:
        try:
            found.append(parse_filter(str(each)))
        except UserError:
            continue
    return tuple(found)


def typed_sort(sort: Iterable[tuple[str, bool]]) -> list[str]:
    """An order as a command line writes it."""
    return [f"-{name}" if down else name for name, down in sort]


def _sorts(typed: Sequence[Any]) -> list[tuple[str, bool]]:
    found = []
    for each in typed:
        try:
            found.append(parse_sort(str(each)))
        except UserError:
            continue
    return found


def _list(kept: str) -> list[Any]:
    try:
        found = json.loads(kept)
    except ValueError:
        return []
    return found if isinstance(found, list) else []

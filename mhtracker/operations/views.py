"""Views of the caseload kept in the register: saved, brought up to date, renamed, shared, deleted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from mhtracker.domain.errors import Invalid
from mhtracker.domain.names import fold
from mhtracker.domain.records import SavedView, new_id
from mhtracker.operations.drafting import drafted
from mhtracker.store import Store
from mhtracker.store.queries.caseload import Filter
from mhtracker.store.queries.views import is_always_there, is_mine, typed_filters, typed_sort

LONGEST_NAME = 40


def save_view(
    store: Store,
    *,
    name: str,
    filters: Sequence[Filter],
    sort: Sequence[tuple[str, bool]] = (),
    columns: Sequence[str] = (),
    shared: bool = False,
    owner: str = "",
) -> SavedView:
    """Keep filters, order and columns under a name, for `owner` (else who records) or for all. Raises Invalid."""
    owner = owner or store.who
    with store.operation("Save view") as work:
        mine = [view for view in work.find(SavedView) if is_mine(view, owner)]
        _check_name(store, name, owner, but="")
        place = max((view.position for view in mine), default=0) + 1
        view = SavedView(new_id(), name, owner, shared, position=place)
        return work.save(drafted(store, _with(view, filters, sort, columns)))


def update_view(
    store: Store,
    view_id: str,
    *,
    filters: Sequence[Filter],
    sort: Sequence[tuple[str, bool]] = (),
    columns: Sequence[str] = (),
) -> SavedView:
    """Make a view list what is listed now."""
    with store.operation("Update view") as work:
        return work.save(_with(work.get(SavedView, view_id), filters, sort, columns))


def rename_view(store: Store, view_id: str, name: str) -> SavedView:
    """Give a view another name. Raises Invalid."""
    with store.operation("Rename view") as work:
        view = work.get(SavedView, view_id)
        _check_name(store, name, view.owner, but=view_id)
        return work.save(drafted(store, replace(view, name=name)))


def share_view(store: Store, view_id: str, *, shared: bool) -> SavedView:
    """Show a view to everybody, or to the one who saved it alone."""
    with store.operation("Share view" if shared else "Stop sharing view") as work:
        return work.save(replace(work.get(SavedView, view_id), shared=shared))


def delete_view(store: Store, view_id: str) -> None:
    """Delete a view; undo brings it back."""
    with store.operation("Delete view") as work:
        work.delete(work.get(SavedView, view_id))


def _with(
    view: SavedView, filters: Sequence[Filter], sort: Sequence[tuple[str, bool]], columns: Sequence[str]
) -> SavedView:
    def told(parts: Sequence[str]) -> str:
        return json.dumps(list(parts), ensure_ascii=False)

    return replace(view, filters=told(typed_filters(filters)), sort=told(typed_sort(sort)), columns=told(columns))


def _check_name(store: Store, name: str, owner: str, *, but: str) -> None:
    name = name.strip()
    if not name:
        raise Invalid({"name": "The name is empty. Write what the view shows, such as: September panel."})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": f"The name has {len(name)} letters and the most is {LONGEST_NAME}. Make it shorter."})
    if is_always_there(name):
        raise Invalid({"name": f"“{name}” is a view that is always there. Choose another name."})
    for view in store.find(SavedView):
        if view.id != but and fold(view.name) == fold(name) and (view.shared or is_mine(view, owner)):
            raise Invalid({"name": f"There is a view called “{view.name}”. Choose another name, or update that one."})

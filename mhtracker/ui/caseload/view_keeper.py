"""Which view of the caseload is in force, how each was left on this computer, and what is recorded of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mhtracker import settings
from mhtracker.domain.errors import UserError
from mhtracker.operations import views as operations
from mhtracker.settings import RegisterSettings, TableSettings, ViewLook
from mhtracker.store.queries.caseload import CaseloadQuery, Filter
from mhtracker.store.queries.views import EVERYONE, View
from mhtracker.ui.caseload.filters import as_typed, built_in_views, views_here
from mhtracker.ui.caseload.head import ViewState
from mhtracker.ui.context import Context
from mhtracker.ui.table_arrangement import ColumnState

FIRST = (EVERYONE, "mine", "overdue", "slipping")


class ViewKeeper:
    """`key` is the view in force; `saved` those of the register, as they were last read.

    `kept` is what this computer remembers of the caseload whatever the view and the register.
    """

    def __init__(self, context: Context, kept: TableSettings) -> None:
        self._context, self.kept = context, kept
        self.saved: tuple[View, ...] = ()
        self.key = EVERYONE
        self.begin_with = ""
        view = self.find(self._register.default_view)
        if view is not None:
            self.key = view.key
            kept.filters = as_typed(view.filters)
        else:
            self.begin_with = self._register.default_view

    @property
    def _register(self) -> RegisterSettings:
        return self._context.computer.register(self._context.register.address)

    def all(self) -> tuple[View, ...]:
        """Every view there is: the usual ones, the register's and this computer's own, the other built-in ones."""
        usual = built_in_views(self._context.register.worker_name)
        first = [view for view in usual if view.key in FIRST]
        rest = [view for view in usual if view.key not in FIRST]
        return (*first, *self.saved, *views_here(self.kept.views), *rest)

    def find(self, key: str) -> View | None:
        return next((view for view in self.all() if view.key == key), None)

    def settle(self, filters: Sequence[Filter]) -> View:
        """The view in force: the one chosen last while its filters hold, else the one that is just these."""
        now, known = set(filters), self.all()
        chosen = next((each for each in known if each.key == self.key), known[0])
        if not (set(chosen.filters) <= now and chosen.filters):
            chosen = next((each for each in known if set(each.filters) == now), known[0])
        self.key = chosen.key
        return chosen

    def state(self, query: CaseloadQuery, columns: Sequence[str]) -> ViewState:
        """What may be done with the view in force."""
        context, view = self._context, self.find(self.key)
        now = set(query.filters)
        is_one = any(set(each.filters) == now for each in self.all())
        changed = (
            view is not None
            and view.saved is not None
            and (set(view.filters), view.sort, view.columns) != (now, query.sort, tuple(columns))
        )
        may_record = not (context.register.read_only or context.as_known)
        return ViewState(bool(now) and not is_one, changed, self._register.default_view == self.key, may_record)

    # How each was left here

    def look(self, key: str) -> ViewLook:
        """How a view is to look: as it was left here, else as it was saved, else as the caseload was left at all."""
        left = self._register.looks.get(key)
        if left is not None and left.columns:
            return left
        view = self.find(key)
        columns = list(view.columns) if view is not None and view.columns else self.kept.columns
        return ViewLook(columns, self.kept.widths, list(view.sort) if view is not None else [])

    def keep_look(self, states: Sequence[ColumnState], sort: Sequence[tuple[str, bool]]) -> None:
        """Remember how the view in force is arranged; that of everyone goes for all that were never arranged."""
        columns = [state.key for state in states if state.shown]
        widths = {state.key: state.width for state in states}
        if self.key == EVERYONE:
            self.kept.columns, self.kept.widths = columns, widths
        else:
            self._register.looks[self.key] = ViewLook(columns, widths, list(sort))
        settings.save_soon(self._context.computer)

    def keep_query(self, query: CaseloadQuery) -> None:
        """Remember what is listed, to begin with it next time."""
        self.kept.sort, self.kept.filters = list(query.sort), as_typed(query.filters)
        settings.save_soon(self._context.computer)

    # What is recorded

    def save(self, name: str, query: CaseloadQuery, columns: Sequence[str], then: Callable[[Any], object]) -> None:
        """Keep what is listed under a name, in the register."""
        self._do(operations.save_view, name=name, filters=query.filters, sort=query.sort, columns=columns, then=then)

    def rename(self, key: str, name: str) -> None:
        """Give a saved view another name."""
        if (view := self.find(key)) is not None and view.saved is not None:
            self._do(operations.rename_view, view.saved.id, name)

    def take_step(self, step: str, key: str, query: CaseloadQuery, columns: Sequence[str]) -> None:
        """Update, share, delete a view, or begin with it from now on."""
        view = self.find(key)
        if step == "begin":
            self._register.default_view = "" if self._register.default_view == key else key
            settings.save_soon(self._context.computer)
            words = f"The caseload begins with “{view.label}”." if view and self._register.default_view else ""
            self._context.shell.say(words or "The caseload begins as it was left.")
        elif step == "delete" and view is not None and view.here:
            self.kept.views.pop(view.label, None)
            settings.save_soon(self._context.computer)
        elif view is not None and view.saved is not None:
            self._record(step, view.saved.id, query, columns)

    def _record(self, step: str, view_id: str, query: CaseloadQuery, columns: Sequence[str]) -> None:
        if step == "update":
            self._do(operations.update_view, view_id, filters=query.filters, sort=query.sort, columns=columns)
        elif step in ("share", "unshare"):
            self._do(operations.share_view, view_id, shared=step == "share")
        elif step == "delete":
            self._register.looks.pop(f"view:{view_id}", None)
            self._do(operations.delete_view, view_id)

    def _do(
        self, operation: Callable[..., Any], *args: Any, then: Callable[[Any], object] | None = None, **named: Any
    ) -> None:
        def refused(error: UserError) -> None:
            self._context.shell.say(str(error))

        self._context.jobs.do(operation, *args, then=then or (lambda _: None), failed=refused, **named)

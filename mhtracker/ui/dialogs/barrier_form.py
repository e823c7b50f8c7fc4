"""Barriers: what holds a move up, since when, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import NotFound
from mhtracker.domain.records import Barrier
from mhtracker.operations.barriers import edit_barrier, end_barrier, preview_barrier, start_barrier
from mhtracker.operations.drafting import Preview
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import TextEdit
from mhtracker.ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class BarrierFacts:
    """The barrier the form is about (None: a new one, or none is open), its words, and what may be chosen."""

    barrier: Barrier | None
    words: str
    reasons: tuple[Choice, ...]
    sides: tuple[Choice, ...]


def read_barrier(store: Store, person_id: str, barrier_id: str | None, *, longest: bool = False) -> BarrierFacts:
    """What the forms need. Without an id `longest` means the one that has been open longest."""
    barrier = store.get(Barrier, barrier_id) if barrier_id else None
    if barrier is None and longest:
        still = store.find(Barrier, order_by=("started_on",), person_id=person_id, ended_on=None)
        barrier = still[0] if still else None
    return BarrierFacts(
        barrier,
        store.code_label("delay_reason", barrier.code) if barrier else "",
        tuple(code_choices(store, "delay_reason", barrier.code if barrier else None)),
        tuple(code_choices(store, "attributable", barrier.attributable if barrier else None)),
    )


class BarrierForm(FormPanel):
    """Says what holds the move up since a day."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Add a barrier", primary="Add barrier", key=f"barrier:{person_id}", person_id=person_id
        )

    def read(self, store: Store) -> BarrierFacts:
        return read_barrier(store, self.person_id or "", None)

    def make_form(self, data: BarrierFacts) -> Form:
        form = barrier_fields(self, data)
        form.set_values({"started_on": self.context.today})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("code") or values.get("started_on") is None:
            return None
        return preview_barrier(store, self.person_id or "", **_filled(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Barrier:
        return start_barrier(store, self.person_id or "", **_filled(values))

    def said(self, result: Barrier) -> str:
        return f"Added what holds {self.whole_name}’s move up."


class _AboutOne(FormPanel):
    """A form about one barrier. Without `barrier_id` it is the longest open one."""

    command, title, primary = "", "", ""

    def __init__(self, context: Context, *, person_id: str, barrier_id: str | None = None) -> None:
        self._barrier_id = barrier_id
        key = ":".join(filter(None, (self.command, person_id, barrier_id)))
        args = {"barrier_id": barrier_id} if barrier_id else {}
        super().__init__(context, self.title, primary=self.primary, key=key, person_id=person_id, args=args)

    def read(self, store: Store) -> BarrierFacts:
        found = read_barrier(store, self.person_id or "", self._barrier_id, longest=True)
        self._barrier_id = found.barrier.id if found.barrier is not None else None
        return found

    def about(self, data: BarrierFacts) -> Mapping[str, Any]:
        return {"barrier_id": data.barrier.id} if data.barrier is not None else {}


class EditBarrierForm(_AboutOne):
    """Puts a barrier right."""

    command, title, primary = "edit_barrier", "Change a barrier", "Change barrier"

    def make_form(self, data: BarrierFacts) -> Form:
        self.base = data.barrier
        form = barrier_fields(self, data)
        if data.barrier is not None:
            form.set_values({name: getattr(data.barrier, name) for name in form.editors} | _sided(data.barrier))
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Barrier:
        return edit_barrier(store, _there(self.data).id, base=self.base, **_filled(values))

    def said(self, result: Barrier) -> str:
        return f"Changed what held {self.whole_name}’s move up."


class EndBarrierForm(_AboutOne):
    """Says that a barrier holds the move up no longer."""

    command, title, primary = "end_barrier", "End a barrier", "End barrier"

    def stands_on(self, data: BarrierFacts) -> Any:
        return data.barrier

    def make_form(self, data: BarrierFacts) -> Form:
        theme = self.theme
        since = f"{data.words}, since {text.format_date(data.barrier.started_on)}" if data.barrier else NO_BARRIER
        form = Form(
            theme,
            Part("Barrier"),
            Label(since, wrap=True),
            Ask("ended_on", DateEdit(theme, lambda: self.context.today), of=(Barrier, "ended_on"), required=True),
            Ask("note", TextEdit(theme, lines=2), of=(Barrier, "note"), help="How it was solved (optional)."),
            name="End a barrier",
        )
        form.set_values({"ended_on": self.context.today})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Barrier:
        return end_barrier(store, _there(self.data).id, ended_on=values["ended_on"], note=values.get("note") or "")

    def said(self, result: Barrier) -> str:
        days = text.count((result.ended_on - result.started_on).days, "day") if result.ended_on else ""
        return f"Ended a barrier to {self.whole_name}’s move after {days}."


NO_BARRIER = "Nothing holds the move up."


def barrier_fields(panel: FormPanel, data: BarrierFacts) -> Form:
    """The fields of a barrier."""
    theme = panel.theme

    def day() -> DateEdit:
        return DateEdit(theme, lambda: panel.context.today)

    return Form(
        theme,
        Ask("code", ChoiceEdit(theme, data.reasons), of=(Barrier, "code")),
        Ask("started_on", day(), of=(Barrier, "started_on")),
        Ask("ended_on", day(), of=(Barrier, "ended_on"), help="Empty while it lasts."),
        Ask("attributable", ChoiceEdit(theme, data.sides, blank="Nobody in particular"), of=(Barrier, "attributable")),
        Ask("note", TextEdit(theme, lines=3), of=(Barrier, "note"), help="What exactly, and who could solve it."),
        name="Barrier",
    )


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "attributable": values.get("attributable") or "", "note": values.get("note") or ""}


def _sided(barrier: Barrier) -> dict[str, Any]:
    return {"attributable": barrier.attributable or None}


def _there(data: BarrierFacts) -> Barrier:
    if data.barrier is None:
        raise NotFound(NO_BARRIER)
    return data.barrier

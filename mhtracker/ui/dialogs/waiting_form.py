"""The waiting list: somebody put on it, what they wait for, and taken off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import NotFound
from mhtracker.domain.fields import field_label
from mhtracker.domain.records import Service, Waiting
from mhtracker.operations.drafting import Preview
from mhtracker.operations.places.waiting import (
    edit_waiting,
    preview_waiting,
    put_on_waiting_list,
    take_off_waiting_list,
)
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_parts import code_choices, service_choices, stage_choices
from mhtracker.ui.dialogs.service_form import YES_NO, Back, PlacesForm
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, RadioEdit, TextEdit
from mhtracker.ui.ticks_edit import TicksEdit
from mhtracker.ui.widgets.labels import Label

BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class WaitFacts:
    """The entry the form is about (None: a new one), and what may be chosen."""

    waiting: Waiting | None
    stages: tuple[Choice, ...]
    services: tuple[Choice, ...]
    localities: tuple[Choice, ...]
    features: tuple[Choice, ...]
    priorities: tuple[Choice, ...]
    reasons: tuple[Choice, ...]


def waiting_of(store: Store, person_id: str, waiting_id: str | None) -> Waiting | None:
    """The entry of that id, else the one that runs."""
    if waiting_id:
        return store.get(Waiting, waiting_id)
    running = store.find(Waiting, order_by=("since_on",), person_id=person_id, ended_on=None)
    return running[-1] if running else None


def read_wait_facts(store: Store, waiting: Waiting | None) -> WaitFacts:
    """What the forms need."""
    services = [each for each in store.find(Service) if each.closed_on is None or each.closed_on > store.today]
    named = {each.locality for each in services if each.locality and each.in_area}
    named |= set(_parts(waiting.localities if waiting is not None else ""))
    keep = waiting.stage_id if waiting is not None else None
    return WaitFacts(
        waiting,
        tuple(stage_choices(store.stages(), keep)),
        tuple(service_choices([each for each in services if each.in_area], keep)),
        tuple(Choice(name, name) for name in sorted(named)),
        tuple(code_choices(store, "feature")),
        tuple(code_choices(store, "priority")),
        tuple(code_choices(store, "waiting_end")),
    )


def _parts(localities: str) -> Iterable[str]:
    return filter(None, (name.strip() for name in localities.split(";")))


class WaitForm(PlacesForm):
    """Puts somebody on the waiting list."""

    def __init__(self, context: Context, *, person_id: str, back: Back = None) -> None:
        super().__init__(
            context,
            "Put on the waiting list",
            back=back,
            primary="Put on the list",
            key=f"wait:{person_id}",
            person_id=person_id,
        )

    def read(self, store: Store) -> WaitFacts:
        return read_wait_facts(store, None)

    def make_form(self, data: WaitFacts) -> Form:
        form = wait_fields(self, data)
        form.set_values({"since_on": self.context.today, "priority": "ordinary", "needs_home": True})
        return form

    def on_edited(self) -> None:
        _show_reason(self.form)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not (values.get("stage_id") or values.get("service_id")):
            return None
        return preview_waiting(store, self.person_id or "", **_filled(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Waiting:
        return put_on_waiting_list(store, self.person_id or "", **_filled(values))

    def said(self, result: Waiting) -> str:
        return f"Put {self.whole_name} on the waiting list."


class _RunningWait(PlacesForm):
    """A form of somebody's entry. Without `_waiting_id` it is the one that runs."""

    _waiting_id: str | None

    def read(self, store: Store) -> WaitFacts:
        found = waiting_of(store, self.person_id or "", self._waiting_id)
        if found is None:
            raise NotFound(NOT_WAITING)
        self._waiting_id = found.id
        return read_wait_facts(store, found)

    def about(self, data: WaitFacts) -> Mapping[str, Any]:
        return {"waiting_id": data.waiting.id} if data.waiting is not None else {}


class EditWaitForm(_RunningWait):
    """Changes what somebody waits for. Without `waiting_id` it is the entry that runs."""

    def __init__(self, context: Context, *, person_id: str, waiting_id: str | None = None, back: Back = None) -> None:
        self._waiting_id = waiting_id
        super().__init__(
            context,
            "Change what they wait for",
            back=back,
            primary="Save",
            key=":".join(filter(None, ("edit_wait", person_id, waiting_id))),
            person_id=person_id,
            args={"waiting_id": waiting_id} if waiting_id else {},
        )

    def make_form(self, data: WaitFacts) -> Form:
        self.base = data.waiting
        form = wait_fields(self, data)
        form.set_values({name: getattr(data.waiting, name) for name in form.editors})
        return form

    def on_edited(self) -> None:
        _show_reason(self.form)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("since_on") is None:
            return None
        return preview_waiting(store, self.person_id or "", self._waiting_id, **_filled(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Waiting:
        return edit_waiting(store, self._waiting_id or "", base=self.base, **_filled(values))

    def said(self, result: Waiting) -> str:
        return f"Changed what {self.whole_name} waits for."


NOT_WAITING = "This person is not on the waiting list. Put them on it first."


def wait_fields(panel: PlacesForm, data: WaitFacts) -> Form:
    """The fields of an entry."""
    theme = panel.theme
    where = TicksEdit(theme, data.localities, between=BETWEEN) if data.localities else LineEdit(theme)
    priorities = [(choice.value, choice.words) for choice in data.priorities]
    return Form(
        theme,
        Ask("since_on", DateEdit(theme, lambda: panel.context.today), of=(Waiting, "since_on")),
        Ask("stage_id", ChoiceEdit(theme, data.stages, blank="Any stage"), of=(Waiting, "stage_id")),
        Ask("service_id", ChoiceEdit(theme, data.services, blank="Any service"), of=(Waiting, "service_id"),
            help="Only if it must be that one."),
        Ask("localities", where, of=(Waiting, "localities"), help="None for anywhere."),
        Ask("features", TicksEdit(theme, data.features), of=(Waiting, "features"),
            help="Only what they cannot do without."),
        Ask("priority", RadioEdit(theme, priorities), of=(Waiting, "priority"), required=True),
        Ask("priority_reason", LineEdit(theme), of=(Waiting, "priority_reason")),
        Ask("needs_home", CheckEdit(theme, field_label(Waiting, "needs_home")), label="",
            help="Not only support where they live."),
        Ask("own_wish", ChoiceEdit(theme, YES_NO, blank="Not asked"), of=(Waiting, "own_wish")),
        Ask("funding_agreed", ChoiceEdit(theme, YES_NO, blank="Not known"), of=(Waiting, "funding_agreed")),
        Ask("note", TextEdit(theme, lines=2), of=(Waiting, "note")),
        name="Waiting list",
    )  # fmt: skip


def _show_reason(form: Form | None) -> None:
    if form is not None:
        priority = form.editors["priority"].value()
        form.set_shown("priority_reason", priority not in (None, "ordinary"))


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    words = ("localities", "features", "priority_reason", "note")
    found = {name: value or "" if name in words else value for name, value in values.items()}
    return found | {"priority": found.get("priority") or "ordinary", "needs_home": bool(found.get("needs_home"))}


class EndWaitForm(_RunningWait):
    """Takes somebody off the waiting list, and says why."""

    def __init__(self, context: Context, *, person_id: str, waiting_id: str | None = None, back: Back = None) -> None:
        self._waiting_id = waiting_id
        super().__init__(
            context,
            "Take off the waiting list",
            back={"tab": "waiting"} if back is not None else None,
            primary="Take off the list",
            key=":".join(filter(None, ("end_wait", person_id, waiting_id))),
            person_id=person_id,
            args={"waiting_id": waiting_id} if waiting_id else {},
        )

    def stands_on(self, data: WaitFacts) -> Any:
        return data.waiting

    def make_form(self, data: WaitFacts) -> Form:
        theme = self.theme
        since = text.format_date(data.waiting.since_on) if data.waiting is not None else ""
        form = Form(
            theme,
            Label(f"On the list since {since}.", wrap=True),
            Ask("end_reason", ChoiceEdit(theme, data.reasons), of=(Waiting, "end_reason"), required=True),
            Ask("ended_on", DateEdit(theme, lambda: self.context.today), of=(Waiting, "ended_on"), required=True),
            name="Take off the waiting list",
        )
        form.set_values({"ended_on": self.context.today})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Waiting:
        return take_off_waiting_list(
            store, self._waiting_id or "", end_reason=values["end_reason"], ended_on=values["ended_on"]
        )

    def said(self, result: Waiting) -> str:
        return f"Took {self.whole_name} off the waiting list."

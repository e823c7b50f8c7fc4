"""Actions: adding one, changing it, and saying that it is done, dropped or put off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import NotFound
from mhtracker.domain.move_on_rules import HOME, NOT_HOME, SUSTAINMENT
from mhtracker.domain.records import Action, Team, Worker
from mhtracker.operations.actions import (
    add_action,
    drop_action,
    edit_action,
    finish_action,
    preview_action,
    put_off_action,
)
from mhtracker.operations.drafting import Preview
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit, Typed
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import worker_choices
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import RadioEdit, TextEdit
from mhtracker.ui.widgets.labels import Label

NO_ACTION = "Nothing is left to be done."


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """The action the form is about (None: a new one, or none is open), and the office's workers."""

    action: Action | None
    workers: tuple[Choice, ...]


def read_action(store: Store, person_id: str, action_id: str | None, *, soonest: bool = False) -> ActionFacts:
    """What the forms need. Without an id `soonest` means the open one that is due first."""
    action = store.get(Action, action_id) if action_id else None
    if action is None and soonest:
        still = store.find(Action, person_id=person_id, done_on=None, dropped_on=None)
        action = min(still, key=lambda each: (each.due_on or date.max, each.id), default=None)
    keep = action.worker_id if action is not None else None
    return ActionFacts(action, tuple(worker_choices(store.find(Worker), store.find(Team), store.today, keep)))


class ActionForm(FormPanel):
    """Agrees on something to be done, by whom and by when."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(context, "Add an action", primary="Add action", key=f"action:{person_id}", person_id=person_id)

    def read(self, store: Store) -> ActionFacts:
        return read_action(store, self.person_id or "", None)

    def make_form(self, data: ActionFacts) -> Form:
        return action_fields(self, data)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_action(store, self.person_id or "", **owned(values)) if values.get("what") else None

    def perform(self, store: Store, values: Mapping[str, Any]) -> Action:
        return add_action(store, self.person_id or "", **owned(values))

    def said(self, result: Action) -> str:
        return f"Added an action for {self.whole_name}."


class _AboutOne(FormPanel):
    """A form about one action. Without `action_id` it is the open one that is due first."""

    command, title, primary = "", "", ""

    def __init__(self, context: Context, *, person_id: str, action_id: str | None = None) -> None:
        self._action_id = action_id
        key = ":".join(filter(None, (self.command, person_id, action_id)))
        args = {"action_id": action_id} if action_id else {}
        super().__init__(context, self.title, primary=self.primary, key=key, person_id=person_id, args=args)

    def read(self, store: Store) -> ActionFacts:
        found = read_action(store, self.person_id or "", self._action_id, soonest=True)
        self._action_id = found.action.id if found.action is not None else None
        return found

    def about(self, data: ActionFacts) -> Mapping[str, Any]:
        return {"action_id": data.action.id} if data.action is not None else {}

    def stands_on(self, data: ActionFacts) -> Any:
        return data.action

    @property
    def action(self) -> Action:
        if self.data.action is None:
            raise NotFound(NO_ACTION)
        found: Action = self.data.action
        return found

    def headed(self, data: ActionFacts) -> tuple[Part, Label]:
        """What it is about, at the top of the form."""
        if data.action is None:
            return Part("Action"), Label(NO_ACTION, tone="text2", wrap=True)
        due = f", due {text.format_date(data.action.due_on)}" if data.action.due_on else ""
        return Part("Action"), Label(f"{data.action.what}{due}", wrap=True)


class EditActionForm(_AboutOne):
    """Puts an action right."""

    command, title, primary = "edit_action", "Change an action", "Change action"

    def stands_on(self, data: ActionFacts) -> Any:
        return None

    def make_form(self, data: ActionFacts) -> Form:
        self.base = data.action
        form = action_fields(self, data)
        if data.action is not None:
            action = data.action
            owner = action.worker_id or (Typed(action.owner) if action.owner else None)
            form.set_values({"what": action.what, "owner": owner, "due_on": action.due_on, "note": action.note})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Action:
        return edit_action(store, self.action.id, base=self.base, **owned(values))

    def said(self, result: Action) -> str:
        return f"Changed an action for {self.whole_name}."


class FinishActionForm(_AboutOne):
    """Says that an action is done; of a check that a home lasts, how it turned out."""

    command, title, primary = "finish_action", "Mark as done", "Mark as done"

    def make_form(self, data: ActionFacts) -> Form:
        theme = self.theme
        check = data.action is not None and data.action.phase == SUSTAINMENT
        outcome = RadioEdit(theme, [(HOME, "Still at home"), (NOT_HOME, "No longer at home")])
        form = Form(
            theme,
            *self.headed(data),
            Ask("outcome", outcome, of=(Action, "outcome"), required=check),
            Ask("done_on", DateEdit(theme, lambda: self.context.today), of=(Action, "done_on"), required=True),
            Ask("note", TextEdit(theme, lines=3), of=(Action, "note"), help="What came of it (optional)."),
            name="Mark as done",
        )
        form.set_shown("outcome", check)
        form.set_values({"done_on": self.context.today})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Action:
        return finish_action(
            store,
            self.action.id,
            done_on=values["done_on"],
            outcome=values.get("outcome") or "",
            note=values.get("note") or "",
        )

    def said(self, result: Action) -> str:
        return f"Done for {self.whole_name}: {result.what}"


class PutOffActionForm(_AboutOne):
    """Gives an action another day, saying why."""

    command, title, primary = "put_off_action", "Put an action off", "Put off"

    def make_form(self, data: ActionFacts) -> Form:
        theme = self.theme
        return Form(
            theme,
            *self.headed(data),
            Ask("due_on", DateEdit(theme, lambda: self.context.today), of=(Action, "due_on"), label="New day",
                required=True),
            Ask("reason", TextEdit(theme, lines=2), label="Reason", help="Why it takes longer.", required=True),
            name="Put an action off",
        )  # fmt: skip

    def perform(self, store: Store, values: Mapping[str, Any]) -> Action:
        return put_off_action(store, self.action.id, due_on=values["due_on"], reason=values["reason"])

    def said(self, result: Action) -> str:
        return f"Put off to {text.format_date(result.due_on)}: {result.what}"


class DropActionForm(_AboutOne):
    """Says that an action will not be done, and why."""

    command, title, primary = "drop_action", "Drop an action", "Drop action"

    def make_form(self, data: ActionFacts) -> Form:
        why = TextEdit(self.theme, lines=2)
        asked = Ask("drop_reason", why, of=(Action, "drop_reason"), label="Reason", required=True)
        return Form(self.theme, *self.headed(data), asked, name="Drop an action")

    def perform(self, store: Store, values: Mapping[str, Any]) -> Action:
        return drop_action(store, self.action.id, reason=values["drop_reason"])

    def said(self, result: Action) -> str:
        return f"Dropped: {result.what}"


def action_fields(panel: FormPanel, data: ActionFacts) -> Form:
    """The fields of an action."""
    theme = panel.theme
    owner = ChoiceEdit(theme, data.workers, allow_new=True, placeholder="A worker, or any name")
    return Form(
        theme,
        Ask("what", TextEdit(theme, lines=2), of=(Action, "what")),
        Ask("owner", owner, of=(Action, "owner"), help="One of the office’s workers, or a name as you write it."),
        Ask("due_on", DateEdit(theme, lambda: panel.context.today), of=(Action, "due_on"), label="By", help=""),
        Ask("note", TextEdit(theme, lines=2), of=(Action, "note")),
        name="Action",
    )


def owned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values with the owner as a worker or as a name."""
    owner = values.get("owner")
    who = {"worker_id": None, "owner": owner.words} if isinstance(owner, Typed) else {"worker_id": owner, "owner": ""}
    return {"what": values.get("what") or "", "due_on": values.get("due_on"), "note": values.get("note") or "", **who}

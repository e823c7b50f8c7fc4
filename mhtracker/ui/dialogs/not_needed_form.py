"""Saying that the contact asked for after a discharge is not needed, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker.domain.records import Review
from mhtracker.domain.reviewing.due import Need
from mhtracker.operations.reviews import say_not_needed
from mhtracker.store import Store
from mhtracker.store.queries.due_needs import read_needs
from mhtracker.text import format_date
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import TextEdit
from mhtracker.ui.widgets.labels import Label

STAYS_TOLD = "It is asked for no longer. That, your name and the reason stay in the history; it can be undone."


class NotNeededForm(FormPanel):
    """`kind` is the kind of contact that was in hand."""

    def __init__(self, context: Context, *, person_id: str, kind: str = "") -> None:
        self._kind = kind
        super().__init__(
            context, "Contact not needed", primary="Record", key=f"contact_not_needed:{person_id}", person_id=person_id
        )

    chosen_once = ("kind",)

    def read(self, store: Store) -> tuple[Need, ...]:
        needs = read_needs(store, self.person_id or "", store.today)
        return tuple(need for need in needs if need.contact and need.is_listed(store.today))

    def stands_on(self, data: tuple[Need, ...]) -> Any:
        return data

    def make_form(self, data: tuple[Need, ...]) -> Form:
        choices = {need.kind: Choice(need.kind, f"{need.what}, by {format_date(need.due_on)}") for need in data}
        form = Form(
            self.theme,
            Ask("kind", ChoiceEdit(self.theme, list(choices.values())), label="What", required=True),
            Ask(
                "abandon_reason",
                TextEdit(self.theme, lines=3),
                label="Not needed, because",
                help="Such as: seen by the crisis team on the ward’s behalf, see their letter.",
                required=True,
            ),
            Label(STAYS_TOLD if data else "No contact is asked for now.", "caption", "text2", wrap=True),
            name="Contact not needed",
        )
        first = self._kind if self._kind in choices else next(iter(choices), None)
        form.set_values({"kind": first, "abandon_reason": ""})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Review:
        return say_not_needed(store, self.person_id or "", values["kind"] or "", reason=values["abandon_reason"] or "")

    def said(self, result: Review) -> str:
        return f"A contact with {self.whole_name} is not needed."

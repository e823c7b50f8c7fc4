"""An event of a person's story, in words of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker.domain.records import KeyEvent
from mhtracker.operations.key_events import add_event, edit_event
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import TextEdit


class EventForm(FormPanel):
    """Adds an event that nothing else in the record tells; it is printed with the others that are chosen."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(context, "Add an event", primary="Add event", key=f"event:{person_id}", person_id=person_id)

    def make_form(self, data: Any) -> Form:
        return _fields(self)

    def perform(self, store: Store, values: Mapping[str, Any]) -> KeyEvent:
        return add_event(store, self.person_id or "", **values)

    def said(self, result: KeyEvent) -> str:
        return f"Added an event to {self.whole_name}’s story."


class EditEventForm(FormPanel):
    """Says a chosen event in other words. What it came from stays as it is."""

    def __init__(self, context: Context, *, person_id: str, event_id: str) -> None:
        self._event_id = event_id
        super().__init__(
            context,
            "Say an event in other words",
            primary="Keep words",
            key=f"edit_event:{person_id}:{event_id}",
            person_id=person_id,
            args={"event_id": event_id},
        )

    def read(self, store: Store) -> KeyEvent:
        return store.get(KeyEvent, self._event_id)

    def make_form(self, data: KeyEvent) -> Form:
        self.base = data
        form = _fields(self)
        form.set_values({"words": data.words, "happened_on": data.happened_on})
        # The day of an event that comes from a record is that record's.
        form.set_shown("happened_on", not data.source_id)
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> KeyEvent:
        told = {name: value for name, value in values.items() if value is not None}
        return edit_event(store, self._event_id, base=self.base, **told)

    def said(self, result: KeyEvent) -> str:
        return "Said in other words."


def _fields(panel: FormPanel) -> Form:
    theme = panel.theme
    return Form(
        theme,
        Ask("words", TextEdit(theme, lines=5), of=(KeyEvent, "words"), help="As it should stand on paper."),
        Ask("happened_on", DateEdit(theme, lambda: panel.context.today), of=(KeyEvent, "happened_on"), help=""),
        name="Event",
    )

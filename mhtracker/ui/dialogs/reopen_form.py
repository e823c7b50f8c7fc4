"""Opening a closed case again: somebody came back, or it was recorded by mistake that they left or died."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker import text
from mhtracker.domain.records import Person
from mhtracker.operations.closing import preview_reopening
from mhtracker.operations.drafting import Preview
from mhtracker.operations.people import reopen_case
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit


class ReopenForm(FormPanel):
    """Says beforehand which costs, shares and stays hold again."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Open the case again", primary="Open case", key=f"reopen_case:{person_id}", person_id=person_id
        )

    def read(self, store: Store) -> Person:
        return store.get(Person, self.person_id or "")

    def stands_on(self, data: Person) -> Any:
        return data.left_on, data.died_on

    def make_form(self, data: Person) -> Form:
        never = "They did not die" if data.died_on is not None else "They never left"
        help_words = "Their stay and the move-on plan then go on as well, as if they had never ended."
        return Form(
            self.theme,
            Ask("never_left", CheckEdit(self.theme, f"{never}: it was a mistake"), label="", help=help_words),
            Ask("reason", LineEdit(self.theme), label="Why", help="Stands in the history.", required=False),
            name="Open the case again",
        )

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_reopening(store, self.person_id or "", never_left=bool(values.get("never_left")))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Person:
        reason, never_left = values.get("reason") or "", bool(values.get("never_left"))
        return reopen_case(store, self.person_id or "", reason=reason, never_left=never_left)

    def said(self, result: Person) -> str:
        return f"Opened {text.plain_name(result)}’s case again."

"""Putting a line of Today off until a day, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mhtracker.domain.dates import add_months
from mhtracker.domain.records import Snooze
from mhtracker.operations.snoozing import put_off, suggested_days
from mhtracker.store import Store
from mhtracker.store.queries.caseload import lines_of
from mhtracker.store.queries.due import DueItem, list_due
from mhtracker.store.queries.snoozed import item_key
from mhtracker.text import format_date, format_day
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.today.reading import MONTHS_AHEAD
from mhtracker.ui.today.rows import kind_of
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.labels import Label

NOTHING_CHANGES = (
    "The line leaves Today and comes back by itself. Nothing that is due changes: it counts as before everywhere else."
)


@dataclass(frozen=True, slots=True)
class MayPutOff:
    """What of a person is due and can be put off, as (key, words)."""

    items: tuple[Choice, ...]


class PutOffForm(FormPanel):
    """`item` is the line that was in hand on Today; without it the person's lines are offered."""

    def __init__(self, context: Context, *, person_id: str, item: str = "") -> None:
        self._item = item
        key, args = ":".join(filter(None, ("put_off", person_id, item))), {"item": item} if item else {}
        super().__init__(context, "Put off", primary="Put off", key=key, person_id=person_id, args=args)

    def read(self, store: Store) -> MayPutOff:
        lines = lines_of(store, [self.person_id or ""], store.today)
        if not lines:
            return MayPutOff(())
        until = add_months(store.today, MONTHS_AHEAD + 1)
        due = list_due(store, store.today, until=until, worker_id=lines[0].worker_id)
        mine = [item for item in due if item.person_id == self.person_id]
        return MayPutOff(tuple(Choice(item_key(item), _words(item, store.today)) for item in mine))

    def make_form(self, data: MayPutOff) -> Form:
        theme = self.theme
        self._until = DateEdit(theme, lambda: self.context.today)
        days = QWidget()
        days.setAccessibleName("Days that are often meant")
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(14))
        for words, day in suggested_days(self.context.today):
            shown = f"{words}, {format_day(day, self.context.today, weekday=True)}"
            row.addWidget(LinkButton(theme, shown, partial(self._until.set_value, day)))
        row.addStretch(1)
        form = Form(
            theme,
            Ask("item", ChoiceEdit(theme, data.items), label="What", required=True, help=""),
            Ask("until_on", self._until, of=(Snooze, "until_on"), help="It is back on Today on this day."),
            days,
            Ask("reason", LineEdit(theme), of=(Snooze, "reason"), help="What you wait for, in a few words."),
            Label(NOTHING_CHANGES if data.items else "Nothing of theirs is due.", "caption", "text2", wrap=True),
            name="Put off",
        )
        known = {choice.value for choice in data.items}
        first = self._item if self._item in known else data.items[0].value if len(data.items) == 1 else None
        form.set_values({"item": first, "until_on": None, "reason": ""})
        return form

    def focus_first(self) -> None:
        """The day, where the line is known."""
        if self.form is not None and self.form.editors["item"].text_value():
            self._until.setFocus()
        else:
            super().focus_first()

    def perform(self, store: Store, values: Mapping[str, Any]) -> Snooze:
        return put_off(
            store, self.person_id or "", values["item"], until_on=values["until_on"], reason=values["reason"] or ""
        )

    def said(self, result: Snooze) -> str:
        return f"Put off until {format_date(result.until_on, weekday=True)}."


def _words(item: DueItem, today: date) -> str:
    kind = kind_of(item).words
    what = item.what if kind.lower() in item.what.lower() else f"{kind}: {item.what}"
    return f"{what}, due {format_day(item.due_on, today, weekday=True)}"

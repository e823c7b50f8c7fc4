"""Tables of "as is → to be": starting and changing one, and adding a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker.domain.records import CostTable, CostTableRow, Stage
from mhtracker.operations.money.cost_tables import add_row, edit_table, remove_table, start_table
from mhtracker.store import Store
from mhtracker.ui.choice_edit import ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import stage_choices
from mhtracker.ui.editors import LineEdit, MoneyEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, NumberEdit, TextEdit

NAMES = ("name", "as_is_on", "to_be_on", "note")


class CostTableForm(FormPanel):
    """Starts a table from the register; with `table_id` changes that one, or takes it away."""

    def __init__(self, context: Context, *, table_id: str = "") -> None:
        self._table_id = table_id
        super().__init__(
            context,
            "Change the table" if table_id else "Start a table of as is and to be",
            primary="Change table" if table_id else "Start table",
            key=f"cost_table::{table_id}" if table_id else "cost_table:",
            args={"table_id": table_id} if table_id else {},
        )

    def read(self, store: Store) -> CostTable | None:
        return store.get(CostTable, self._table_id) if self._table_id else None

    def make_form(self, data: CostTable | None) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self.base = data
        asks: list[Ask] = [
            Ask("name", LineEdit(theme), of=(CostTable, "name")),
            Ask("as_is_on", DateEdit(theme, today), of=(CostTable, "as_is_on")),
            Ask("to_be_on", DateEdit(theme, today), of=(CostTable, "to_be_on")),
            Ask("note", TextEdit(theme, lines=2), of=(CostTable, "note")),
        ]
        if data is None:
            asks.append(Ask("from_register", CheckEdit(theme, "Begin with the register’s stages"), label="", help=""))
            form = Form(theme, *asks, name="Table")
            form.set_values({"as_is_on": self.context.today, "from_register": True})
            return form
        never = CheckEdit(theme, "Take the whole table away")
        asks.append(Ask("never", never, label="", help=""))
        asks.append(Ask("reason", LineEdit(theme), label="Why", help="Stands in the history.", required=True))
        form = Form(theme, *asks, name="Table")
        form.set_values({name: getattr(data, name) for name in NAMES})
        form.set_shown("reason", False)
        never.edited.connect(lambda: form.set_shown("reason", bool(never.value())))
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> CostTable | None:
        facts: dict[str, Any] = {name: values.get(name) for name in ("as_is_on", "to_be_on")}
        words: dict[str, Any] = {name: values.get(name) or "" for name in ("name", "note")}
        if not self._table_id:
            return start_table(store, **words, **facts, from_register=bool(values.get("from_register")))
        if values.get("never"):
            remove_table(store, self._table_id, reason=values.get("reason") or "")
            return None
        return edit_table(store, self._table_id, base=self.base, **words, **facts)

    def said(self, result: CostTable | None) -> str:
        return f"Recorded the table {result.name}." if result is not None else "Took the table away."


class CostRowForm(FormPanel):
    """Adds a line to a table."""

    def __init__(self, context: Context, *, table_id: str) -> None:
        self._table_id = table_id
        super().__init__(
            context,
            "Add a line",
            primary="Add line",
            key=f"cost_row::{table_id}",
            args={"table_id": table_id},
        )

    def read(self, store: Store) -> tuple[CostTable, tuple[Stage, ...]]:
        return store.get(CostTable, self._table_id), store.stages()

    def make_form(self, data: tuple[CostTable, tuple[Stage, ...]]) -> Form:
        theme = self.theme
        table, stages = data
        self.set_title(f"Add a line to {table.name}")
        compared = ChoiceEdit(theme, stage_choices(stages), blank="None")
        return Form(
            theme,
            Ask("label", LineEdit(theme), of=(CostTableRow, "label")),
            Ask("stage_id", compared, of=(CostTableRow, "stage_id")),
            Ask("as_is_people", NumberEdit(theme, least=0, most=99_999), of=(CostTableRow, "as_is_people")),
            Ask("as_is_year_pence", MoneyEdit(theme), of=(CostTableRow, "as_is_year_pence")),
            Ask("to_be_people", NumberEdit(theme, least=0, most=99_999), of=(CostTableRow, "to_be_people")),
            Ask("to_be_year_pence", MoneyEdit(theme), of=(CostTableRow, "to_be_year_pence")),
            name="Line",
        )

    def perform(self, store: Store, values: Mapping[str, Any]) -> CostTableRow:
        names = ("as_is_people", "as_is_year_pence", "to_be_people", "to_be_year_pence")
        facts = {name: values.get(name) for name in names}
        label, stage_id = values.get("label") or "", values.get("stage_id") or None
        return add_row(store, self._table_id, label=label, stage_id=stage_id, **facts)

    def said(self, result: CostTableRow) -> str:
        return f"Added {result.label}."

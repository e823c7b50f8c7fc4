"""Adding a measure that the office is licensed for, or changing one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mhtracker.domain.records import MeasureTool
from mhtracker.operations.drafting import Preview
from mhtracker.operations.measures import preview_tool, save_tool
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.measure_form import TotalEdit
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, NumberEdit, RadioEdit

NAMES = ("name", "lowest", "highest", "higher_is_better", "licence", "repeat_months", "retired")


class MeasureToolForm(FormPanel):
    """Changes the measure of `tool_id`, or adds one. Its items and questions are never kept here, only its range."""

    def __init__(self, context: Context, *, tool_id: str | None = None) -> None:
        self._tool_id = tool_id
        title, primary = ("Change a measure", "Save measure") if tool_id else ("Add a measure", "Add measure")
        super().__init__(
            context,
            title,
            primary=primary,
            key=f"measure_tool::{tool_id or ''}",
            args={"tool_id": tool_id} if tool_id else {},
        )

    def read(self, store: Store) -> MeasureTool | None:
        return store.get(MeasureTool, self._tool_id) if self._tool_id else None

    def make_form(self, data: MeasureTool | None) -> Form:
        theme, self.base = self.theme, data
        ways = [(True, "Higher is better"), (False, "Lower is better")]
        form = Form(
            theme,
            Ask("name", LineEdit(theme, longest=120), of=(MeasureTool, "name")),
            Ask("lowest", TotalEdit(theme), of=(MeasureTool, "lowest")),
            Ask("highest", TotalEdit(theme), of=(MeasureTool, "highest")),
            Ask("higher_is_better", RadioEdit(theme, ways), label="Direction", required=True),
            Ask("licence", LineEdit(theme, longest=200), of=(MeasureTool, "licence")),
            Ask("repeat_months", NumberEdit(theme, least=1, most=120), of=(MeasureTool, "repeat_months")),
            Ask("retired", CheckEdit(theme, "No longer offered"), label=""),
            name="Measure",
        )
        if data is not None:
            form.set_values({name: getattr(data, name) for name in NAMES})
        else:
            form.set_values({"higher_is_better": True})
            form.set_shown("retired", False)
        return form

    def _tool(self, store: Store, values: Mapping[str, Any]) -> MeasureTool:
        facts = {name: values[name] for name in NAMES if name in values}
        if self._tool_id:
            return replace(store.get(MeasureTool, self._tool_id), **facts)
        return MeasureTool(id="", **facts)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if any(values.get(name) is None for name in ("lowest", "highest", "higher_is_better")) or not values["name"]:
            return None
        known = {name: value for name, value in values.items() if value is not None}
        return preview_tool(store, self._tool(store, known))

    def perform(self, store: Store, values: Mapping[str, Any]) -> MeasureTool:
        return save_tool(store, self._tool(store, values))

    def said(self, result: MeasureTool) -> str:
        return f"{'Changed' if self._tool_id else 'Added'} the measure {result.name}."

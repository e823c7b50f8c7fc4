"""Totals of measures by name: recording one, and putting one right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mhtracker.domain.errors import Invalid
from mhtracker.domain.progress import number
from mhtracker.domain.progress_words import range_words
from mhtracker.domain.records import MeasureScore, MeasureTool
from mhtracker.operations.drafting import Preview
from mhtracker.operations.measures import correct_measure, preview_measure, record_measure, remove_measure
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.status_form import given
from mhtracker.ui.editors import LineEdit, ParsedEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, TextEdit
from mhtracker.ui.theme import Theme


class TotalEdit(ParsedEdit):
    """A total, with decimals where a measure has them, or None."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, read_total, lambda total: number(total).replace(",", ""), width=84)


def read_total(typed: str) -> float:
    """A number from "41", "41.5" or "-3". Raises Invalid({"": words}) for anything else, a decimal comma too."""
    plain = typed.strip().replace("\u2212", "-")
    digits = plain.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise Invalid({"": f"“{typed}” is not a total. Write a number such as 41 or 41.5."})
    return float(plain)


@dataclass(frozen=True, slots=True)
class Tools:
    """The measures offered, with a person's latest total of each."""

    tools: Mapping[str, MeasureTool]
    latest: Mapping[str, MeasureScore]


class MeasureForm(FormPanel):
    """Records the total of a measure on a day."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Record a measure", primary="Record measure", key=f"measure:{person_id}", person_id=person_id
        )

    def read(self, store: Store) -> Tools:
        offered = [tool for tool in store.find(MeasureTool, order_by=("name",)) if not tool.retired]
        taken = store.find(MeasureScore, order_by=("taken_on", "id"), person_id=self.person_id)
        return Tools({tool.id: tool for tool in offered}, {each.tool_id: each for each in taken})

    def make_form(self, data: Tools) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self._tool = ChoiceEdit(theme, [Choice(tool.id, tool.name) for tool in data.tools.values()])
        form = Form(
            theme,
            Ask("tool_id", self._tool, of=(MeasureScore, "tool_id")),
            Ask("total", TotalEdit(theme), of=(MeasureScore, "total")),
            Ask("taken_on", DateEdit(theme, today), of=(MeasureScore, "taken_on")),
            Ask("note", TextEdit(theme, lines=2), of=(MeasureScore, "note")),
            name="Measure",
        )
        only = next(iter(data.tools)) if len(data.tools) == 1 else None
        form.set_values({"tool_id": only, "taken_on": self.context.today})
        self._tool.edited.connect(self._on_tool)
        if data.tools:
            self._on_tool()
        else:
            self._tool.set_help("None is offered yet. Settings, Measures adds those your office is licensed for.")
        return form

    def _on_tool(self) -> None:
        """Say the range and what the last total was."""
        data: Tools = self.data
        tool = data.tools.get(self._tool.value() or "")
        if tool is None:
            self._tool.set_help("")
            return
        last = data.latest.get(tool.id)
        before = f". Last time {number(last.total)}" if last is not None else ""
        self._tool.set_help(f"{range_words(tool)}{before}")

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("tool_id") is None or values.get("total") is None:
            return None
        return preview_measure(store, self.person_id or "", **given(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> MeasureScore:
        return record_measure(store, self.person_id or "", **given(values))

    def said(self, result: MeasureScore) -> str:
        return f"Recorded {self.data.tools[result.tool_id].name} for {self.whole_name}."


class EditMeasureForm(FormPanel):
    """Puts a total right, or takes it away."""

    def __init__(self, context: Context, *, person_id: str, measure_id: str) -> None:
        self._measure_id = measure_id
        super().__init__(
            context,
            "Correct a measure",
            primary="Save",
            key=f"edit_measure:{person_id}:{measure_id}",
            person_id=person_id,
            args={"measure_id": measure_id},
        )

    def read(self, store: Store) -> tuple[MeasureScore, MeasureTool]:
        measure = store.get(MeasureScore, self._measure_id)
        return measure, store.get(MeasureTool, measure.tool_id)

    def make_form(self, data: tuple[MeasureScore, MeasureTool]) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self.base, tool = data
        self.set_title(f"Correct {tool.name}")
        self._never = CheckEdit(theme, "It was never taken: take it away")
        form = Form(
            theme,
            Ask("total", TotalEdit(theme), of=(MeasureScore, "total"), help=range_words(tool)),
            Ask("taken_on", DateEdit(theme, today), of=(MeasureScore, "taken_on")),
            Ask("note", TextEdit(theme, lines=2), of=(MeasureScore, "note")),
            Ask("never", self._never, label=""),
            Ask("reason", LineEdit(theme), label="Why", help="Stands in the history.", required=True),
            name="Measure",
        )
        form.set_values({name: getattr(self.base, name) for name in ("total", "taken_on", "note")})
        form.set_shown("reason", False)
        self._never.edited.connect(lambda: form.set_shown("reason", bool(self._never.value())))
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> MeasureScore | None:
        if values.get("never"):
            remove_measure(store, self._measure_id, reason=values.get("reason") or "")
            return None
        facts = {name: values[name] for name in ("total", "taken_on", "note")}
        return correct_measure(store, self._measure_id, base=self.base, **facts)

    def said(self, result: MeasureScore | None) -> str:
        return f"{'Corrected' if result else 'Took away'} a measure of {self.whole_name}."

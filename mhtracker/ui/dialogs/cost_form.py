"""What support costs: adding a cost, changing it from a day, putting it right, ending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mhtracker.domain.money.costs import runs_on
from mhtracker.domain.money.weekly import BY_UNIT, Frequency
from mhtracker.domain.records import CostLine
from mhtracker.operations.drafting import Consequence, Preview
from mhtracker.operations.money.cost_drafts import ALL
from mhtracker.operations.money.costs import (
    add_cost_line,
    change_cost_line,
    edit_cost_line,
    end_cost_line,
    preview_change,
    preview_cost_line,
    preview_edit,
    remove_cost_line,
)
from mhtracker.store import Store
from mhtracker.store.cost_words import line_name, weekly_words
from mhtracker.text import first_lower
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.editors import LineEdit, MoneyEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, hours_edit

BESIDE = "beside"
UNITS = frozenset(each.value for each in BY_UNIT)


@dataclass(frozen=True, slots=True)
class CostFacts:
    """What the forms offer: kinds, frequencies, and the lines that run, with their words."""

    kinds: list[Choice]
    frequencies: list[Choice]
    lines: tuple[CostLine, ...]
    running: list[Choice]


def read_cost_facts(store: Store, person_id: str) -> CostFacts:
    """The lines that run today or later, and the code lists."""
    lines = store.find(CostLine, person_id=person_id)
    running = [
        Choice(line.id, f"{line_name(line, store.code_label('cost_kind', line.kind))}, {weekly_words(line)}")
        for line in sorted(lines, key=lambda line: line.started_on)
        if line.frequency != Frequency.ONE_OFF and runs_on(line, store.today)
    ]
    kinds, frequencies = code_choices(store, "cost_kind"), code_choices(store, "frequency")
    return CostFacts(kinds, frequencies, tuple(lines), running)


class CostForm(FormPanel):
    """Adds a cost; `kind` is chosen at once, "transition" for one paid once around a move."""

    chosen_once = ("kind", "frequency")

    def __init__(self, context: Context, *, person_id: str, kind: str = "") -> None:
        self._first = kind
        super().__init__(context, "Add a cost", primary="Add cost", key=f"cost:{person_id}", person_id=person_id)

    def read(self, store: Store) -> CostFacts:
        return read_cost_facts(store, self.person_id or "")

    def make_form(self, data: CostFacts) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self._frequency = ChoiceEdit(theme, data.frequencies)
        form = Form(
            theme,
            Ask("kind", ChoiceEdit(theme, data.kinds), of=(CostLine, "kind")),
            Ask("what", LineEdit(theme), of=(CostLine, "what")),
            Ask("rate_pence", MoneyEdit(theme), of=(CostLine, "rate_pence")),
            Ask("frequency", self._frequency, of=(CostLine, "frequency")),
            Ask("units", hours_edit(theme), of=(CostLine, "units"), required=True),
            Ask("started_on", DateEdit(theme, today), of=(CostLine, "started_on")),
            Ask("ended_on", DateEdit(theme, today), of=(CostLine, "ended_on")),
            Ask("way", ChoiceEdit(theme, ways_of(data)), label="It comes", help="", required=True),
            Ask("goes_along", CheckEdit(theme, "Goes along when they move"), label="", help=""),
            name="Cost",
        )
        once = self._first == "transition"
        form.set_values(
            {
                "kind": self._first or None,
                "frequency": Frequency.ONE_OFF.value if once else Frequency.WEEKLY.value,
                "started_on": self.context.today,
                "way": BESIDE,
            }
        )
        self._frequency.edited.connect(lambda: self._show_fitting(form))
        self._show_fitting(form)
        return form

    def after_swap(self) -> None:
        if self.form is not None:
            self._show_fitting(self.form)
        super().after_swap()

    def _show_fitting(self, form: Form) -> None:
        frequency = self._frequency.value()
        once = frequency == Frequency.ONE_OFF
        form.set_shown("units", frequency in UNITS)
        for name in ("ended_on", "way", "goes_along"):
            form.set_shown(name, not once)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("kind") or values.get("rate_pence") is None:
            return None
        return preview_cost_line(store, self.person_id or "", **_line_of(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> CostLine:
        return add_cost_line(store, self.person_id or "", **_line_of(values))

    def said(self, result: CostLine) -> str:
        return f"Added a cost of {weekly_words(result)} for {self.called}."


def _line_of(values: Mapping[str, Any]) -> dict[str, Any]:
    way = values.get("way") or BESIDE
    names = ("kind", "rate_pence", "frequency", "units", "started_on", "ended_on")
    found = {name: values.get(name) for name in names}
    found |= {"frequency": values.get("frequency") or "weekly", "what": values.get("what") or ""}
    found["goes_along"] = bool(values.get("goes_along"))
    return found | {"instead_of": "" if way == BESIDE else way}


def ways_of(facts: CostFacts) -> list[Choice]:
    """Beside what is paid already, instead of all of it, or instead of one line."""
    ways = [Choice(BESIDE, "Beside what is paid already"), Choice(ALL, "Instead of all of it")]
    return ways + [Choice(line.value, f"Instead of {first_lower(line.words)}") for line in facts.running]


class _OneLine(FormPanel):
    """What the forms about one line share."""

    command, title, primary = "", "", ""

    def __init__(self, context: Context, *, person_id: str, line_id: str) -> None:
        self._line_id = line_id
        super().__init__(
            context,
            self.title,
            primary=self.primary,
            key=f"{self.command}:{person_id}:{line_id}",
            person_id=person_id,
            args={"line_id": line_id},
        )

    def read(self, store: Store) -> tuple[CostLine, str, CostFacts]:
        line = store.get(CostLine, self._line_id)
        label = line_name(line, store.code_label("cost_kind", line.kind))
        return line, label, read_cost_facts(store, line.person_id)

    def stands_on(self, data: tuple[CostLine, str, CostFacts]) -> Any:
        return data[0]


class ChangeCostForm(_OneLine):
    """Another rate or other hours from a day; what was paid before stays."""

    command, title, primary = "change_cost", "Change a cost", "Change cost"

    def make_form(self, data: tuple[CostLine, str, CostFacts]) -> Form:
        line, label, _ = data
        self.set_title(f"Change: {label}")
        theme = self.theme
        fields: list[Ask] = [
            Ask("from_on", DateEdit(theme, lambda: self.context.today), of=(CostLine, "started_on")),
            Ask("rate_pence", MoneyEdit(theme), of=(CostLine, "rate_pence")),
        ]
        if line.frequency in UNITS:
            fields.append(Ask("units", hours_edit(theme), of=(CostLine, "units"), required=True))
        form = Form(theme, *fields, name="Change a cost")
        values = {"from_on": self.context.today, "rate_pence": line.rate_pence}
        form.set_values(values | ({"units": line.units} if line.frequency in UNITS else {}))
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_change(store, self._line_id, **_change_of(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> CostLine:
        return change_cost_line(store, self._line_id, **_change_of(values))

    def said(self, result: CostLine) -> str:
        return f"{self.called}’s cost changes to {weekly_words(result)}."


def _change_of(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) for name in ("from_on", "rate_pence", "units")}


class EditCostForm(_OneLine):
    """Puts a line right for its whole time, or takes away one that never was."""

    command, title, primary = "edit_cost", "Correct a cost", "Correct cost"

    def make_form(self, data: tuple[CostLine, str, CostFacts]) -> Form:
        self.base, label, facts = data
        self.set_title(f"Correct: {label}")
        theme, today = self.theme, lambda: self.context.today
        frequency = ChoiceEdit(theme, facts.frequencies)
        never = CheckEdit(theme, "Never was: take it away")
        form = Form(
            theme,
            Ask("kind", ChoiceEdit(theme, facts.kinds), of=(CostLine, "kind")),
            Ask("what", LineEdit(theme), of=(CostLine, "what")),
            Ask("rate_pence", MoneyEdit(theme), of=(CostLine, "rate_pence")),
            Ask("frequency", frequency, of=(CostLine, "frequency")),
            Ask("units", hours_edit(theme), of=(CostLine, "units"), required=True),
            Ask("started_on", DateEdit(theme, today), of=(CostLine, "started_on")),
            Ask("ended_on", DateEdit(theme, today), of=(CostLine, "ended_on")),
            Ask("never", never, label="", help=""),
            Ask("reason", LineEdit(theme), label="Why", help="Stands in the history.", required=True),
            name="Correct a cost",
        )
        form.set_values({name: getattr(self.base, name) for name in _NAMES})

        def show_fitting() -> None:
            gone = bool(never.value())
            for name in _NAMES:
                fits = name != "units" or frequency.value() in UNITS
                form.set_shown(name, not gone and fits)
            form.set_shown("reason", gone)

        frequency.edited.connect(show_fitting)
        never.edited.connect(show_fitting)
        show_fitting()
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("never"):
            return Preview(consequences=(Consequence("gap", "It goes; what it said stays in the history"),))
        if values.get("started_on") is None or values.get("rate_pence") is None:
            return None
        return preview_edit(store, self._line_id, **_edit_of(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> CostLine | None:
        if values.get("never"):
            remove_cost_line(store, self._line_id, reason=values.get("reason") or "")
            return None
        return edit_cost_line(store, self._line_id, base=self.base, **_edit_of(values))

    def said(self, result: CostLine | None) -> str:
        return f"Corrected {self.called}’s cost." if result is not None else f"Took away a cost of {self.called}."


_NAMES: Sequence[str] = ("kind", "what", "rate_pence", "frequency", "units", "started_on", "ended_on")


def _edit_of(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: values.get(name) for name in _NAMES}
    return found | {"what": found["what"] or ""}


class EndCostForm(_OneLine):
    """Nothing is paid for it from a day on."""

    command, title, primary = "end_cost", "End a cost", "End cost"

    def make_form(self, data: tuple[CostLine, str, CostFacts]) -> Form:
        self.set_title(f"End: {data[1]}")
        until = Ask("ended_on", DateEdit(self.theme, lambda: self.context.today), of=(CostLine, "ended_on"))
        form = Form(self.theme, until, name="End a cost")
        form.set_values({"ended_on": self.context.today})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> CostLine:
        return end_cost_line(store, self._line_id, ended_on=values.get("ended_on"))

    def said(self, result: CostLine) -> str:
        return f"Ended a cost of {self.called}."

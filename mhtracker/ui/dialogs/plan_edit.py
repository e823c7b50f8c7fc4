"""The steps of a programme's plan, a row for each: so many per cent by a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.editors import Editor, ParsedEdit
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import IconButton, LinkButton
from mhtracker.ui.widgets.labels import Label

BETWEEN_CELLS, BETWEEN_ROWS = "\t", "\n"
STRAIGHT = "No steps: the plan is a straight line from the baseline to the aim."


def read_percent(typed: str) -> float:
    """A percentage as it was written, with whatever decimals it has. Raises Invalid({"": words})."""
    plain = typed.replace(",", ".").removesuffix("%").strip()
    whole, _, decimals = plain.partition(".")
    digits = whole + decimals
    if not (digits.isascii() and digits.isdigit()) or not 0 < float(plain) <= 100:
        raise Invalid({"": f"“{typed}” is no percentage. Write more than 0, up to 100, such as 25 or 12.5."})
    share = float(plain)
    if Decimal(plain) != Decimal(show_percent(share)):
        raise Invalid({"": f"“{typed}” has more decimals than are kept. Write it with up to ten of them."})
    return share


def show_percent(share: float) -> str:
    """All of its digits: nothing is rounded that was written."""
    return repr(float(share)).removesuffix(".0")


@dataclass(frozen=True, slots=True)
class _Row:
    holder: QWidget
    by: DateEdit
    percent: ParsedEdit


class PlanEdit(Editor):
    """Its value is the plan as a programme keeps it ("2027-03-31:25 2027-09-30:40"), "" for a straight line.

    Rows may be filled in any order of days. `aim` says what the last of them leads to, in words, "" while that is open.
    """

    def __init__(self, theme: Theme, today: Callable[[], date], aim: Callable[[], str]) -> None:
        self._today, self._aim = today, aim
        self._rows: list[_Row] = []
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.sums = Label(STRAIGHT, "caption", "text2", wrap=True)
        self.more = LinkButton(theme, "Add a step", self.add_step)
        self._column.addWidget(self.more)
        self._column.addWidget(self.sums)
        super().__init__(theme, self._holder)
        self._holder.setFocusProxy(self.more)

    def set_name(self, name: str, about: str = "") -> None:
        super().set_name(name, about)
        self.more.setAccessibleName(f"{name}: add a step")

    # Rows

    def add_step(self) -> None:
        """One row more, with the keyboard in it."""
        row = self._add()
        QTimer.singleShot(0, row.by, row.by.setFocus)
        self._on_edited()

    def _add(self, by: str = "", percent: str = "") -> _Row:
        theme = self.theme
        row = _Row(
            QWidget(),
            DateEdit(theme, self._today, ahead=True),
            ParsedEdit(theme, read_percent, show_percent, width=64),
        )
        line = QHBoxLayout(row.holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(6))
        away = IconButton(theme, "mdi6.close", "Take this step away", partial(self._remove, row), small=True)
        sign = Label("%", tone="text2")
        sign.setFixedHeight(theme.px(30))
        for widget in (row.by, row.percent, sign, away):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        self._column.insertWidget(len(self._rows), row.holder)
        self._rows.append(row)
        row.by.restore_text(by)
        row.percent.restore_text(percent)
        for editor in (row.by, row.percent):
            editor.edited.connect(self._on_edited)
            editor.settled.connect(self.show_sums)
        self._name_rows()
        return row

    def _remove(self, row: _Row) -> None:
        place = self._rows.index(row)
        self._drop(row)
        self._name_rows()
        # The keyboard stays among the steps.
        near = self._rows[min(place, len(self._rows) - 1)].by if self._rows else self.more
        near.setFocus()
        self._on_edited()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row.holder)
        row.holder.hide()
        row.holder.deleteLater()

    def _name_rows(self) -> None:
        for number, row in enumerate(self._rows, 1):
            row.holder.setAccessibleName(f"Step {number}")
            row.by.set_name(f"Step {number}, by")
            row.percent.set_name(f"Step {number}, per cent")

    # What every editor does

    def value(self) -> Any:
        found, wrong = [], ""
        for number, row in enumerate(self._rows, 1):
            step = self._read(number, row)
            if isinstance(step, str):
                wrong = wrong or step
            elif step is not None:
                found.append(step)
        if wrong:
            raise Invalid({"": wrong})
        days = [by for by, _ in found]
        if twice := next((day for day in days if days.count(day) > 1), None):
            raise Invalid({"": f"Two steps are by {text.format_date(twice)}. Take one of them away."})
        return " ".join(f"{by.isoformat()}:{show_percent(percent)}" for by, percent in sorted(found))

    def _read(self, number: int, row: _Row) -> tuple[date, float] | str | None:
        """A row's step; None of an empty row; what is wrong with it, in words."""
        try:
            by, percent = row.by.value(), row.percent.value()
        except Invalid as problem:
            return f"Step {number}: {problem.problems.get('', str(problem))}"
        if by is None and percent is None:
            return None
        if by is None:
            return f"Step {number} has no day. Write by when, or take the step away."
        if percent is None:
            return f"Step {number} has no percentage. Write how many per cent, or take the step away."
        return by, percent

    def set_value(self, value: Any) -> None:
        steps = [word.partition(":") for word in str(value or "").split()]
        written = [(text.format_date(date.fromisoformat(day)), show_percent(float(share))) for day, _, share in steps]
        self._fill(written)

    def text_value(self) -> str:
        cells = [(row.by.text_value(), row.percent.text_value()) for row in self._rows]
        return BETWEEN_ROWS.join(BETWEEN_CELLS.join(each) for each in cells if any(each))

    def restore_text(self, typed: str) -> None:
        rows = (line.partition(BETWEEN_CELLS) for line in typed.split(BETWEEN_ROWS) if line)
        self._fill([(by, percent) for by, _, percent in rows])

    def _fill(self, written: list[tuple[str, str]]) -> None:
        for row in list(self._rows):
            self._drop(row)
        for by, percent in written:
            self._add(by, percent)
        self.clear_problem()
        self.show_sums()

    def _on_edited(self) -> None:
        super()._on_edited()
        self.show_sums()

    def show_sums(self) -> None:
        """What the steps come to, as far as they can be read."""
        read = [self._read(number, row) for number, row in enumerate(self._rows, 1)]
        steps = sorted(step for step in read if isinstance(step, tuple))
        if not steps:
            self.sums.setText(STRAIGHT)
            return
        grows = [
            percent - before for (_, percent), before in zip(steps, [0.0, *(each[1] for each in steps)], strict=False)
        ]
        told = [
            f"{show_percent(percent)}% by {text.format_date(by)} (+{round(more, 6):g})"
            for (by, percent), more in zip(steps, grows, strict=True)
        ]
        aim = self._aim()
        self.sums.setText("; ".join(told) + (f"; then to {aim}." if aim else "."))

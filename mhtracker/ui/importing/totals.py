"""Does it add up? What is imported, the same and put aside make the sheet; and the register after it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.operations.importing.rehearsal import Outcome, Rehearsal, Totals
from mhtracker.text import format_number, format_pence
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.labels import Label, rule

_HEADS = ("To import", "", "Same", "", "Put aside", "", "The sheet", "Register after")


class TotalsCard(QFrame):
    """A small table of rows and people, and of what they cost a week."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("box", "card")
        self.setAccessibleName("Does it add up?")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        px = theme.px
        self._grid = QGridLayout()
        self._grid.setContentsMargins(px(14), px(7), px(14), px(7))
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(6))
        self._answer = Badge(theme, "in_date", "Yes", quiet=True)
        first = QWidget()
        first.setAccessibleName("Does it add up?")
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(Label("Does it add up?", "heading"))
        row.addWidget(self._answer)
        row.addStretch(1)
        self._grid.addWidget(first, 0, 0)
        for place, words in enumerate(_HEADS, 1):
            self._grid.addWidget(_right(Label(words, "caption-strong", "text2")), 0, place)
        self._grid.addWidget(rule(), 1, 0, 1, len(_HEADS) + 1)
        self._cells: dict[tuple[int, int], Label] = {}
        for line, words in ((2, "Rows, people"), (3, "Gross cost a week")):
            self._grid.addWidget(Label(words), line, 0)
            for place in range(1, len(_HEADS) + 1):
                label = Label({2: "+", 4: "+", 6: "="}.get(place, ""), "strong" if place >= 7 else "body",
                              "text3" if place in (2, 4, 6) else "")  # fmt: skip
                self._grid.addWidget(_right(label), line, place)
                self._cells[line, place] = label
        for place in (0, 1, 3, 5, 7, 8):
            self._grid.setColumnStretch(place, 1)
        column.addLayout(self._grid)
        self.why = Label("", tone="warn", wrap=True)
        self.why.setContentsMargins(px(14), 0, px(14), px(8))
        column.addWidget(self.why)

    def show_rehearsal(self, rehearsal: Rehearsal) -> None:
        """Show the sums of a rehearsal."""
        totals = rehearsal.totals
        to_import = totals.rows[Outcome.NEW] + totals.rows[Outcome.CHANGE]
        rows = (to_import, totals.rows[Outcome.SAME], totals.rows[Outcome.ASIDE], totals.sheet_rows)
        for place, number in zip((1, 3, 5, 7), rows, strict=True):
            self._cells[2, place].setText(format_number(number))
        new, before = totals.people_new, totals.people_before
        after = (
            f"{before:,} + {new:,} = {totals.people_after:,}" if before and new else format_number(totals.people_after)
        )
        self._cells[2, 8].setText(after)
        has_costs = "weekly_cost" in rehearsal.table.headings
        pence = (
            totals.pence[Outcome.NEW] + totals.pence[Outcome.CHANGE], totals.pence[Outcome.SAME],
            totals.pence[Outcome.ASIDE], totals.sheet_pence, totals.pence_after,
        )  # fmt: skip
        for place, amount in zip((1, 3, 5, 7, 8), pence, strict=True):
            self._cells[3, place].setText(format_pence(amount) if has_costs or place == 8 else "–")
        self._say(totals)

    def _say(self, totals: Totals) -> None:
        if totals.adds_up:
            self._answer.set_status("in_date", "Yes")
            self.why.hide()
            return
        self._answer.set_status("soon", "Not quite")
        stated = format_pence(totals.stated_pence or 0)
        self.why.setText(f"The sheet’s own total says {stated}; its rows add up to {format_pence(totals.sheet_pence)}.")
        self.why.show()

    def words(self, line: int, place: int) -> str:
        """What stands in a cell, for reading it out."""
        return self._cells[line, place].text()


def _right(label: Label) -> Label:
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label

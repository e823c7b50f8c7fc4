"""Draws every part of the kit on one sheet, to look at: `python -m mhtracker.ui.gallery FOLDER`.

One PNG for each theme at 100% and 150%. The people, places and dates on it are invented.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import Stage
from mhtracker.ui import tokens
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.editors import Editor, MoneyEdit
from mhtracker.ui.gallery_strips import StageSteps, StripSample
from mhtracker.ui.list_rows import ListRow, ListRows, Section
from mhtracker.ui.more_editors import CheckEdit, RadioEdit, TextEdit
from mhtracker.ui.table_cells import BadgeFacts, StageFacts
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.banner import Banner, InfoPanel
from mhtracker.ui.widgets.buttons import Button, IconButton, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.chips import Chip, ChipLine
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.key_hints import KeyHints
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.segmented import Segmented
from mhtracker.ui.widgets.stage_pill import StagePill
from mhtracker.ui.widgets.tab_line import TabLine
from mhtracker.ui.widgets.toast import Toast

DAY = date(2026, 7, 14)
STATUSES = (
    ("overdue", "23 days overdue"),
    ("today", "Due today"),
    ("soon", "In 9 days"),
    ("booked", "Booked 21 Jul"),
    ("in_date", "In date"),
    ("none", "No target"),
    ("stuck", "Stuck"),
    ("slipped", "Slipped 8 months"),
    ("mismatch", "Differs"),
    ("info", "Good to know"),
)


def line(theme: Theme, *widgets: QWidget) -> QHBoxLayout:
    """Widgets side by side from the left."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


class Sheet(QWidget):
    """The whole kit, in three columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._stages = {stage.id: stage for stage in DEFAULT_STAGES}
        self.setAccessibleName("Parts")
        self.setProperty("box", "surface")
        columns = QHBoxLayout(self)
        columns.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        columns.setSpacing(theme.px(36))
        for fill in (self._fill_left, self._fill_middle, self._fill_right):
            column = QVBoxLayout()
            column.setSpacing(theme.px(8))
            fill(column)
            column.addStretch(1)
            columns.addLayout(column, 1)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(1440), super().sizeHint().height())

    def _stage(self, key: str) -> Stage:
        return self._stages[key]

    def _fill_left(self, column: QVBoxLayout) -> None:
        theme = self._theme
        column.addWidget(Label("Stages: colour, letter, height", "heading"))
        column.addWidget(StageSteps(theme))
        pills = QGridLayout()
        for place, stage in enumerate(DEFAULT_STAGES):
            pills.addWidget(StagePill(theme, stage), place // 3, place % 3)
        column.addLayout(pills)
        column.addWidget(Label("Tiny strip", "heading"))
        column.addWidget(StripSample(theme, DAY))
        column.addWidget(Label("Type", "heading"))
        for role, words in (
            ("title", "Page title, name"),
            ("panel", "Panel title"),
            ("heading", "Card heading"),
            ("body", "Body, tables, fields"),
            ("caption", "Captions, column heads"),
            ("title", "£134,900"),
        ):
            points = Label(f"{tokens.FONTS[role][0]:g} pt", "caption", "text3")
            points.setFixedWidth(theme.px(42))
            column.addLayout(line(theme, points, Label(words, role)))
        column.addWidget(Label("Tabs", "heading"))
        tabs = TabLine(theme, "Views", (("a", "Summary", None), ("b", "Reviews", 10), ("c", "Notes", 64)))
        column.addWidget(tabs)
        card = Card(theme, "Move-on", "from 62 like moves", LinkButton(theme, "Change target"), ruled=True)
        card.add_to_head(Badge(theme, "slipped", "Slipped 8 months"))
        card.add(Label("Medication, self-care, cooking", tone="text2"))
        column.addWidget(card)

    def _fill_middle(self, column: QVBoxLayout) -> None:
        theme = self._theme
        column.addWidget(Label("Buttons and choices", "heading"))
        off = Button(theme, "Not yet")
        off.setEnabled(False)
        self.focused = Button(theme, "Focused")
        column.addLayout(
            line(
                theme,
                Button(theme, "Record move", kind="primary", icon="mdi6.arrow-right-bold"),
                Button(theme, "Add note"),
                LinkButton(theme, "Change target"),
                Button(theme, "Print", kind="quiet", icon="mdi6.printer-outline"),
            )
        )
        more = IconButton(theme, "mdi6.dots-horizontal", "More")
        column.addLayout(line(theme, off, self.focused, more, Button(theme, "Small", small=True)))
        chips = ChipLine(theme)
        chips.add(Chip(theme, "Stage", "residential"))
        chips.add(Chip(theme, "s117"))
        chips.add(Chip(theme, "Reviews", count=5, dropdown=False))
        column.addLayout(line(theme, Segmented(theme, "Whose", (("mine", "Mine"), ("team", "My team")))))
        column.addWidget(chips)
        money = CheckEdit(theme, "Money")
        money.set_value(True)
        planned = RadioEdit(theme, ((True, "Planned"), (False, "Unplanned")))
        planned.set_value(True)
        column.addLayout(line(theme, money, CheckEdit(theme, "Goals"), planned))
        column.addWidget(Label("Fields", "heading"))
        column.addLayout(self._make_fields())
        column.addWidget(Label("Conflict", "heading"))
        column.addWidget(
            Banner(
                theme,
                "Hers: 28 Jul 2026. Yours: 4 Aug 2026.",
                title="Anjali Kalpit changed this date while you were typing.",
                buttons=(("Keep mine", self.update), ("Use hers", self.update)),
            )
        )
        column.addWidget(Label("Empty state", "heading"))
        empty = Card(theme, "Move-on")
        words = "Say where Marek would like to live next and by when. The first date is kept, even if it changes later."
        empty.add(EmptyState(theme, "mdi6.flag-outline", "No move-on plan yet", words, "Start a plan"))
        column.addWidget(empty)

    def _make_fields(self) -> QGridLayout:
        theme = self._theme
        started, left = DateEdit(theme, DAY), DateEdit(theme, DAY)
        started.restore_text("+6w")
        left.restore_text("31/6/26")
        contribution = MoneyEdit(theme)
        contribution.set_value(0)
        contribution.set_locked(True, "Nil, because of s117")
        choices = [Choice(stage.id, stage.label, stage) for stage in DEFAULT_STAGES]
        chosen = ChoiceEdit(theme, choices)
        chosen.set_value("supported")
        fields: tuple[tuple[str, Editor], ...] = (
            ("Started on", started),
            ("Left on", left),
            ("Contribution", contribution),
            ("Service", ChoiceEdit(theme, [Choice(1, "Harbour Court")])),
            ("Stage", chosen),
            ("Note", TextEdit(theme, lines=1, placeholder="What helped (optional)")),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        for place, (name, editor) in enumerate(fields):
            editor.set_name(name)
            cell = QVBoxLayout()
            cell.setSpacing(theme.px(3))
            cell.addWidget(Label(name))
            cell.addWidget(editor)
            cell.addStretch(1)
            grid.addLayout(cell, place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _fill_right(self, column: QVBoxLayout) -> None:
        theme = self._theme
        column.addWidget(Label("Status: word, shape, colour", "heading"))
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(6))
        for place, (shape, words) in enumerate(STATUSES):
            grid.addWidget(Badge(theme, shape, words), place, 0)
            grid.addWidget(Badge(theme, shape, words, quiet=True), place, 1)
        grid.setColumnStretch(2, 1)
        column.addLayout(grid)
        column.addWidget(Label("Grouped rows", "heading"))
        rows = ListRows(theme, "Today")
        rows.show_sections(self._make_sections())
        rows.setFixedHeight(rows.content_height())
        column.addWidget(rows)
        info = InfoPanel(theme, "When you record this")
        info.set_lines(
            (
                ("mdi6.clipboard-check-outline", "First review will fall due on Tue 8 Sep 2026, after 56 days"),
                ("mdi6.flag-checkered", "Meets the target of 20 Jul 2026, 6 days early"),
            )
        )
        column.addWidget(info)
        column.addWidget(Label("Toast", "heading"))
        column.addWidget(_ToastPlace(theme))
        column.addWidget(KeyHints(theme, (("↑ ↓", "move"), ("Enter", "open the person"), ("Space", "do the action"))))

    def _make_sections(self) -> tuple[Section, ...]:
        def row(key: str, badge: BadgeFacts, name: str, stage: str, action: str, plain: bool = False) -> ListRow:
            facts = self._stage(stage)
            pill = StageFacts(facts.letter, facts.colour, facts.label)
            icon = "mdi6.clipboard-check-outline"
            what = "Care Act and s117 review, booked Wed 22 Jul"
            return ListRow(key, badge, "Review", icon, pill, name, what, "Sun 21 Jun", action, plain)

        overdue = (
            row("a", BadgeFacts("overdue", "23 days overdue"), "PRZYKŁAD, Marek", "supported", "Record as held"),
            row("b", BadgeFacts("overdue", "12 days overdue"), "TESTOWSKA, Zofia", "residential", "Book"),
        )
        soon = (row("c", BadgeFacts("soon", "In 9 days", "", True), "WZÓR, Tomasz", "independent", "Book", True),)
        return (
            Section("overdue", "Overdue", overdue, "overdue", "oldest first"),
            Section("soon", "Soon", soon, "soon", "the next 14 days"),
            Section("later", "Later", (), caption="to the end of October", total=31, closable=True, closed=True),
        )


class _ToastPlace(QWidget):
    """A piece of page for a toast to lie on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Toast")
        self.setFixedHeight(theme.px(64))
        self._toast = Toast(theme, self)
        self._toast.say("Moved Ciarán Triail to supported living.", self.update)


def draw_sheet(theme: Theme, path: Path) -> None:
    """Draw the kit under a theme that has been applied, to a PNG."""
    sheet = Sheet(theme)
    sheet.ensurePolished()
    sheet.resize(sheet.sizeHint())
    sheet.show()
    sheet.activateWindow()
    QApplication.processEvents()
    sheet.resize(sheet.sizeHint().expandedTo(sheet.minimumSizeHint()))
    sheet.focused.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    sheet.grab().save(str(path))
    sheet.close()
    sheet.deleteLater()


def draw_all(folder: Path) -> list[Path]:
    """Draw the sheet in each theme at 100% and 150% into `folder`."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme("light")
    theme.apply(app)
    drawn = []
    for name in tokens.THEMES:
        for percent in (100, 150):
            theme.change(name, percent / 100)
            path = folder / f"components-{name}-{percent}.png"
            draw_sheet(theme, path)
            drawn.append(path)
    return drawn


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    draw_all(Path(sys.argv[1] if len(sys.argv) > 1 else "."))

"""The left side of the packs page: kind, people, options, and what can be done with the pack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.ui.caseload.head import NameField
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.editors import Editor, LineEdit
from mhtracker.ui.packs.adding import AddField
from mhtracker.ui.packs.kinds import KindChoice
from mhtracker.ui.packs.people_list import ROW, PeopleList
from mhtracker.ui.packs.plan import KINDS, REVIEW, PackPlan, kind_of
from mhtracker.ui.packs.reading import PackPerson, warnings_of
from mhtracker.ui.person.parts import Scroll
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.shapes import ShapeMark

WIDTH = 440
LEAST_ROWS = 5


class WarningLine(QFrame):
    """What the pages will leave blank, before they are printed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        px = context.theme.px
        self.setProperty("banner", "warn")
        self.setProperty("strip", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(6), px(12), px(6))
        row.setSpacing(px(8))
        row.addWidget(ShapeMark(context.theme, "none", "Note"))
        self.words = Label("", "body", "warn", wrap=True)
        row.addWidget(self.words, 1)
        self.hide()

    def show_warnings(self, found: Sequence[str]) -> None:
        self.words.setText("\n".join(found))
        self.setAccessibleName(". ".join(found))
        self.setVisible(bool(found))


class PackPanel(QWidget):
    """Tells of every wish by a signal and shows what the page then says; it decides nothing.

    `added(id)`, `moved(id, place)`, `removed(id)`, `went_to(id)` of people; `kind_chosen`, `title_typed`, `day_typed`
    of options; `named(name)` as the pack is to be kept.
    """

    added = Signal(str)
    kind_chosen = Signal(str)
    title_typed = Signal(str)
    day_typed = Signal(object)
    named = Signal(str)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.setAccessibleName("The pack")
        self.saved = Button(theme, "Saved packs", kind="quiet", icon="mdi6.bookmark-outline")
        self.kinds = KindChoice(theme, KINDS)
        self.kinds.chosen.connect(self.kind_chosen)
        self.people = PeopleList(theme)
        self.add = AddField(context, page)
        self.add.added.connect(self.added)
        self.by_name = LinkButton(theme, "By name", tip="Put the people in order of name")
        self.from_view = LinkButton(theme, "From a view", tip="Add everyone in a view of the caseload")
        self.clear = LinkButton(theme, "Clear", tip="Take everyone out of the pack")
        self.warnings = WarningLine(context)
        self.title = LineEdit(theme, longest=80)
        self.title.set_name("Title")
        self.title.edited.connect(lambda: self.title_typed.emit(self.title.text_value()))
        self.day = DateEdit(theme, lambda: context.today)
        self.day.set_name("As at")
        self.day.settled.connect(self._on_day)
        self.print = Button(theme, "Print", kind="primary", icon="mdi6.printer-outline")
        self.save_pdf = Button(theme, "Save as PDF", icon="mdi6.file-pdf-box")
        self.keep = Button(theme, "Save this pack", self.ask_name, icon="mdi6.bookmark-plus-outline")
        self.name = NameField()
        self.name.setAccessibleName("Name of the pack")
        self.name.hide()
        self.name.named.connect(self.named)
        self._build()
        theme.changed.connect(self._measure)
        self._measure()

    def _build(self) -> None:
        self._scroll = Scroll("The pack")
        self._inside = QVBoxLayout(self._scroll.inside)
        head = QHBoxLayout()
        head.addWidget(Label("Packs", "title"))
        head.addStretch(1)
        head.addWidget(self.saved)
        self._inside.addLayout(head)
        self._inside.addWidget(self.kinds)
        self._inside.addWidget(self._make_people(), 1)
        self._inside.addWidget(self._make_options())
        foot = QFrame()
        foot.setProperty("box", "foot")
        foot.setAccessibleName("What to do with the pack")
        self._foot = FlowLayout(foot)
        policy = foot.sizePolicy()
        policy.setHeightForWidth(True)
        foot.setSizePolicy(policy)
        for widget in (self.print, self.save_pdf, self.keep, self.name):
            self._foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(foot)

    def _make_people(self) -> Card:
        self.card = Card(self._context.theme, "People", padded=False)
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        for link in (self.clear, self.by_name, self.from_view):
            self.card.add_action(link)
        self._add_row = QHBoxLayout()
        self._add_row.addWidget(self.add)
        self.card.add_layout(self._add_row)
        self.card.add(rule())
        self.nobody = Label("", "body", "text3", wrap=True)
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.card.add(self.nobody, 1)
        self.card.add(self.people, 1)
        self.card.add(self.warnings)
        return self.card

    def _make_options(self) -> QFrame:
        card = QFrame()
        card.setProperty("box", "card")
        card.setAccessibleName("Options")
        self._grid = QGridLayout(card)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[Label] = []
        for row, (words, editor) in enumerate((("Title", self.title), ("As at", self.day))):
            self._labels.append(self._add_option(row, words, editor))
        return card

    def _add_option(self, row: int, words: str, editor: Editor) -> Label:
        label = Label(words, "body", "text2")
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(editor, row, 1)
        return label

    def _measure(self) -> None:
        px = self._context.theme.px
        self._inside.setContentsMargins(px(24), px(12), px(12), px(12))
        self._inside.setSpacing(px(10))
        self._foot.setContentsMargins(px(24), px(9), px(12), px(9))
        self._foot.set_spaces(px(8), px(8))
        self._add_row.setContentsMargins(px(11), 0, px(11), px(8))
        self._grid.setContentsMargins(px(14), px(10), px(14), px(10))
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(6))
        for label in self._labels:
            label.setMinimumHeight(px(30))
        self.people.setMinimumHeight(px(LEAST_ROWS * ROW))
        self.nobody.setMinimumHeight(px(LEAST_ROWS * ROW))
        self.nobody.setMargin(px(14))
        self.name.setFixedWidth(px(170))

    # What is shown

    def show_plan(self, plan: PackPlan, as_at: date) -> None:
        """Show kind and options."""
        self.kinds.set_kind(plan.kind)
        if self.title.text_value() != plan.title:
            self.title.set_value(plan.title)
        self.title.line.setPlaceholderText(kind_of(plan.kind).document)
        titled = plan.kind == REVIEW
        self._labels[0].setVisible(titled)
        self.title.setVisible(titled)
        try:
            typed = self.day.value()
        except Invalid:
            return  # what is being typed stays
        if typed != (plan.as_at or as_at):
            self.day.set_value(plan.as_at or as_at)

    def show_people(self, people: Sequence[PackPerson], missing: int) -> None:
        """Show who is in the pack; `missing` are no longer in the register."""
        self.people.show_people(people)
        self.card.set_caption(text.format_number(len(people)) if people else "")
        self.people.setVisible(bool(people))
        self.nobody.setVisible(not people)
        self.nobody.setText("Add people by name or number, or everyone in a view of the caseload.")
        self.clear.setVisible(bool(people))
        self.by_name.setVisible(len(people) > 1)
        found = warnings_of(people)
        if missing:
            gone = text.count(missing, "person is", "people are")
            found.append(f"{gone} no longer in this register")
        self.warnings.show_warnings(found)

    def show_pages(self, pages: int | None) -> None:
        """How many pages the pack has; None while it is not made."""
        self.print.set_words(f"Print {text.count(pages, 'page')}" if pages else "Print")
        for button in (self.print, self.save_pdf):
            button.setEnabled(bool(pages))
        self.keep.setEnabled(bool(self.people.people()))

    def ask_name(self) -> None:
        """Let a person type the name under which the pack is kept."""
        self.name.clear()
        self.name.setPlaceholderText("Name, then Enter")
        self.name.show()
        self._foot.invalidate()
        self.name.setFocus()

    def _on_day(self) -> None:
        if self.day.check():
            self.day_typed.emit(self.day.value())

    def sizeHint(self) -> QSize:
        return QSize(self._context.theme.px(WIDTH), self._context.theme.px(600))

"""One row put aside, or all that stumble over one word: why, and buttons of what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.domain.records import Stage
from mhtracker.operations.headings import OUR_FIELDS, Kind
from mhtracker.operations.mends import LEAVE_OUT, Decision, Mend, MendKind
from mhtracker.operations.row_facts import Problem
from mhtracker.text import format_date
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.importing.questions import Question, decisions_for, order_decisions
from mhtracker.ui.importing.reading import Likeness
from mhtracker.ui.importing.type_line import TypeLine
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label, restyle

MANY = 3
"""So many choices of a list stand as buttons; more are offered as a list."""


class AsideCard(QFrame):
    """`decided` with the decisions made, `picked` when the card is gone to."""

    decided = Signal(list)
    picked = Signal(object)
    grew = Signal()

    def __init__(
        self,
        theme: Theme,
        question: Question,
        *,
        likenesses: Mapping[tuple[int, str], Likeness],
        headings: Mapping[str, str],
        stages: Sequence[Stage],
        today: date,
    ) -> None:
        super().__init__()
        self._theme, self.question, self._today = theme, question, today
        self._headings, self._stages = headings, {stage.id: stage for stage in stages}
        self._typing: TypeLine | None = None
        self.setProperty("box", "surface")
        self.setAccessibleName(f"{question.title}. {question.words}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(14), theme.px(10), theme.px(10), theme.px(10))
        self._column.setSpacing(theme.px(4))
        self._column.addLayout(self._make_head())
        self.words = Label(question.words, tone="text2", wrap=True)
        self._column.addWidget(self.words)
        for likeness in self._likenesses(likenesses):
            self._column.addWidget(_side_by_side(theme, likeness))
        if len(question.rows) > 1:
            said = f"Said once, it holds for all {len(question.rows):,} rows."
            self._column.addWidget(Label(said, "caption", "text3", wrap=True))
        self._listed: ChoiceEdit | None = None
        self.flow = FlowLayout(across=theme.px(6), down=theme.px(6))
        self._offer()
        self._column.addLayout(self.flow)

    def _make_head(self) -> QHBoxLayout:
        many = len(self.question.rows)
        words = LEAVE_OUT.label if many == 1 else f"Leave out all {many:,}"
        self.out = LinkButton(self._theme, words, partial(self._on_mend, LEAVE_OUT))
        self.out.setAccessibleDescription(f"{self.question.title}. {self.question.words}")
        self.out.installEventFilter(self)
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(6))
        row.addWidget(Label(self.question.title, "strong", wrap=True), 1)
        row.addWidget(self.out, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _likenesses(self, found: Mapping[tuple[int, str], Likeness]) -> list[Likeness]:
        mends = [mend for problem in self.question.problems for mend in problem.mends]
        keys = [(self.question.first.number, mend.value) for mend in mends if mend.kind is MendKind.SAME_PERSON]
        return [found[key] for key in keys if key in found]

    # What is offered

    def _offer(self) -> None:
        question = self.question
        if question.month_order:
            self._add("All month first", partial(self._on_order, month_first=True))
            self._add("Day first where it can be", partial(self._on_order, month_first=False))
        else:
            for problem in question.problems:
                self._offer_mends(problem)

    def _offer_mends(self, problem: Problem) -> None:
        uses = [mend for mend in problem.mends if mend.kind is MendKind.USE]
        if len(uses) > MANY:
            self._offer_list(problem, uses)
        for mend in problem.mends:
            if mend.kind is MendKind.LEAVE_OUT or (mend.kind is MendKind.USE and len(uses) > MANY):
                continue
            if mend.kind is MendKind.TYPE:
                self._add(mend.label, partial(self.on_type, problem, mend))
            else:
                self._add(mend.label, partial(self._on_mend, mend))

    def _offer_list(self, problem: Problem, uses: Sequence[Mend]) -> None:
        """A long list as a field to choose in, and a button: going through it with the keys must not choose yet."""
        choices = [Choice(mend, mend.label.removeprefix("Use "), self._stages.get(mend.value)) for mend in uses]
        self._listed = ChoiceEdit(self._theme, choices, placeholder="Choose what it stands for")
        self._listed.set_name(f"What “{problem.value}” stands for")
        self._column.addWidget(self._listed)
        self._add("Use it", self._on_listed)

    def _add(self, words: str, act: Callable[[], object]) -> None:
        button = Button(self._theme, words, act, small=True)
        button.setAccessibleDescription(f"{self.question.title}. {self.question.words}")
        button.installEventFilter(self)
        self.flow.addWidget(button)

    def buttons(self) -> list[Button]:
        """The buttons, as they stand; leaving out, which stands by the title, comes last."""
        items = (self.flow.itemAt(place) for place in range(self.flow.count()))
        found = [widget for item in items if item is not None and isinstance(widget := item.widget(), Button)]
        return [*found, self.out]

    def button(self, words: str) -> Button:
        """One button by its words."""
        return next(button for button in self.buttons() if button.words() == words)

    # What is chosen

    def _on_mend(self, mend: Mend) -> None:
        self.decided.emit(decisions_for(self.question, mend))

    def _on_order(self, *, month_first: bool) -> None:
        self.decided.emit(order_decisions(self.question, month_first=month_first))

    def _on_listed(self) -> None:
        mend = self._listed.value() if self._listed is not None else None
        if isinstance(mend, Mend):
            self._on_mend(mend)
        elif self._listed is not None:
            self._listed.show_problem("Choose an entry of the list first.")
            self._listed.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_type(self, problem: Problem, mend: Mend) -> None:
        """Open the field to type in; it stands below the buttons until it is used or left."""
        if self._typing is not None:
            self._typing.focus_first()
            return
        self._typing = TypeLine(self._theme, self._fields(problem, mend), self._today, self)
        self._typing.typed.connect(self._on_typed)
        self._typing.left.connect(self.on_left)
        self._column.addWidget(self._typing)
        self._typing.show()
        self.grew.emit()
        self.picked.emit(self.question)
        self._typing.focus_first()

    def _fields(self, problem: Problem, mend: Mend) -> list[tuple[str, Kind, str, str]]:
        field_of = {heading: name for name, heading in self._headings.items()}
        column = mend.column or problem.column
        name = field_of.get(column, "")
        fields = [(column, _kind(name), _label(name, column), "" if _is_bare(problem) else problem.value)]
        if any(each.kind is MendKind.SWAP for each in problem.mends) and "started_on" in self._headings:
            start = self._headings["started_on"]
            began = self.question.first.facts.started_on
            stands = format_date(began)
            fields.insert(0, (start, Kind.DATE, _label("started_on", start), stands))
        return fields

    def _on_typed(self, found: list[tuple[str, str]]) -> None:
        decided: list[Decision] = []
        for heading, typed in found:
            decided += decisions_for(self.question, Mend(MendKind.TYPE, "", heading), typed)
        self.decided.emit(decided)

    def on_left(self) -> None:
        """Close the field; the buttons have the keyboard again."""
        if self._typing is not None:
            typing, self._typing = self._typing, None
            typing.hide()
            typing.deleteLater()
            self.focus_first()

    def tab_stops(self) -> list[QWidget]:
        """What Tab goes through, in reading order."""
        listed = [self._listed] if self._listed is not None else []
        typing = self._typing.tab_stops() if self._typing is not None else []
        return [self.out, *listed, *self.buttons()[:-1], *typing]

    @property
    def typing(self) -> TypeLine | None:
        return self._typing

    # Going to it

    def focus_first(self) -> None:
        buttons = self.buttons()
        if self._listed is not None:
            self._listed.setFocus(Qt.FocusReason.OtherFocusReason)
        elif buttons:
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_marked(self, on: bool) -> None:
        """Whether this is the row in hand."""
        box = "info" if on else "surface"
        if self.property("box") != box:
            self.setProperty("box", box)
            restyle(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.picked.emit(self.question)
        super().mousePressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.picked.emit(self.question)
        return super().eventFilter(watched, event)


def _kind(name: str) -> Kind:
    return OUR_FIELDS[name].kind if name else Kind.TEXT


def _label(name: str, heading: str) -> str:
    return OUR_FIELDS[name].label if name else heading


def _is_bare(problem: Problem) -> bool:
    """Whether a value helps nobody who types another: nothing, or a mere number that stands for a date."""
    return not problem.value or "bare number" in problem.reason


def _side_by_side(theme: Theme, likeness: Likeness) -> QWidget:
    """The row and who it may be about, line by line; what differs stands out."""
    box = QWidget()
    box.setAccessibleName(f"Side by side with {likeness.title}")
    grid = QGridLayout(box)
    grid.setContentsMargins(0, theme.px(2), 0, theme.px(4))
    grid.setHorizontalSpacing(theme.px(8))
    grid.setVerticalSpacing(theme.px(2))
    for place, words in enumerate(("", "The sheet", likeness.title)):
        grid.addWidget(Label(words, "caption-strong", "text2"), 0, place)
    for line, (what, here, there) in enumerate(likeness.lines, 1):
        differs = bool(here and there) and here != there
        grid.addWidget(Label(what, "caption", "text3"), line, 0, Qt.AlignmentFlag.AlignTop)
        for place, words in ((1, here), (2, there)):
            label = Label(words or "–", "caption-strong" if differs else "caption", "" if words else "text3", wrap=True)
            grid.addWidget(label, line, place, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    return box

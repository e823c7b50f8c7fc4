"""One row put aside, or all that stumble over one word: why, and buttons of what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.domain.records import Stage
from mhtracker.operations.importing.headings import OUR_FIELDS, Kind
from mhtracker.operations.importing.mends import LEAVE_OUT, Decision, Mend, MendKind
from mhtracker.operations.importing.row_facts import Problem
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
        self.listed: list[ChoiceEdit] = []
        self._flow = FlowLayout()
        self._buttons: list[Button] = []
        self._stops: list[QWidget] = []
        if question.month_order:
            self._begin(question.words)
            self._add("All month first", partial(self._on_order, month_first=True))
            self._add("Day first where it can be", partial(self._on_order, month_first=False))
        else:
            for problem in question.problems:
                self._offer(problem, likenesses)

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

    # What is offered

    def _begin(self, words: str, likenesses: Sequence[Likeness] = (), listed: ChoiceEdit | None = None) -> None:
        """Say what is wrong; the buttons added next stand below."""
        self._column.addWidget(Label(words, tone="text2", wrap=True))
        for likeness in likenesses:
            self._column.addWidget(_side_by_side(self._theme, likeness))
        if len(self.question.rows) > 1:
            said = f"Said once, it holds for all {len(self.question.rows):,} rows."
            self._column.addWidget(Label(said, "caption", "text3", wrap=True))
        if listed is not None:
            self._column.addWidget(listed)
            self._stops.append(listed)
        self._flow = FlowLayout(across=self._theme.px(6), down=self._theme.px(6))
        self._column.addLayout(self._flow)

    def _offer(self, problem: Problem, likenesses: Mapping[tuple[int, str], Likeness]) -> None:
        """One thing that is wrong, and what would be right."""
        number = self.question.first.number
        alike = [(number, mend.value) for mend in problem.mends if mend.kind is MendKind.SAME_PERSON]
        uses = [mend for mend in problem.mends if mend.kind is MendKind.USE]
        listed = self._make_list(problem, uses) if len(uses) > MANY else None
        self._begin(problem.reason, [likenesses[key] for key in alike if key in likenesses], listed)
        if listed is not None:
            self._add("Use it", partial(self._on_listed, listed))
        for mend in problem.mends:
            if mend.kind is MendKind.LEAVE_OUT or (mend.kind is MendKind.USE and listed is not None):
                continue
            if mend.kind is MendKind.TYPE:
                self._add(mend.label, partial(self.on_type, problem, mend))
            else:
                self._add(mend.label, partial(self._on_mend, mend))

    def _make_list(self, problem: Problem, uses: Sequence[Mend]) -> ChoiceEdit:
        """A long list as a field to choose in, and a button: going through it with the keys must not choose yet."""
        choices = [Choice(mend, mend.label.removeprefix("Use "), self._stages.get(mend.value)) for mend in uses]
        listed = ChoiceEdit(self._theme, choices, placeholder="Choose what it stands for")
        listed.set_name(f"What “{problem.value}” stands for")
        self.listed.append(listed)
        return listed

    def _add(self, words: str, act: Callable[[], object]) -> None:
        button = Button(self._theme, words, act, small=True)
        button.setAccessibleDescription(f"{self.question.title}. {self.question.words}")
        button.installEventFilter(self)
        self._flow.addWidget(button)
        self._buttons.append(button)
        self._stops.append(button)

    def buttons(self) -> list[Button]:
        """The buttons, as they stand; leaving out, which stands by the title, comes last."""
        return [*self._buttons, self.out]

    def button(self, words: str) -> Button:
        """One button by its words."""
        return next(button for button in self.buttons() if button.words() == words)

    # What is chosen

    def _on_mend(self, mend: Mend) -> None:
        self.decided.emit(decisions_for(self.question, mend))

    def _on_order(self, *, month_first: bool) -> None:
        self.decided.emit(order_decisions(self.question, month_first=month_first))

    def _on_listed(self, listed: ChoiceEdit) -> None:
        mend = listed.value()
        if isinstance(mend, Mend):
            self._on_mend(mend)
        else:
            listed.show_problem("Choose an entry of the list first.")
            listed.setFocus(Qt.FocusReason.OtherFocusReason)

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
        typing = self._typing.tab_stops() if self._typing is not None else []
        return [self.out, *self._stops, *typing]

    @property
    def typing(self) -> TypeLine | None:
        return self._typing

    # Going to it

    def focus_first(self) -> None:
        """The first thing that can be chosen has the keyboard."""
        first = self._stops[0] if self._stops else self.out
        first.setFocus(Qt.FocusReason.OtherFocusReason)

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

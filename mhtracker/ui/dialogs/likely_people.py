"""The quiet box in a form that says who may be the same person, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.caseload import DIED, LEFT
from mhtracker.domain.records import Stage
from mhtracker.store.queries.likely import Likely
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.flow import FitsWords, FlowLayout
from mhtracker.ui.widgets.labels import ElidedLabel, IconLabel, Label, rule
from mhtracker.ui.widgets.stage_pill import StagePill

Step = tuple[str, str, Callable[[Likely], object]]
"""Words, icon, and what is done with the person the step stands under."""


class LikelyPeople(FitsWords):
    """Hidden while nobody is alike. Each person has the given steps."""

    def __init__(self, theme: Theme, title: str, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._title, self._steps = theme, title, tuple(steps)
        self.shown: tuple[Likely, ...] = ()
        self.setProperty("box", "info")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(10))
        self._column.setSpacing(theme.px(6))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(IconLabel(theme, "mdi6.account-question-outline", size=16))
        head.addWidget(Label(title, "strong"), 1)
        self._column.addLayout(head)
        self._rows: list[QWidget] = []
        self.setHidden(True)

    def show_people(self, found: Sequence[Likely], today: date, stages: Sequence[Stage]) -> None:
        """Show who was found; nobody hides the box. The same people again change nothing."""
        if tuple(found) == self.shown:
            return
        self.shown = tuple(found)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, likely in enumerate(found):
            if number:
                self._put(rule())
            self._put(self._row(likely, today, {stage.id: stage for stage in stages}))
        self.setVisible(bool(found))

    def _put(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        self._rows.append(widget)

    def _row(self, likely: Likely, today: date, stages: dict[str, Stage]) -> QWidget:
        theme, person = self._theme, likely.person
        name = text.full_name(person)
        row = QFrame()
        row.setAccessibleName(f"{name}: {'; '.join(likely.likeness.reasons)}")
        column = QVBoxLayout(row)
        column.setContentsMargins(0, theme.px(2), 0, 0)
        column.setSpacing(theme.px(3))
        column.addWidget(ElidedLabel(name, "strong"))
        facts = FlowLayout(across=theme.px(10), down=theme.px(2))
        for words in _facts(likely, today):
            facts.addWidget(Label(words, "caption", "text2"))
        column.addLayout(facts)
        if likely.stage_id in stages or likely.worker:
            column.addWidget(self._now(likely, stages))
        for words in likely.likeness.reasons:
            column.addWidget(self._reason("mdi6.check", words, "text"))
        for words in likely.likeness.against:
            column.addWidget(self._reason("mdi6.close", words, "text2"))
        column.addLayout(self._buttons(likely, name))
        return row

    def _now(self, likely: Likely, stages: dict[str, Stage]) -> QWidget:
        theme = self._theme
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        stage = stages.get(likely.stage_id or "")
        if stage is not None:
            row.addWidget(StagePill(theme, stage))
        words = " · ".join(filter(None, (likely.service, likely.worker)))
        row.addWidget(ElidedLabel(words, "caption", "text2"), 1)
        line.setAccessibleName(" ".join(filter(None, (likely.stage, words))))
        return line

    def _reason(self, icon: str, words: str, tone: str) -> QWidget:
        line = QWidget()
        line.setAccessibleName(words)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(6))
        row.addWidget(IconLabel(self._theme, icon, size=14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, "caption", tone, wrap=True), 1)
        return line

    def _buttons(self, likely: Likely, name: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(3, self._theme.px(3), 3, 3)  # room for the ring round the one in focus
        row.setSpacing(self._theme.px(8))
        for words, icon, press in self._steps:
            button = Button(self._theme, words, partial(press, likely), icon=icon, small=True)
            button.setAccessibleName(f"{words}: {name}")
            row.addWidget(button)
        row.addStretch(1)
        return row


def _facts(likely: Likely, today: date) -> list[str]:
    person = likely.person
    facts = [f"Born {text.format_born(person, today)}"] if person.born_on else []
    if person.nhs_number:
        facts.append(f"NHS {text.format_nhs(person.nhs_number)}")
    facts.append(person.ref)
    if likely.status == LEFT:
        facts.append("Left the pathway")
    elif likely.status == DIED:
        facts.append("Died")
    return facts

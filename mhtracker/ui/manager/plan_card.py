"""The programme against its plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy

from mhtracker import text
from mhtracker.analysis.forecast import Forecast
from mhtracker.analysis.programme import ProgrammeProgress
from mhtracker.domain.counting.programmes import people_of, steps_of
from mhtracker.domain.presets import ProgrammePlan
from mhtracker.domain.records import Programme
from mhtracker.figures.trajectory import Trajectory, draw_trajectory
from mhtracker.reports.manager.programme_picture import trajectory_of
from mhtracker.ui.caseload.filters import rule_words
from mhtracker.ui.manager.telling import of_month
from mhtracker.ui.manager.veil import COUNTING, Veil
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette
from mhtracker.ui.widgets.labels import Label

HEIGHT = 340
LEAST_WIDTH = 420
NO_PROGRAMME = "A programme takes everybody in some stages on a day, and says how many are to have moved on by when."
SET_UP = "Set up a programme"


class _PlanView(FigureView):
    """As high as the cards beside it leave room for; its picture is drawn so high."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Programme against plan", grows=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        # Not the picture's own height: a card once drawn high would never be lower again.
        return QSize(self._theme.px(LEAST_WIDTH), self._theme.px(HEIGHT))


class PlanCard(Card):
    """`set_up` when somebody wants a programme and there is none; `explain` with what a pressed month tells."""

    set_up = Signal()
    what_if = Signal()
    explain = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Programme against plan", " ")
        self._found: ProgrammeProgress | None = None
        self._as_at, self._is_today, self._team = date.min, False, ""
        self.ask = Button(theme, "What if", self.what_if.emit, small=True)
        self.add_action(self.ask)
        self.ask.hide()
        self._facts: Trajectory | None = None
        self.view = _PlanView(theme)
        self.view.resized.connect(self._draw)
        self.view.pressed.connect(self._on_pressed)
        self._none = EmptyState(
            theme,
            "flag-checkered",
            "No programme yet",
            NO_PROGRAMME,
            SET_UP,
            self.set_up.emit,
        )
        self._apart = Label("", "caption", "text2", wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        for widget, share in ((self.view, 1), (self._none, 1), (self._apart, 0)):
            self.add(widget, share)
        self._veil = Veil(theme, self, HEIGHT + 76)
        theme.changed.connect(self._draw_again)
        self._none.hide()

    def offer(
        self, plan: ProgrammePlan | None, people: int, stages: Sequence[str], ended: Programme | None = None
    ) -> None:
        """Where there is no programme: the preset's, once people are in its stages, and else how to set up any.

        `ended` is the latest that was: it can be looked at still.
        """
        words, button = NO_PROGRAMME, SET_UP
        title = "No programme yet" if ended is None else "No programme is running"
        self._none.title.setText(title)
        self._none.setAccessibleName(title)
        if ended is not None and ended.ended_on is not None:
            words = f"“{ended.name}” ended on {text.format_date(ended.ended_on)}. It can be chosen above."
        if plan is not None:
            where = text.join_words([text.first_lower(each) for each in stages])
            sets = f"The paper that this register began as sets one, “{plan.name}”."
            if people:
                counted = text.count(people, "person is", "people are")
                share = f" ({plan.aim_percent:g}%)" if plan.aim_percent is not None else ""
                many = text.format_number(plan.aim_people or people_of(plan.aim_percent or 0, people))
                words = f"{sets} {counted} in {where} now: {many}{share} to move on by {text.format_date(plan.aim_on)}."
                button = "Start the preset’s programme"
            else:
                words = f"{sets} It can be started once people are in {where}."
        self._none.words.setText(words)
        self._none.setAccessibleDescription(words)
        if self._none.button is not None:
            self._none.button.setText(button)

    def expect(self, programme: Programme | None) -> None:
        """Which programme will be shown is known before it is counted: its picture's place is kept."""
        self._none.setVisible(programme is None)
        for widget in (self.view, self._apart, self.ask):
            widget.setVisible(programme is not None)
        self.view.setMinimumHeight(self._theme.px(HEIGHT) if programme is not None else 0)
        if programme is None:
            self._veil.lift()

    def show_waiting(self, words: str = COUNTING) -> None:
        """Until it is counted, or where it could not be."""
        if self._none.isHidden():
            self._veil.lay(words)

    def show_programme(
        self, found: ProgrammeProgress | None, as_at: date, *, is_today: bool = False, team: str = ""
    ) -> None:
        """`team` is named in the head of the page: the programme is told of all its people all the same."""
        self._veil.lift()
        self.expect(found.programme if found is not None else None)
        self._found, self._as_at, self._is_today, self._team = found, as_at, is_today, team
        if found is None:
            self.set_caption("")
            self._facts = None
            return
        self._set_caption(found, "of all its people: " if team else "")
        entered, moved = text.count(len(found.entered), "person", "people"), len(found.entered_moved)
        self._apart.setText(
            f"Not counted: {entered} came to these stages after the baseline; {moved} of them moved on."
        )
        steps = steps_of(found.programme)
        if steps:
            told = ", ".join(f"{step.percent:g}% by {text.format_date(step.by)}" for step in steps)
            self._apart.setText(f"Steps of the plan: {told}.\n{self._apart.text()}")
        if found.programme.rule:
            self._apart.setText(f"Only {rule_words(found.programme.rule)}.\n{self._apart.text()}")
        if found.old_pace is not None:
            self._apart.setText(f"{self._apart.text()}\n{found.old_pace.words(found.programme, found.cohort)}")
        self._facts = trajectory_of(found, as_at, is_today=is_today)
        self._draw(self.view.width())

    def _set_caption(self, found: ProgrammeProgress, whose: str) -> None:
        began = text.format_date(found.programme.baseline_on)
        ended = found.programme.ended_on
        over = f"; ended {text.format_date(ended)}" if ended is not None and ended <= self._as_at else ""
        self.set_caption(f"{whose}people moved on, of the {found.cohort} counted on {began}{over}")

    def suppose(self, of: ProgrammeProgress | None, supposed: Forecast | None, name: str) -> None:
        """Draw where it would lead if something changed; without `supposed` as it goes.

        `of` is the programme it was worked out for: as a whole (None too), or for a team's people alone, who are then
        drawn.
        """
        whole = self._found
        if whole is None:
            return
        found = of if of is not None else whole
        alone = found.cohort != whole.cohort
        self._set_caption(found, f"{self._team} alone: " if alone else "of all its people: " if self._team else "")
        self._facts = trajectory_of(found, self._as_at, supposed, name, is_today=self._is_today)
        self._draw_again()

    def _on_pressed(self, _kind: str, day: str) -> None:
        told = of_month(self._found, date.fromisoformat(day)) if self._found is not None else None
        if told is not None:
            self.explain.emit(told)

    def _draw_again(self) -> None:
        self._draw(self.view.width())

    def _draw(self, width: int) -> None:
        if self._facts is None:
            return
        theme = self._theme
        picture = draw_trajectory(
            self._facts, figure_palette(theme), width=max(width, theme.px(LEAST_WIDTH)),
            height=max(self.view.height(), theme.px(HEIGHT)), text_size=theme.px(12),
        )  # fmt: skip
        self.view.show_picture(picture)

"""The programme against its plan."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from mhtracker import text
from mhtracker.analysis.programme import ProgrammeProgress
from mhtracker.figures.trajectory import Trajectory, draw_trajectory
from mhtracker.reports.programme_picture import trajectory_of
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette
from mhtracker.ui.widgets.labels import Label

HEIGHT = 300
LEAST_WIDTH = 420


class PlanCard(Card):
    """`set_up` when somebody wants a programme and there is none."""

    set_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Programme against plan", " ")
        self._facts: Trajectory | None = None
        self.view = FigureView(theme, "Programme against plan", grows=False)
        self.view.resized.connect(self._draw)
        self._none = EmptyState(
            theme,
            "flag-checkered",
            "No programme yet",
            "A programme takes everybody in some stages on a day, and says how many are to have moved on by when.",
            "Set up a programme",
            self.set_up.emit,
        )
        self._apart = Label("", "caption", "text2", wrap=True)
        for widget in (self.view, self._none, self._apart):
            self.add(widget)
        theme.changed.connect(self._draw_again)

    def show_programme(self, found: ProgrammeProgress | None, today: date) -> None:
        self._none.setVisible(found is None)
        self.view.setVisible(found is not None)
        self._apart.setVisible(found is not None)
        if found is None:
            self.set_caption("")
            return
        began = text.format_date(found.programme.baseline_on)
        self.set_caption(f"people moved on, of the {found.cohort} counted on {began}")
        entered, moved = text.count(len(found.entered), "person", "people"), len(found.entered_moved)
        self._apart.setText(
            f"Not counted: {entered} came to these stages after the baseline; {moved} of them moved on."
        )
        self._facts = trajectory_of(found, today)
        self._draw(self.view.width())

    def _draw_again(self) -> None:
        self._draw(self.view.width())

    def _draw(self, width: int) -> None:
        if self._facts is None:
            return
        theme = self._theme
        picture = draw_trajectory(
            self._facts, figure_palette(theme), width=max(width, theme.px(LEAST_WIDTH)), height=theme.px(HEIGHT),
            text_size=theme.px(12),
        )  # fmt: skip
        self.view.show_picture(picture)

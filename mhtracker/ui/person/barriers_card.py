"""Barriers on a person's page: open ones first with their days, and the days each reason has taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.around import barrier_days
from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.records import Barrier
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.person.words import code_words
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label

Run = Callable[..., object]


class BarriersCard(Card):
    """The card as a whole. `run` starts forms; without `may_record` it offers none."""

    def __init__(self, theme: Theme, summary: CaseSummary, run: Run, *, may_record: bool) -> None:
        add = Button(theme, "Add barrier", lambda: run("barrier"), kind="quiet", icon="mdi6.plus", small=True)
        add.setEnabled(may_record)
        barriers = summary.around.barriers
        super().__init__(theme, "Barriers", action=add, ruled=True, padded=not barriers)
        self._run, self._may = run, may_record
        if not barriers:
            self.add(
                EmptyState(
                    theme,
                    "mdi6.timer-sand",
                    "Nothing holds the move up",
                    "Say what does as soon as it does, and when it no longer does: the days then add up by reason.",
                    "Add a barrier" if may_record else "",
                    lambda: run("barrier"),
                )
            )
            return
        ended = [barrier for barrier in barriers if barrier.ended_on is not None]
        for barrier in (*summary.around.open_barriers(), *ended):
            self.add(self._row(summary, barrier))
            self.add_rule()
        self.add(self._totals(summary))

    def _row(self, summary: CaseSummary, barrier: Barrier) -> QWidget:
        theme, is_open = self._theme, barrier.ended_on is None
        words = code_words(summary, "delay_reason", barrier.code)
        days = text.count(barrier_days(barrier, summary.as_at), "day")
        row = QWidget()
        row.setAccessibleName(f"{'Open' if is_open else 'Ended'}: {words}, {days}")
        column = QVBoxLayout(row)
        column.setContentsMargins(theme.px(14), theme.px(8), theme.px(11), theme.px(8))
        column.setSpacing(theme.px(3))
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        badge = Badge(theme, "stuck", "Open") if is_open else Badge(theme, "in_date", "Ended", quiet=True)
        line.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(breakable(words), wrap=True), 1)
        line.addWidget(Label(days, "strong"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        side = code_words(summary, "attributable", barrier.attributable)
        told = (
            text.first_lower(text.format_period(barrier.started_on, barrier.ended_on)),
            f"put down to {text.first_lower(side)}" if side else "",
        )
        said = ", ".join(filter(None, told))
        under = "\n".join(filter(None, (said[:1].upper() + said[1:], barrier.note)))
        column.addWidget(Label(breakable(under), "caption", "text2", wrap=True))
        if self._may:
            column.addLayout(self._steps(barrier, words))
        return row

    def _steps(self, barrier: Barrier, words: str) -> FlowLayout:
        theme, run = self._theme, self._run
        steps = FlowLayout(across=theme.px(6), down=theme.px(4))
        if barrier.ended_on is None:
            end = Button(theme, "End", lambda: run("end_barrier", barrier_id=barrier.id), small=True)
            end.setAccessibleName(f"End: {words}")
            steps.addWidget(end)
        change = Button(theme, "Change", lambda: run("edit_barrier", barrier_id=barrier.id), small=True)
        change.setAccessibleName(f"Change: {words}")
        steps.addWidget(change)
        return steps

    def _totals(self, summary: CaseSummary) -> QWidget:
        """The days by reason, no day counted twice, and under any."""
        theme, barriers = self._theme, summary.around.barriers
        delays = delayed_days(barriers, min(each.started_on for each in barriers), summary.as_at)
        lines = [f"{text.count(delays.total, 'day')} held up in all"]
        if len(delays.by_reason) > 1:
            lines += [
                f"{text.count(days, 'day')}: {code_words(summary, 'delay_reason', code)}"
                for code, days in delays.by_reason.items()
            ]
        box = QWidget()
        box.setAccessibleName("Days held up")
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.px(14), theme.px(8), theme.px(11), theme.px(10))
        column.setSpacing(theme.px(2))
        for place, words in enumerate(lines):
            column.addWidget(Label(words, "caption-strong" if not place else "caption", "text2", wrap=True))
        return box

"""The column beside Today's list: what changed since one last looked, reviews by week, people by stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mhtracker.text import count
from mhtracker.ui.context import Context
from mhtracker.ui.today.bars import StageBars, WeekBars
from mhtracker.ui.today.news import NewsList
from mhtracker.ui.today.reading import MINE, TodayData
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.labels import Label, rule


class BesideColumn(QFrame):
    """`on_seen` marks the news as seen, `on_stage` lists a stage's people, `on_week` the reviews of a week."""

    def __init__(
        self,
        context: Context,
        on_seen: Callable[[], object],
        on_stage: Callable[[str], object],
        on_week: Callable[[date | None], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme, px = context.theme, context.theme.px
        self.setProperty("box", "surface")
        self.setAccessibleName("Beside the list")
        self.news = NewsList(context, on_seen)
        self.weeks = WeekBars(theme, on_week)
        self._weeks_heading = Label("Reviews by week", "heading")
        self.unbooked = LinkButton(theme, "", lambda: on_week(None))
        self.stages = StageBars(theme, on_stage)
        self._stages_heading = Label("", "heading")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, px(12))
        body.setSpacing(0)
        body.addWidget(self.news)
        inside = QVBoxLayout()
        inside.setContentsMargins(px(14), px(12), px(14), 0)
        inside.setSpacing(px(6))
        for widget in (self._weeks_heading, self.weeks, self.unbooked, rule(), self._stages_heading, self.stages):
            inside.addWidget(widget)
        body.addLayout(inside)
        body.addStretch(1)

    def show_data(self, data: TodayData) -> None:
        """Show a day's picture."""
        self.news.setVisible(data.since is not None)
        if data.since is not None:
            self.news.show_since(data.since)
        self.weeks.show_weeks(data.weeks)
        mine = data.scope == MINE
        self._weeks_heading.setText("Your reviews, by week" if mine else "Reviews by week")
        self.unbooked.set_words(f"and {data.unbooked:,} overdue, not booked")
        self.unbooked.setVisible(data.unbooked > 0)
        people = count(data.people, "person", "people")
        self._stages_heading.setText(f"Your {people}" if mine else people[:1].upper() + people[1:])
        self.stages.show_stages(data.stages)

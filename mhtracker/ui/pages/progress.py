"""Progress, the manager's page: the programme against its plan, and every figure with its people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.analysis.in_words import told
from mhtracker.domain.records import Programme
from mhtracker.operations.programmes import end_programme
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.manager.cards import MeasuresCard, MoneyCard, ReviewsCard, StuckCard
from mhtracker.ui.manager.cost_table_card import CostTableCard
from mhtracker.ui.manager.delays_card import DelaysCard
from mhtracker.ui.manager.doubts_card import DoubtsCard
from mhtracker.ui.manager.explained import ExplainedPanel
from mhtracker.ui.manager.flow_card import FlowCard, RibbonsCard
from mhtracker.ui.manager.lengths_card import LeftPanel, LengthsCard
from mhtracker.ui.manager.numbers import NumberCard
from mhtracker.ui.manager.papers import MonthAsked, print_month, save_month
from mhtracker.ui.manager.plan_card import PlanCard
from mhtracker.ui.manager.reading import MONTH, PROGRAMME, QUARTER, YEAR, Asked, Figures, read_figures
from mhtracker.ui.manager.scenario_panel import ScenarioPanel
from mhtracker.ui.manager.shares import NUMBERS, number_of, share_of
from mhtracker.ui.manager.telling import Told, of_stuck
from mhtracker.ui.pages.base import Page
from mhtracker.ui.person.parts import Scroll
from mhtracker.ui.shots import Shot
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.chips import Chip
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label, button_words
from mhtracker.ui.widgets.segmented import Segmented

PERIODS = ((MONTH, "Month"), (QUARTER, "Quarter"), (YEAR, "Year to date"), (PROGRAMME, "Programme"))
NARROW = 1150
NOBODY = "Once people and placements are here, this page tells how many move on, who is stuck and on what."


class ProgressPage(Page):
    """The period and the programme are kept while the register is open."""

    key = "progress"
    title = "Progress"
    icon = "chart-timeline-variant"
    kinds = frozenset(
        {
            "person",
            "placement",
            "review",
            "barrier",
            "status",
            "programme",
            "programme_person",
            "stage",
            "setting",
            "cost_table",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.asked = Asked()
        self._figures: Figures | None = None
        self._build()

    def _build(self) -> None:
        theme = self.context.theme
        self.programme = Chip(theme, "Programme", clearable=False)
        self.programme.pressed_open.connect(self._open_programmes)
        self.period = Segmented(theme, "Period", list(PERIODS), self.asked.period)
        self.period.chosen.connect(lambda key: self.ask_for(replace(self.asked, period=key)))
        self.paper = Button(theme, "Monthly report", self._open_papers, icon="mdi6.printer-outline")
        self.sentence = Label("", wrap=True)
        self.numbers = {key: NumberCard(theme, title) for key, title in NUMBERS}
        for key, card in self.numbers.items():
            card.figure.clicked.connect(partial(self._explain, key))
        self.plan = PlanCard(theme)
        self.plan.set_up.connect(lambda: self.context.shell.run_command("start_programme"))
        self.reviews, self.money = ReviewsCard(theme), MoneyCard(theme)
        self.plan.what_if.connect(self._ask_what_if)
        self.plan.explain.connect(self._tell)
        self.flow, self.lengths, self.delays = FlowCard(theme), LengthsCard(theme), DelaysCard(self.context)
        self.ribbons, self.measures = RibbonsCard(theme), MeasuresCard(theme)
        self.doubts = DoubtsCard(self.context)
        self.flow.ribbons_asked.connect(partial(self._show_ribbons, True))
        self.ribbons.closed.connect(partial(self._show_ribbons, False))
        self.ribbons.hide()
        self.lengths.left_asked.connect(self._ask_how_left)
        for each in (self.reviews, self.money, self.flow, self.ribbons, self.lengths, self.delays, self.measures,
                     self.doubts):  # fmt: skip
            each.explain.connect(self._tell)
        self.stuck = StuckCard(theme, self.context.shell.open_person)
        self.stuck.all_asked.connect(partial(self._explain, "stuck"))
        self._whole = QStackedWidget()
        self._whole.setAccessibleName("Progress")
        self._whole.addWidget(self._make_body())
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._whole)
        theme.changed.connect(self._measure)
        self._measure()

    def _make_body(self) -> QWidget:
        self._scroll = Scroll("Progress")
        self._column = QVBoxLayout(self._scroll.inside)
        head = QWidget()
        head.setAccessibleName("Programme and period")
        line = FlowLayout(head, across=self.context.theme.px(12), down=self.context.theme.px(6))
        for widget in (Label("Progress", "title"), self.programme, self.period, self.paper):
            line.addWidget(widget)
        self._column.addWidget(head)
        self._column.addWidget(self.sentence)
        row = QFrame()
        row.setProperty("box", "card")
        row.setAccessibleName("Figures")
        self._number_row = FlowLayout(row, across=0, down=0)
        for card in self.numbers.values():
            self._number_row.addWidget(card)
        self._column.addWidget(row)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        right = QVBoxLayout()
        right.addWidget(self.reviews)
        right.addWidget(self.money)
        right.addStretch(1)
        self._right = right
        self._upper.addWidget(self.plan, 2, Qt.AlignmentFlag.AlignTop)
        self._upper.addLayout(right, 1)
        for below, share in ((self.flow, 4), (self.lengths, 4), (self.delays, 4), (self.stuck, 6)):
            self._lower.addWidget(below, share, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(self._upper)
        self._column.addLayout(self._lower)
        self._column.addWidget(self.ribbons)
        self._last = QHBoxLayout()
        self._last.addWidget(self.measures, 2, Qt.AlignmentFlag.AlignTop)
        self._last.addWidget(self.doubts, 3, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(self._last)
        self.tables = CostTableCard(self.context)
        self._column.addWidget(self.tables)
        self._column.addStretch(1)
        return self._scroll

    def _measure(self) -> None:
        px = self.context.theme.px
        self._column.setContentsMargins(px(24), px(12), px(24), px(16))
        self._column.setSpacing(px(12))
        for each in (self._upper, self._lower, self._last, self._right):
            each.setSpacing(px(12))
        for card in self.numbers.values():
            card.setFixedWidth(px(186))

    def resizeEvent(self, event: Any) -> None:
        """In a narrow window the cards stand under each other."""
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(NARROW)
        way = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        for each in (self._upper, self._lower, self._last):
            each.setDirection(way)

    # What a page does

    def query(self, store: Store, as_at: date) -> Figures:
        return read_figures(store, as_at, self.asked)

    def ask_for(self, asked: Asked) -> None:
        self.asked = asked
        self.period.set_key(asked.period)
        self.refresh()

    def focus_first(self) -> None:
        self.programme.setFocus()

    def show_data(self, data: Figures) -> None:
        before, self._figures = self._figures, data
        found = data.progress
        if before is not None and (later := _replaced_since(before, data)) is not None:
            self.ask_for(replace(self.asked, programme_id=later))
            return
        if before is not None and before.progress.programme is None and found.programme is not None:
            # The button that was pressed is gone, and with it the focus would wander to the foot of the page.
            self.programme.setFocus()
            QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(0))
        if not found.flow.stages or not any(each.closing or each.opening for each in found.flow.stages):
            self._show_empty(data)
            return
        if self._whole.currentIndex() == 1:
            self._whole.setCurrentIndex(0)
            self._column.insertWidget(self._column.count() - 1, self.tables)
        self.tables.show()
        programme = found.programme
        self.programme.set_value(programme.programme.name if programme else "none")
        self.sentence.setText(told(found))
        for key, card in self.numbers.items():
            card.show_number(*number_of(key, data))
        self.plan.show_programme(programme, self.context.as_at, is_today=not self.context.looks_elsewhere)
        self.reviews.show_reviews(found)
        self.money.show_money(data)
        self.flow.show_flow(data)
        self.ribbons.show_flow(data)
        self.measures.show_measures(found)
        self.lengths.show_lengths(data)
        self.delays.show_delays(data)
        self.stuck.show_stuck(data)
        self.doubts.look()

    def _show_empty(self, data: Figures) -> None:
        """Nobody is here: what was planned for them is, if a plan came with the register."""
        if self._whole.count() == 1:
            scroll = Scroll("Progress, nobody here yet")
            self._empty = EmptyState(
                self.context.theme,
                "chart-timeline-variant",
                "Nobody is on the pathway yet",
                NOBODY,
                "Import people",
                lambda: self.context.shell.open_page("import"),
            )
            self._empty_column = QVBoxLayout(scroll.inside)
            self._empty_column.addWidget(self._empty)
            self._whole.addWidget(scroll)
        plans = [each.name for each in data.programmes if each.ended_on is None] or list(data.tables)
        planned = f"The plan is here: {', '.join(plans)}. " if plans else ""
        self._empty.words.setText(planned + NOBODY)
        self._empty.setAccessibleDescription(planned + NOBODY)
        self._empty_column.addWidget(self.tables)
        self.tables.setVisible(bool(data.tables))
        self._whole.setCurrentIndex(1)

    def _explain(self, key: str) -> None:
        if self._figures is None:
            return
        share = share_of(key, self._figures)
        if key == "stuck":
            self._tell(of_stuck(self._figures))
        elif share is not None:
            self._tell(Told(share))

    def _tell(self, told: Told) -> None:
        self.context.shell.side_panel(ExplainedPanel(self.context, told.share.name, told.share, told.notes))

    def _show_ribbons(self, shown: bool) -> None:
        self.ribbons.setVisible(shown)
        self.flow.switch.setVisible(not shown)
        if not shown:
            self.flow.switch.setFocus()
        elif self._figures is not None:
            self.ribbons.show_flow(self._figures)
            self.ribbons.focus_first()
            QTimer.singleShot(0, self.ribbons, lambda: self._scroll.ensureWidgetVisible(self.ribbons))

    def _ask_how_left(self) -> None:
        if self._figures is None or not self._figures.ranges:
            return
        ranges, stages = self._figures.ranges, self._figures.stages
        # First the stage that tells most.
        known = sorted((key for key in ranges if key in stages), key=lambda key: -len(ranges[key].ended))
        self.context.shell.side_panel(LeftPanel(self.context, [stages[key] for key in known]))

    def _ask_what_if(self) -> None:
        found = self._figures.progress.programme if self._figures is not None else None
        if found is None or self._figures is None:
            return
        panel = ScenarioPanel(self.context, found, self._figures.labels)
        panel.supposed.connect(lambda supposed, name: self.plan.suppose(self.context.as_at, supposed, name))
        self.context.shell.side_panel(panel)

    def _open_programmes(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Programmes")
        for each in self._figures.programmes if self._figures else ():
            ended = f", ended {text.format_date(each.ended_on)}" if each.ended_on else ""
            action = menu.addAction(button_words(f"{each.name}{ended}"))
            action.triggered.connect(partial(self._choose, each.id))
        menu.addSeparator()
        menu.addAction("Set up a programme").triggered.connect(
            lambda: self.context.shell.run_command("start_programme")
        )
        found = self._figures.progress.programme if self._figures is not None else None
        if found is not None and found.programme.ended_on is None:
            menu.addAction("Change the aim").triggered.connect(
                lambda: self.context.shell.run_command("change_aim", programme_id=found.programme.id)
            )
            menu.addAction(button_words(f"End {found.programme.name}")).triggered.connect(
                partial(self._end, found.programme.id)
            )
        menu.popup(self.programme.mapToGlobal(self.programme.rect().bottomLeft()))

    def _end(self, programme_id: str, _checked: bool = False) -> None:
        say = self.context.shell.say
        self.context.jobs.do(end_programme, programme_id, then=lambda made: say(f"Ended {made.name}.", can_undo=True))

    def print_page(self) -> bool:
        """The monthly report of the period in view, as it will print."""
        if self._figures is None:
            return False
        print_month(self, self.context, self._month())
        return True

    def _month(self, *, publish: bool = False) -> MonthAsked:
        found = self._figures.progress if self._figures is not None else None
        first = found.from_on if found is not None else self.context.as_at
        return MonthAsked(first, self.context.as_at, self.asked.programme_id, publish)

    def _open_papers(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Monthly report")
        choices = (
            ("Print the report", self.print_page),
            ("Print for publication, small numbers hidden",
             lambda: print_month(self, self.context, self._month(publish=True))),
            ("Save all tables as a spreadsheet", lambda: save_month(self, self.context, self._month())),
            ("Save for publication, small numbers hidden",
             lambda: save_month(self, self.context, self._month(publish=True))),
        )  # fmt: skip
        for words, chosen in choices:
            menu.addAction(words).triggered.connect(lambda _=False, chosen=chosen: chosen())
        menu.popup(self.paper.mapToGlobal(self.paper.rect().bottomLeft()))

    def _choose(self, programme_id: str) -> None:
        self.ask_for(replace(self.asked, programme_id=programme_id))


def _replaced_since(before: Figures, data: Figures) -> str | None:
    """The programme that took the place of the one in view, its aim having changed since the page was last counted."""
    shown = before.progress.programme
    known = {each.id for each in before.programmes}
    new = (each for each in data.programmes if shown is not None and each.replaces == shown.programme.id)
    return next((each.id for each in new if each.id not in known), None)


def _with_programme(store: Store) -> dict[str, Any]:
    from mhtracker.operations.programmes import start_programme

    if not store.find(Programme):
        start_programme(
            store, name="Move on half by March 2028", baseline_on=date(2025, 4, 1),
            stage_ids=["residential", "nursing"], aim_on=date(2028, 3, 31), aim_percent=50,
        )  # fmt: skip
    return {}


def _on_page(action: Callable[[ProgressPage], object]) -> Callable[[Any], None]:
    def run(window: Any) -> None:
        page = window.navigator.current_page()
        if isinstance(page, ProgressPage):
            action(page)

    return run


SHOTS = (
    Shot("progress-none", "progress"),
    Shot("progress", "progress", find=_with_programme),
    Shot("progress-ribbons", "progress", prepare=_on_page(lambda page: page.flow.switch.click())),
    Shot("progress-lower", "progress", prepare=_on_page(lambda page: page._scroll.ensureWidgetVisible(page.doubts))),
    Shot("progress-what-if", "progress", prepare=_on_page(lambda page: page.plan.ask.click())),
    Shot("progress-left", "progress", prepare=_on_page(lambda page: page.lengths.left_asked.emit())),
    Shot("progress-stuck", "progress", prepare=_on_page(lambda page: page.stuck.all_asked.emit())),
)

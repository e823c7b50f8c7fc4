"""Progress, the manager's page: the programme against its plan, and every figure with its people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.analysis.in_words import told
from mhtracker.domain.errors import Unavailable, UserError
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.manager.cards import MeasuresCard, MoneyCard, ReviewsCard, StuckCard
from mhtracker.ui.manager.cost_table_card import CostTableCard
from mhtracker.ui.manager.delays_card import DelaysCard
from mhtracker.ui.manager.doubts_card import DoubtsCard
from mhtracker.ui.manager.explained import ExplainedPanel
from mhtracker.ui.manager.flow_card import FlowCard, RibbonsCard
from mhtracker.ui.manager.head import ProgressHead
from mhtracker.ui.manager.lengths_card import LeftPanel, LengthsCard
from mhtracker.ui.manager.numbers import NumberCard, NumberRow
from mhtracker.ui.manager.plan_card import PlanCard
from mhtracker.ui.manager.reading import Asked, Figures, read_first, read_rest, replaced_since
from mhtracker.ui.manager.scenario_panel import ScenarioPanel
from mhtracker.ui.manager.shares import AT_ONCE, NUMBERS, number_of, share_of
from mhtracker.ui.manager.shots import SHOTS as SHOTS
from mhtracker.ui.manager.telling import Told, of_stuck
from mhtracker.ui.manager.turns import Turns
from mhtracker.ui.manager.veil import COUNTING as COUNTING_CARD
from mhtracker.ui.manager.veil import Veil
from mhtracker.ui.pages.base import Page
from mhtracker.ui.person.parts import Scroll
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label

NARROW = 1150
PATIENCE_MS = 300
"""So long the figures of the question before may stand: a small register has answered by then, and nothing flickers."""
NOBODY = "Once people and placements are here, this page tells how many move on, who is stuck and on what."
COUNTING = "Counting money and the programme…"
UNCOUNTED = "The figures could not be counted."


class ProgressPage(Page):
    """It asks twice: for what is counted at once, and then for money and the programme, whose places wait for them."""

    key = "progress"
    title = "Progress"
    icon = "chart-timeline-variant"
    kinds = frozenset(
        "person placement review barrier status cost_line funding programme programme_person stage setting team "
        "cost_table".split()
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._figures: Figures | None = None
        # By which day's end what is asked for, and what is in view, was known: a day of the answer does not tell.
        self._known_asked: date | None = None
        self._known_shown: date | None = None
        self._wanted = {"first", "rest"}
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_waiting)
        self._placing, self._showing = Turns(self), Turns(self)
        self._build()

    def _build(self) -> None:
        theme = self.context.theme
        self.head = ProgressHead(self.context)
        self.programme, self.team, self.period = self.head.programme, self.head.team, self.head.period
        self.head.asked_for.connect(lambda _: self.refresh())
        self.sentence = Label("", wrap=True)
        self.numbers = {key: NumberCard(theme, title) for key, title in NUMBERS}
        for key, card in self.numbers.items():
            card.figure.clicked.connect(partial(self._explain, key))
        self.plan = PlanCard(theme)
        self.plan.set_up.connect(lambda: self.context.shell.run_command("start_programme"))
        self.reviews, self.money = ReviewsCard(theme), MoneyCard(theme)
        self.plan.what_if.connect(self._ask_what_if)
        self.plan.explain.connect(partial(self._tell, of_programme=True))
        self.flow, self.lengths, self.delays = FlowCard(theme), LengthsCard(theme), DelaysCard(self.context)
        self.ribbons, self.measures = RibbonsCard(self.context), MeasuresCard(theme)
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
        at_once = ((self.reviews, 186), (self.flow, 300), (self.lengths, 340), (self.delays, 300), (self.stuck, 400),
                   (self.measures, 300))  # fmt: skip
        self.veils = [Veil(theme, card, room) for card, room in at_once]
        self._whole = QStackedWidget()
        self._whole.setAccessibleName("Progress")
        self._whole.addWidget(self._make_body())
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._whole)
        theme.changed.connect(self._measure)
        self._measure()
        self._show_waiting()

    def _make_body(self) -> QWidget:
        self._scroll = Scroll("Progress")
        self._column = QVBoxLayout(self._scroll.inside)
        self._column.addWidget(self.head)
        self._column.addWidget(self.sentence)
        self._column.addWidget(NumberRow(self.context.theme, list(self.numbers.values())))
        self._upper, self._lower, self._last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._right = QVBoxLayout()
        self._right.addWidget(self.reviews)
        self._right.addWidget(self.money, 1)
        self._upper.addWidget(self.plan, 2)
        self._upper.addLayout(self._right, 1)
        for card in (self.money, self.flow, self.lengths, self.delays, self.stuck, self.measures, self.doubts):
            card.fill_height()
        self._between, self._foot = QVBoxLayout(), QVBoxLayout()
        for row in (self._upper, self._lower, self._between, self._last, self._foot):
            self._column.addLayout(row)
        self.tables = CostTableCard(self.context)
        self._column.addStretch(1)
        # What stands below the edge of most windows is put there when the page is in view, for the page to be sooner.
        below: list[tuple[QBoxLayout, QWidget, int]] = [
            (self._lower, self.flow, 5), (self._lower, self.lengths, 4), (self._lower, self.delays, 5),
            (self._lower, self.stuck, 6), (self._between, self.ribbons, 0), (self._last, self.measures, 2),
            (self._last, self.doubts, 3), (self._foot, self.tables, 0),
        ]  # fmt: skip
        self._placing.begin(partial(row.addWidget, card, share) for row, card, share in below)
        return self._scroll

    def _measure(self) -> None:
        px = self.context.theme.px
        self._column.setContentsMargins(px(24), px(12), px(24), px(16))
        self._column.setSpacing(px(12))
        for each in (self._upper, self._lower, self._last, self._right):
            each.setSpacing(px(12))

    def resizeEvent(self, event: Any) -> None:
        """In a narrow window the cards stand under each other."""
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(NARROW)
        way = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        for each in (self._upper, self._lower, self._last):
            each.setDirection(way)

    # Asking

    @property
    def asked(self) -> Asked:
        """What is in view, or asked for."""
        return self.head.asked

    def ask_for(self, asked: Asked) -> None:
        self.head.ask(asked)

    @property
    def waits_for(self) -> frozenset[str]:
        """What is still being counted: "first", "rest"."""
        return frozenset(self._wanted)

    def query(self, store: Store, as_at: date) -> Figures:
        return read_first(store, as_at, self.asked)

    def refresh(self) -> None:
        """Ask both anew. Of another question than the one in view nothing stands for longer than a moment."""
        before = self._figures
        self._wanted, self._known_asked = {"first", "rest"}, self.context.as_known
        if (
            before is None
            or (before.asked, before.as_at) != (self.asked, self.context.as_at)
            or self._known_asked != self._known_shown
        ):
            self._patience.start()
        super().refresh()

    def _show_waiting(self) -> None:
        """Put placeholders where figures are still to come."""
        if "first" in self._wanted:
            self._cover()
        for key, card in self.numbers.items():
            if ("first" if key in AT_ONCE else "rest") in self._wanted:
                card.show_waiting()
        if "rest" in self._wanted:
            self.sentence.setText(COUNTING)
            self.money.show_waiting()
            self.plan.show_waiting()

    def _cover(self, words: str = COUNTING_CARD) -> None:
        """Let nothing be seen of what was counted for another question, also not that nobody was there."""
        self._leave_empty()
        self._showing.drop()
        for veil in self.veils:
            veil.lay(words)
        self.ribbons.show_waiting(words)
        self.doubts.show_waiting(words)

    def focus_first(self) -> None:
        if not self.tables.has_keyboard():  # a table just started has taken it to its first cell
            self.programme.setFocus()

    # Showing

    def show_data(self, data: Figures) -> None:
        self._placing.finish()
        before, self._figures = self._figures, data
        same_known, self._known_shown = self._known_shown == self._known_asked, self._known_asked
        self._wanted.discard("first")
        if before is not None and (later := replaced_since(before, data)) is not None:
            self.ask_for(replace(self.asked, programme_id=later))
            return
        if before is not None and data.answers(before) and same_known:
            # Until money and the programme are counted anew, those of the same question stand.
            self._figures = replace(data, progress=before.progress)
        self.context.jobs.ask(
            read_rest, data, then=self._on_rest, failed=self._on_no_rest, broke=self.show_fault, slot=self._slot
        )
        if before is not None and before.programme is None and data.programme is not None:
            # The button that was pressed is gone, and with it the focus would wander to the foot of the page.
            self.programme.setFocus()
            QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(0))
        self.head.show_figures(data)
        for key in ("moved", "forecast"):
            self.numbers[key].say_whose("all its people" if data.team_name else "")
        flow = data.first.flow
        if data.asked.team_id is None and not any(each.closing or each.opening for each in flow.stages):
            self._show_empty(data)
            return
        self._leave_empty()
        self.tables.show()
        self._show_first(data)
        if before is None:
            self._show_waiting()

    def _show_first(self, data: Figures) -> None:
        """The numbers now, and then a card at each turn of the window, which all at once would hold it up."""
        self._show_numbers(data, AT_ONCE)
        self.plan.expect(data.programme)
        self.plan.offer(*data.offer, ended=data.latest_ended)
        self.ribbons.show_flow(data)
        shows: list[Callable[[], object]] = [
            partial(self.reviews.show_reviews, data),
            partial(self.flow.show_flow, data),
            partial(self.lengths.show_lengths, data),
            partial(self.delays.show_delays, data),
            partial(self.stuck.show_stuck, data),
            partial(self.measures.show_measures, data.first),
        ]
        self._showing.begin(partial(_show_under, *each) for each in zip(shows, self.veils, strict=True))

    def _show_numbers(self, data: Figures, keys: frozenset[str]) -> None:
        for key in keys:
            number = number_of(key, data)
            if number is not None:
                self.numbers[key].show_number(*number, opens=share_of(key, data) is not None)

    @Slot(object)
    def _on_rest(self, data: Figures) -> None:
        found = data.progress
        if found is None:
            return
        self._showing.finish()
        self._figures = data
        self._wanted.discard("rest")
        self._patience.stop()
        self.sentence.setText(told(found))
        self._show_numbers(data, frozenset(self.numbers) - AT_ONCE)
        self.plan.show_programme(
            found.programme, data.as_at, is_today=not self.context.looks_elsewhere, team=data.team_name
        )
        self.money.show_money(data)
        self.doubts.look(data)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        """Nothing could be counted: said in every card, and by the window."""
        super()._on_failed(error)
        self._show_uncounted(error)

    def show_fault(self) -> None:
        super().show_fault()
        self._show_uncounted(Unavailable("Not counted."))

    def _show_uncounted(self, error: UserError) -> None:
        self._figures = None
        self._cover(str(error))
        for key in AT_ONCE:
            self.numbers[key].show_uncounted()
        self._on_no_rest(error)
        self.sentence.setText(UNCOUNTED)

    @Slot(object)
    def _on_no_rest(self, error: UserError) -> None:
        self._patience.stop()
        self._wanted.clear()
        words = str(error)
        self.sentence.setText(f"Money and the programme could not be counted. {words}")
        for key in frozenset(self.numbers) - AT_ONCE:
            self.numbers[key].show_uncounted()
        self.money.show_waiting("–")
        self.plan.show_waiting(words)

    def _leave_empty(self) -> None:
        if self._whole.currentIndex() == 1:
            self._whole.setCurrentIndex(0)
            self._foot.addWidget(self.tables)

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
        planned = f"The plan is here: {text.join_words([f'“{each}”' for each in plans])}. " if plans else ""
        if data.offered is not None:
            planned += f"Its programme “{data.offered.name}” can be started once people are in its stages. "
        self._empty.words.setText(planned + NOBODY)
        if self._empty.button is not None:
            # Nothing can be brought in where the register is read as it was known.
            self._empty.button.setVisible(self.context.as_known is None)
        self._empty.setAccessibleDescription(planned + NOBODY)
        self._empty_column.addWidget(self.tables)
        self.tables.setVisible(bool(data.tables))
        self._whole.setCurrentIndex(1)

    # What a press opens

    def _explain(self, key: str) -> None:
        if self._figures is None:
            return
        share = share_of(key, self._figures)
        if key == "stuck":
            self._tell(of_stuck(self._figures))
        elif share is not None:
            self._tell(Told(share), of_programme=key in ("moved", "forecast"))

    def _tell(self, told: Told, *, of_programme: bool = False) -> None:
        share, team = told.share, self._figures.team_name if self._figures is not None else ""
        if team:
            alone, every = f"Only people of {team}.", "Of all the programme’s people, not of the team alone."
            whose = every if of_programme else alone
            share = replace(share, definition=f"{share.definition} {whose}")
        self.context.shell.side_panel(ExplainedPanel(self.context, share.name, share, told.notes))

    def _show_ribbons(self, shown: bool) -> None:
        self.ribbons.setVisible(shown)
        self.flow.switch.setVisible(not shown)
        if not shown:
            self.flow.switch.setFocus()
        elif self._figures is not None:
            self.ribbons.focus_first()
            self.ribbons.show_flow(self._figures)
            QTimer.singleShot(0, self.ribbons, lambda: self._scroll.ensureWidgetVisible(self.ribbons))

    def _ask_how_left(self) -> None:
        data = self._figures
        if data is None or not data.ranges:
            return
        # First the stage that tells most.
        known = sorted((key for key in data.ranges if key in data.stages), key=lambda key: -len(data.ranges[key].ended))
        panel = LeftPanel(self.context, [data.stages[key] for key in known], data.asked.team_id, data.team_name)
        self.context.shell.side_panel(panel)

    def _ask_what_if(self) -> None:
        data = self._figures
        if data is None or data.progress is None or data.progress.programme is None:
            return
        panel = ScenarioPanel(self.context, data)
        panel.supposed.connect(self.plan.suppose)
        self.context.shell.side_panel(panel)

    def print_page(self) -> bool:
        """The monthly report of the period in view, as it will print."""
        return self.head.print_report()


def _show_under(show: Callable[[], object], veil: Veil) -> None:
    show()
    veil.lift()

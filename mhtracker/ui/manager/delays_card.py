"""Delayed days as bars: by reason, or by whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.analysis.delay_owners import OwnedDelay
from mhtracker.analysis.held_up import Delay
from mhtracker.ui.context import Context
from mhtracker.ui.manager.bars import BarRow
from mhtracker.ui.manager.reading import Figures, Owned, read_owned
from mhtracker.ui.manager.telling import of_delay
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card, clear_layout
from mhtracker.ui.widgets.labels import Label

SHOWN = 6
REASON = "reason"
WAYS = {
    REASON: "by reason",
    "attributable": "by what it is put down to",
    "worker": "by worker",
    "team": "by team",
    "service": "by service",
}


class DelaysCard(Card):
    """The longest bars; a press opens the people. What is not by reason is asked for when chosen."""

    explain = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "Delayed days")
        self._context = context
        self._data: Figures | None = None
        self.way = REASON
        self.switch = LinkButton(context.theme, WAYS[REASON], self._open_ways)
        self.switch.setAccessibleName("Delayed days by reason; choose another way")
        self.add_action(self.switch)
        self._rows = QWidget()
        self._rows.setAccessibleName("Delayed days")
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(context.theme.px(6))
        self._none = Label("No barrier held anybody up in this period.", "body", "text2", wrap=True)
        self.add(self._rows)
        self.add(self._none)

    def show_delays(self, data: Figures) -> None:
        self._data = data
        if self.way == REASON:
            self._show([(data.labels.get(each.code, each.code), each) for each in data.first.delays.by_reason])
        else:
            self._ask()

    def choose(self, way: str) -> None:
        self.way = way
        self.switch.setText(WAYS[way])
        self.switch.setAccessibleName(f"Delayed days {WAYS[way]}; choose another way")
        if self._data is not None:
            self.show_delays(self._data)

    def _ask(self) -> None:
        if self._data is not None:
            data = self._data
            self._context.jobs.ask(
                read_owned, data.from_on, data.as_at, self.way, data.asked.team_id,
                then=self._on_owned, slot=("delays", id(self)),
            )  # fmt: skip

    def _on_owned(self, found: Owned) -> None:
        if self.way != REASON:
            self._show([(found.names.get(each.key, each.key), each) for each in found.bars])

    def _show(self, bars: Iterable[tuple[str, Delay | OwnedDelay]]) -> None:
        clear_layout(self._column)
        everything = list(bars)
        self._none.setVisible(not everything)
        self._rows.setVisible(bool(everything))
        first = everything[:SHOWN] if len(everything) > SHOWN + 1 else everything
        rest = everything[len(first) :]
        left = sum(each.days for _, each in rest)
        most = max([left, *(each.days for _, each in first)], default=1)
        for words, each in first:
            self._add(words, each.people, each.days, each.days / most, self._barriers(each))
        if rest:
            people = tuple(dict.fromkeys(person for _, each in rest for person in each.people))
            noun = "reason" if self.way == REASON else "row"
            self._add(text.count(len(rest), f"other {noun}"), people, left, left / most, rest=True)

    def _barriers(self, each: Delay | OwnedDelay) -> dict[str, tuple[str, ...]]:
        """Which barriers a bar counts of its people."""
        if isinstance(each, Delay):
            return {"code": (each.code,)}
        return {"attributable": (each.key,)} if self.way == "attributable" else {}

    def _add(
        self,
        words: str,
        people: tuple[str, ...],
        days: int,
        share: float,
        barriers: dict[str, tuple[str, ...]] | None = None,
        *,
        rest: bool = False,
    ) -> None:
        if self._data is None:
            return
        bar = BarRow(self._theme, words, len(people), days, share, rest=rest)
        told = partial(of_delay, words, people, days, WAYS[self.way], (self._data.from_on, self._data.as_at), barriers)
        bar.clicked.connect(lambda _checked=False: self.explain.emit(told()))
        self._column.addWidget(bar)

    def _open_ways(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Delayed days by")
        for way, words in WAYS.items():
            menu.addAction(words).triggered.connect(partial(self._chosen, way))
        menu.popup(self.switch.mapToGlobal(self.switch.rect().bottomLeft()))

    def _chosen(self, way: str, _checked: bool = False) -> None:
        self.choose(way)

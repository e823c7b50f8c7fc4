"""The cards of Progress that are small tables: reviews, money, measures, stuck. Every number opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from mhtracker import text
from mhtracker.analysis.progress import STUCK_SHOWN, Progress
from mhtracker.ui.manager.grids import FactGrid
from mhtracker.ui.manager.numbers import Figure
from mhtracker.ui.manager.reading import Figures
from mhtracker.ui.manager.telling import Told, of_money, of_reviews
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.shapes import ShapeMark
from mhtracker.ui.widgets.stage_pill import StagePill


def _opening(theme: Theme, words: str, name: str, press: Callable[[], object]) -> Figure:
    figure = Figure(theme, "strong")
    figure.show_number(words, name)
    figure.clicked.connect(lambda _checked=False: press())
    return figure


class ReviewsCard(Card):
    """How everybody's next review stands. `explain` with what a pressed number tells."""

    explain = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Reviews", " ")
        self._grid = FactGrid(theme, "Reviews", left=(0, 1), stretch=1)
        self.add(self._grid)

    def show_reviews(self, found: Progress) -> None:
        reviews = found.reviews
        self.set_caption(text.count(reviews.in_date_share.denominator, "person", "people"))
        rows = (
            ("in_date", "In date", reviews.in_date),
            ("soon", "Due soon", reviews.due_soon),
            ("overdue", "Overdue", reviews.overdue),
            ("none", "of them never reviewed", reviews.never),
        )
        self._grid.show_rows(
            [
                (ShapeMark(self._theme, shape, words), words, self._count(found, key, words, people))
                for (shape, words, people), key in zip(rows, ("in_date", "due_soon", "overdue", "never"), strict=True)
            ]
        )

    def _count(self, found: Progress, key: str, words: str, people: tuple[str, ...]) -> Figure:
        tell = partial(of_reviews, found.reviews, key)
        return _opening(self._theme, str(len(people)), words, lambda: self.explain.emit(tell()))


class MoneyCard(Card):
    """Weekly cost and what moves have saved. `explain` with what a pressed sum tells."""

    explain = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Money", "net to the council")
        self._grid = FactGrid(theme, "Money")
        self.add(self._grid)

    def show_money(self, data: Figures) -> None:
        money = data.progress.money
        whole = partial(text.format_pence, whole=True)
        a_year = sum(each.a_week for each in money.saved) * 52
        rows = [
            ("gross", "Cost a week, gross", whole(money.gross)),
            ("net", "Cost a week, net", whole(money.net)),
            ("", "Net cost of the period", whole(money.period.net)),
            ("saving", "Saved in the period", whole(money.saving)),
            *([("once", "Paid once around moves", whole(money.transition))] if money.transition else []),
            ("year", "Saved in a full year", whole(a_year)),
            ("unknown", "Cost not recorded", text.count(len(money.unknown), "person", "people")),
        ]
        self._grid.show_rows([(name, self._sum(data, key, name, words)) for key, name, words in rows])

    def _sum(self, data: Figures, key: str, name: str, words: str) -> Figure | str:
        if not key:
            return words
        return _opening(self._theme, words, name, lambda: self.explain.emit(of_money(data, key)))


class MeasuresCard(Card):
    """The outcome measures: how many of how many, and the percentage where there are enough."""

    explain = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Measures", "counted locally")
        self._grid = FactGrid(theme, "Measures")
        self.add(self._grid)

    def show_measures(self, found: Progress) -> None:
        rows = []
        for share in found.measures.values():
            of = f"{text.format_number(share.numerator)} of {text.format_number(share.denominator)}"
            rate = "too few" if share.too_few or share.percent is None else f"{share.percent:.0f}%"
            tell = partial(self.explain.emit, Told(share))
            rows.append((share.name, _opening(self._theme, of, share.name, tell), rate))
        self._grid.show_rows(rows, ("Measure", "People", "Share"))


class StuckCard(Card):
    """Who is furthest beyond, and held up by what. `all_asked` for everybody."""

    all_asked = Signal()

    def __init__(self, theme: Theme, open_person: Callable[[str], None]) -> None:
        super().__init__(theme, "Stuck", "longer than usual")
        self._open = open_person
        self._grid = FactGrid(theme, "Stuck people", left=(0, 1, 3), stretch=3)
        self._all = LinkButton(theme, "", self.all_asked.emit)
        self._none = Label("Nobody is.", "body", "text2")
        for widget in (self._grid, self._none, self._all):
            self.add(widget)

    def show_stuck(self, data: Figures) -> None:
        stuck = data.progress.stuck
        self._grid.setVisible(bool(stuck))
        self._none.setVisible(not stuck)
        self._all.setVisible(bool(stuck))
        unexplained = sum(1 for each in stuck if each.barrier is None)
        words = f"All {len(stuck)} people, {unexplained} with no barrier recorded"
        self._all.setText(words)
        self._all.setAccessibleName(words)
        rows = [
            (
                *self._block(data, each.stage_id),
                LinkButton(self._theme, data.names.get(each.person_id, each.ref), partial(self._open, each.person_id)),
                f"+{text.format_number(each.over_days)}",
                data.labels.get(each.barrier, each.barrier) if each.barrier else "None recorded",
            )
            for each in stuck[:STUCK_SHOWN]
        ]
        self._grid.show_rows(rows, ("", "Person", "Days over", "Held up by"))

    def _block(self, data: Figures, stage_id: str) -> tuple[StagePill | str]:
        stage = data.stages.get(stage_id)
        return (StagePill(self._theme, stage, "") if stage is not None else "",)

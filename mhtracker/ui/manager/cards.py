"""The cards of Progress: reviews, money, flow, lengths of stay, delays, stuck."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from mhtracker import text
from mhtracker.analysis.progress import STUCK_SHOWN, Progress
from mhtracker.ui.manager.grids import FactGrid
from mhtracker.ui.manager.reading import Figures
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.shapes import ShapeMark
from mhtracker.ui.widgets.stage_pill import StagePill

REASONS_SHOWN = 6


class ReviewsCard(Card):
    """How everybody's next review stands."""

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
            [(ShapeMark(self._theme, shape, words), words, str(len(people))) for shape, words, people in rows]
        )


class MoneyCard(Card):
    """Weekly cost and what moves have saved."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Money", "net to the council")
        self._grid = FactGrid(theme, "Money")
        self.add(self._grid)

    def show_money(self, found: Progress) -> None:
        money = found.money
        whole = partial(text.format_pence, whole=True)
        a_year = sum(each.a_week for each in money.saved) * 52
        self._grid.show_rows(
            [
                ("Cost a week, gross", whole(money.gross)),
                ("Cost a week, net", whole(money.net)),
                ("Net cost of the period", whole(money.period.net)),
                ("Saved in the period", whole(money.saving)),
                *([("Paid once around moves", whole(money.transition))] if money.transition else []),
                ("Saved in a full year", whole(a_year)),
                ("Cost not recorded", text.count(len(money.unknown), "person", "people")),
            ]
        )


class FlowCard(Card):
    """Opening, in, out and closing of every stage."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Flow", " ")
        self._grid = FactGrid(theme, "Flow between stages")
        self.add(self._grid)

    def show_flow(self, data: Figures) -> None:
        found = data.progress.flow
        first, last = (text.format_date(day, year=False) for day in (found.from_on, found.to_on))
        self.set_caption(f"{first} to {last}")
        rows: list[tuple[object, ...]] = []
        for each in found.stages:
            stage = data.stages.get(each.stage_id)
            if stage is None or not (each.opening or each.came or each.went):
                continue
            numbers = (len(each.opening), len(each.came), len(each.went), len(each.closing))
            rows.append((StagePill(self._theme, stage), *(text.format_number(n) for n in numbers)))
        self._grid.show_rows(rows, ("Stage", first, "In", "Out", last))  # type: ignore[arg-type]


class LengthsCard(Card):
    """How long people stay: half of them and three in four."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Length of stay", "completed and current")
        self._grid = FactGrid(theme, "Length of stay by stage")
        self.add(self._grid)

    def show_lengths(self, data: Figures) -> None:
        rows: list[tuple[object, ...]] = []
        for stage_id, each in data.progress.lengths.items():
            stage = data.stages.get(stage_id)
            if stage is None or not each.people:
                continue
            half, most = (_length(days) for days in (each.median_days, each.upper_quartile_days))
            rows.append((StagePill(self._theme, stage), half, most))
        self._grid.show_rows(rows, ("Stage", "Half by", "3 in 4 by"))  # type: ignore[arg-type]


def _length(days: int | None) -> str:
    return text.format_duration(days, short=True) if days else "not yet"


class DelaysCard(Card):
    """Delayed days by reason, most first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Delayed days", "by reason")
        self._grid = FactGrid(theme, "Delayed days by reason")
        self._none = Label("No barrier held anybody up in this period.", "body", "text2", wrap=True)
        self.add(self._grid)
        self.add(self._none)

    def show_delays(self, data: Figures) -> None:
        delays = data.progress.delays
        self._none.setVisible(not delays)
        self._grid.setVisible(bool(delays))
        rows = [
            (data.labels.get(each.code, each.code), str(len(each.people)), text.format_number(each.days))
            for each in delays[:REASONS_SHOWN]
        ]
        if rest := delays[REASONS_SHOWN:]:
            people = len({person for each in rest for person in each.people})
            days = text.format_number(sum(each.days for each in rest))
            rows.append((text.count(len(rest), "other reason"), str(people), days))
        self._grid.show_rows(rows, ("Reason", "People", "Days"))


class StuckCard(Card):
    """Who is furthest beyond, and held up by what. `all_asked` for everybody."""

    all_asked = Signal()

    def __init__(self, theme: Theme, open_person: Callable[[str], None]) -> None:
        super().__init__(theme, "Stuck", "longer than 3 in 4")
        self._open = open_person
        self._grid = FactGrid(theme, "Stuck people", left=(0, 2), stretch=2)
        self._all = LinkButton(theme, "", self.all_asked.emit)
        self._none = Label("Nobody is.", "body", "text2")
        for widget in (self._grid, self._none, self._all):
            self.add(widget)

    def show_stuck(self, data: Figures) -> None:
        stuck = data.progress.stuck
        self._grid.setVisible(bool(stuck))
        self._none.setVisible(not stuck)
        self._all.setVisible(len(stuck) > STUCK_SHOWN)
        unexplained = sum(1 for each in stuck if each.barrier is None)
        words = f"All {len(stuck)} people, {unexplained} with no barrier recorded"
        self._all.setText(words)
        self._all.setAccessibleName(words)
        rows = [
            (
                LinkButton(self._theme, data.names.get(each.person_id, each.ref), partial(self._open, each.person_id)),
                f"+{text.format_number(each.over_days)}",
                data.labels.get(each.barrier, each.barrier) if each.barrier else "None recorded",
            )
            for each in stuck[:STUCK_SHOWN]
        ]
        self._grid.show_rows(rows, ("Person", "Days over", "Held up by"))

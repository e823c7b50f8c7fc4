"""The cards of Progress that are small tables: reviews, money, measures, stuck. Every number opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.analysis.held_up import Stuck
from mhtracker.analysis.money import Money
from mhtracker.analysis.progress import STUCK_SHOWN
from mhtracker.analysis.progress import Figures as First
from mhtracker.analysis.share import Share
from mhtracker.ui.manager.bars import PartsBar
from mhtracker.ui.manager.grids import FactGrid
from mhtracker.ui.manager.numbers import Figure
from mhtracker.ui.manager.reading import Figures
from mhtracker.ui.manager.telling import Told, of_money, of_reviews
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.labels import ElidedLabel, Label
from mhtracker.ui.widgets.shapes import ShapeMark
from mhtracker.ui.widgets.stage_pill import StagePill

LONG_NAME = 30
NEVER = "of them never"
TEAMS_SHOWN = 4


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
        self.bar = PartsBar(theme)
        self._grid = FactGrid(theme, "Reviews", left=(0, 1), stretch=1)
        self.teams = FactGrid(theme, "Reviews in date, by team")
        self._row = QHBoxLayout()
        self._row.addWidget(self._grid, 1)
        self._row.addWidget(self.teams, 1, Qt.AlignmentFlag.AlignTop)
        self.add(self.bar)
        self.add_layout(self._row)
        theme.changed.connect(self._space)
        self._space()

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(20))

    def show_reviews(self, data: Figures) -> None:
        found = data.first
        reviews = found.reviews
        share = reviews.in_date_share
        self.set_caption(f"{text.count(share.denominator, 'person', 'people')}, {share.numerator} in date")
        rows = (
            ("in_date", text.NOT_DUE_YET, reviews.in_date),
            ("soon", "Due soon", reviews.due_soon),
            ("overdue", "Overdue", reviews.overdue),
            ("none", NEVER, reviews.never),
        )
        overdue, never = len(reviews.overdue) - len(reviews.never), len(reviews.never)
        self.bar.show_parts(
            (
                (len(reviews.in_date), "ok.shape", text.first_lower(text.NOT_DUE_YET)),
                (len(reviews.due_soon), "warn.shape", "due soon"),
                (overdue, "danger.shape", "overdue"),
                (never, "text", "never reviewed"),
            )
        )
        self._grid.show_rows(
            [
                (ShapeMark(self._theme, shape, words), words, self._count(found, key, words, people))
                for (shape, words, people), key in zip(rows, ("in_date", "due_soon", "overdue", "never"), strict=True)
            ]
        )

        self._show_teams(data.reviews_by_team)

    def _show_teams(self, shares: Sequence[tuple[str, Share]]) -> None:
        """The teams with the most still to do, where there is more than one."""
        worst = sorted(shares, key=lambda each: each[1].numerator - each[1].denominator)[:TEAMS_SHOWN]
        shown = [each for each in shares if each in worst] if len(shares) > 1 else []
        rows = []
        for name, share in shown:
            rate = "too few" if share.too_few or share.percent is None else f"{share.percent:.0f}%"
            figure = _opening(self._theme, rate, f"{name}, reviews in date", partial(self.explain.emit, Told(share)))
            rows.append((name, Label(f"of {text.format_number(share.denominator)}", "body", "text2"), figure))
        self.teams.show_rows(rows)
        self.teams.setVisible(bool(rows))

    def _count(self, found: First, key: str, words: str, people: tuple[str, ...]) -> Figure:
        tell = partial(of_reviews, found.reviews, key)
        name = f"{words} reviewed" if key == "never" else words
        return _opening(self._theme, str(len(people)), name, lambda: self.explain.emit(tell()))


ROWS = (
    ("gross", "Cost a week, gross"),
    ("net", "Cost a week, net"),
    ("period", "Net cost of the period"),
    ("saving", "Saved in the period"),
    ("once", "Paid once around moves"),
    ("year", "Saved in a full year"),
    ("unknown", "Cost not recorded"),
    ("wards", "On NHS wards, not paid for"),
)


class MoneyCard(Card):
    """Weekly cost and what moves have saved. `explain` with what a pressed sum tells."""

    explain = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Money", "net to the council")
        self._grid = FactGrid(theme, "Money")
        self.add(self._grid)
        self.show_waiting()

    def show_waiting(self, words: str = "…") -> None:
        """The rows, their sums still to come."""
        self._grid.show_rows([(name, Figure.none(self._theme, words, name)) for _, name in ROWS])

    def show_money(self, data: Figures) -> None:
        if data.progress is None:
            return
        money = data.progress.money
        whole = partial(text.format_pence, whole=True)
        sums = {
            "gross": whole(money.gross),
            "net": whole(money.net),
            "period": whole(money.period.net),
            "saving": whole(money.saving),
            "once": whole(money.transition),
            "year": whole(sum(each.a_week for each in money.saved) * 52),
            "unknown": text.count(len(money.unknown), "person", "people"),
            "wards": text.count(len(money.on_wards), "person", "people"),
        }
        self._grid.show_rows([(name, self._sum(data, money, key, name, sums[key])) for key, name in ROWS])

    def _sum(self, data: Figures, money: Money, key: str, name: str, words: str) -> Figure:
        if key == "period":
            return Figure.none(self._theme, words, name)
        period = (data.from_on, data.as_at)
        return _opening(self._theme, words, name, lambda: self.explain.emit(of_money(money, key, period)))


class MeasuresCard(Card):
    """The outcome measures: how many of how many, and the percentage where there are enough."""

    explain = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Measures", "counted locally")
        self._grid = FactGrid(theme, "Measures")
        self.add(self._grid)

    def show_measures(self, found: First) -> None:
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
        self._grid = FactGrid(theme, "Stuck people", left=(0, 1), stretch=1, down=1)
        self._all = LinkButton(theme, "", self.all_asked.emit)
        self._none = Label("Nobody is.", "body", "text2")
        for widget in (self._grid, self._none, self._all):
            self.add(widget)

    def show_stuck(self, data: Figures) -> None:
        stuck = data.first.stuck
        self._grid.setVisible(bool(stuck))
        self._none.setVisible(not stuck)
        self._all.setVisible(bool(stuck))
        unexplained = stuck.unexplained
        many = len(stuck) > 1
        words = f"All {text.format_number(len(stuck))} people" if many else "The one person"
        whose = f"{text.format_number(unexplained)} with" if many else "with"
        words += f", {whose} no barrier recorded" if unexplained else ""
        self._all.setText(words)
        self._all.setAccessibleName(words)
        rows = [
            (*self._block(data, each.stage_id), self._named(data, each), f"+{text.format_number(each.over_days)}")
            for each in stuck[:STUCK_SHOWN]
        ]
        self._grid.show_rows(rows, ("", "Person, and held up by", "Days over"))

    def _named(self, data: Figures, each: Stuck) -> QWidget:
        """The name, and under it what holds them up, which has the whole width to itself."""
        name = data.names.get(each.person_id, each.ref)
        short = name if len(name) <= LONG_NAME else f"{name[: LONG_NAME - 1]}…"
        link = LinkButton(self._theme, short, partial(self._open, each.person_id), tip=name if short != name else "")
        link.setAccessibleName(name)
        link.setFixedHeight(self._theme.px(24))
        why = data.labels.get(each.barrier, each.barrier) if each.barrier else "No barrier recorded"
        both = QWidget()
        both.setAccessibleName(f"{name}: {why}")
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(link)
        column.addWidget(ElidedLabel(why, "caption", "text2" if each.barrier else "warn"))
        return both

    def _block(self, data: Figures, stage_id: str) -> tuple[StagePill | str]:
        stage = data.stages.get(stage_id)
        return (StagePill(self._theme, stage, "") if stage is not None else "",)

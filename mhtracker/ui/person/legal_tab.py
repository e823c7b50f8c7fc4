"""The tab of legal and other statuses: what holds now, what runs out when, and everything that held before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.legal.orders import CHARGED, holds
from mhtracker.domain.legal.words import KIND_TITLES, expiry, further_words, legal_now, period_words
from mhtracker.domain.lists.code_lists import SETTLED
from mhtracker.domain.records import DueState, LegalAndStatus, StatusKind
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.context import Context
from mhtracker.ui.person.goals_tab import TwoColumns
from mhtracker.ui.person.parts import FactRows, Tab, breakable
from mhtracker.ui.person.words import charge_words, code_words, lost_words
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.banner import Banner
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE

Run = Callable[..., object]


class LegalTab(Tab):
    """`run(command, **args)` starts a form for the person."""

    def __init__(self, context: Context, run: Run) -> None:
        super().__init__(context.theme, "Legal and status")
        self._run = run
        self.rows: dict[str, QWidget] = {}

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show what holds now, then everything that held."""
        self.clear()
        self.rows = {}
        charged = charge_words(summary)
        if charged:
            self.column.addWidget(Banner(self.theme, CHARGED, title=f"{charged}.", family="warn"))
        cards = TwoColumns(self.theme)
        cards.add(self._now(summary, may_record), 0, 0)
        cards.add(self._home_and_work(summary, may_record), 1, 1)
        history = self._history(summary, may_record)
        if history is not None:
            cards.add(history, 1, 1)
        self.column.addWidget(cards)
        self.column.addStretch(1)

    def _now(self, summary: CaseSummary, may_record: bool) -> Card:
        theme = self.theme
        now = legal_now(summary.statuses, summary.as_at)
        if not now:
            card = Card(theme, "Legal status now")
            words = (
                "s117 after-care, a community treatment order, deprivation of liberty, capacity decisions, advocacy "
                "and safeguarding stand here with their dates."
            )
            title = "No legal status recorded"
            set_it = partial(self._run, "status", kind=StatusKind.S117.value)
            card.add(EmptyState(theme, "mdi6.gavel", title, words, "Set a status" if may_record else "", set_it))
            return card
        add = LinkButton(
            theme, "Set a status", partial(self._run, "status", kind=StatusKind.S117.value), icon="mdi6.plus"
        )
        add.setEnabled(may_record)
        card = Card(theme, "Legal status now", action=add, ruled=True, padded=False)
        for place, status in enumerate(now):
            if place:
                card.add_rule()
            row = self._status(summary, status, may_record)
            self.rows[status.id] = row
            card.add(row)
        return card

    def _status(self, summary: CaseSummary, status: LegalAndStatus, may_record: bool) -> QWidget:
        theme, px = self.theme, self.theme.px
        row = QWidget()
        words = code_words(summary, status.kind, status.code)
        title = KIND_TITLES[status.kind]
        row.setAccessibleName(f"{title}: {words}, {period_words(status, summary.as_at)}")
        column = QVBoxLayout(row)
        column.setContentsMargins(px(14), px(9), px(14), px(9))
        column.setSpacing(px(3))
        head = FlowLayout(across=px(10), down=px(3))
        head.addWidget(Label(title, "strong"))
        state, said = expiry(status, summary.as_at)
        if said:
            quiet = state in (DueState.IN_DATE, DueState.NONE)
            head.addWidget(Badge(theme, SHAPE_OF_DUE[state], said, quiet=quiet))
        column.addLayout(head)
        column.addWidget(
            Label(breakable(f"{words}, {period_words(status, summary.as_at)}"), wrap=True, selectable=True)
        )
        further = further_words(status)
        if further:
            column.addWidget(Label(breakable(further), "caption", "text2", wrap=True, selectable=True))
        if lost := lost_words(summary, status):
            column.addWidget(Label(lost, "caption", "warn", wrap=True))
        if may_record:
            column.addLayout(self._steps(summary, status))
        return row

    def _steps(self, summary: CaseSummary, status: LegalAndStatus) -> FlowLayout:
        theme = self.theme
        steps = FlowLayout(across=theme.px(6), down=theme.px(4))
        if status.expires_on is not None and not lost_words(summary, status):
            renew = partial(self._run, "status", kind=status.kind.value, code=status.code)
            steps.addWidget(Button(theme, "Renew", renew, small=True))
        end = partial(self._run, "end_status", status_id=status.id)
        close = status.kind == StatusKind.SAFEGUARDING
        steps.addWidget(Button(theme, "Close" if close else "End", end, small=True))
        steps.addWidget(Button(theme, "Correct", partial(self._run, "edit_status", status_id=status.id), small=True))
        return steps

    def _home_and_work(self, summary: CaseSummary, may_record: bool) -> Card:
        card = Card(self.theme, "Home, work and support")
        rows = FactRows(self.theme, "Home, work and support", label_width=132)
        home, work = summary.accommodation, summary.employment
        lives = code_words(summary, "accommodation", home.code) if home else ""
        if home is not None:
            counts = "counts" if home.code in SETTLED else "does not count"
            lives = f"{lives}, {counts} as settled, {period_words(home, summary.as_at)}"
        works = f"{code_words(summary, 'employment', work.code)}, {period_words(work, summary.as_at)}" if work else ""
        support = code_words(summary, "primary_support", summary.person.primary_support)
        rows.show_rows(
            [
                ("Accommodation", lives or text.NOT_RECORDED),
                ("Employment", works or text.NOT_RECORDED),
                ("Primary support reason", support or text.NOT_RECORDED),
            ]
        )
        card.add(rows)
        if may_record:
            steps = FlowLayout(across=self.theme.px(14), down=self.theme.px(2))
            for words, kind in (("Set accommodation", "accommodation"), ("Set employment", "employment")):
                steps.addWidget(LinkButton(self.theme, words, partial(self._run, "status", kind=kind)))
            steps.addWidget(LinkButton(self.theme, "Set the support reason", lambda: self._run("edit_person")))
            card.add_layout(steps)
        return card

    def _history(self, summary: CaseSummary, may_record: bool) -> Card | None:
        if not summary.statuses:
            return None
        theme = self.theme
        card = Card(theme, "Everything that held", "newest first")
        table = QWidget()
        table.setAccessibleName("Statuses over time")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, status in enumerate(reversed(summary.statuses)):
            live = holds(status, summary.as_at)
            mark = Badge(theme, "in_date" if live else "none", "Holds" if live else "Over", quiet=True)
            title, label = KIND_TITLES[status.kind], code_words(summary, status.kind, status.code)
            words = title if title == label else f"{title}: {label}"
            said = "\n".join(filter(None, (words, period_words(status, summary.as_at), further_words(status))))
            grid.addWidget(mark, place, 0, top)
            row = Label(breakable(said), wrap=True, selectable=True)
            self.rows.setdefault(status.id, row)
            grid.addWidget(row, place, 1)
            if may_record:
                correct = partial(self._run, "edit_status", status_id=status.id)
                link = LinkButton(theme, "Correct", correct)
                link.setAccessibleName(f"Correct {words}")
                grid.addWidget(link, place, 2, top)
        card.add(table)
        return card

    def go_to(self, record_id: str) -> None:
        """Bring a status into view."""
        row = self.rows.get(record_id)
        if row is not None:
            self.ensureWidgetVisible(row, 0, self.theme.px(40))

"""The tab of money: what a week costs and who pays, what is planned, what was paid once, what the last move saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.analysis.savings import Saved, last_saved
from mhtracker.domain.caseload import PersonFacts
from mhtracker.domain.legal.orders import CHARGED, is_charged_after_care
from mhtracker.domain.money.costs import WeeklyCost, runs_on
from mhtracker.domain.money.tapers import next_steps
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.records import CostLine, FundingSplit
from mhtracker.domain.summary import CaseSummary
from mhtracker.store.cost_words import health_words, line_name, rate_words, split_words, weekly_words
from mhtracker.ui.context import Context
from mhtracker.ui.person.cost_view import CostView, course_of
from mhtracker.ui.person.goals_tab import TwoColumns
from mhtracker.ui.person.ledger import Ledger, Sum
from mhtracker.ui.person.parts import FactRows, Tab, breakable
from mhtracker.ui.person.words import charge_words, code_words
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.banner import Banner
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label

Run = Callable[..., object]


class MoneyTab(Tab):
    """`run(command, **args)` starts a form for the person."""

    def __init__(self, context: Context, run: Run) -> None:
        super().__init__(context.theme, "Money")
        self._context, self._run = context, run
        self._may_record = False
        self.rows: dict[str, QWidget] = {}

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show the week at the left, what it is made of and who pays at the right."""
        self.clear()
        self.rows = {}
        self._may_record = may_record
        cards = TwoColumns(self.theme)
        cards.add(self._week(summary), 0, 0)
        cards.add(self._lines(summary), 1, 1)
        cards.add(self._funding(summary), 0, 0)
        steps = next_steps(summary.costs, summary.as_at)
        if steps:
            cards.add(self._taper(summary, steps), 1, 1)
        cards.add(self._once(summary), 1, 1)
        saved = self._saved(summary)
        if saved is not None:
            cards.add(saved, 0, 0)
        self.column.addWidget(cards)
        self.column.addStretch(1)

    def _link(self, words: str, command: str, **args: str) -> LinkButton:
        link = LinkButton(self.theme, words, partial(self._run, command, **args), icon="mdi6.plus")
        link.setEnabled(self._may_record)
        return link

    def _button(self, words: str, name: str, command: str, **args: str) -> Button:
        button = LinkButton(self.theme, words, partial(self._run, command, **args))
        button.setProperty("compact", True)
        button.setAccessibleName(name)
        return button

    def _compare(self, person_id: str) -> None:
        from mhtracker.ui.dialogs.compare_form import ComparePanel

        self._context.shell.side_panel(ComparePanel(self._context, person_id=person_id))

    # The week

    def _week(self, summary: CaseSummary) -> Card:
        theme, cost = self.theme, summary.cost
        compare = LinkButton(theme, "Compare two places", partial(self._compare, summary.person.id))
        card = Card(theme, "A week", f"as at {text.format_date(summary.as_at)}", action=compare)
        if cost is None:
            words = (
                "No cost is recorded for the present stay." if summary.current else "There is no stay to pay for now."
            )
            card.add(Label(words, tone="text2", wrap=True))
        else:
            sums = [
                Sum("Costs, gross", text.format_pence(cost.gross)),
                self._person_pays(cost),
                Sum("NHS pays", text.format_pence(cost.health) if cost.health else "Nothing"),
                Sum("Council pays, net", text.format_pence(cost.net), total=True),
            ]
            card.add(Ledger(theme, "A week", sums))
        if is_charged_after_care(summary.charge_pence, summary.statuses, summary.as_at):
            charged = f"Charged {text.format_pence(summary.charge_pence)} a week"
            card.add(Banner(theme, CHARGED, title=f"{charged}.", family="warn"))
        course = course_of(summary)
        if course is not None:
            card.add(CostView(theme, course))
        return card

    @staticmethod
    def _person_pays(cost: WeeklyCost) -> Sum:
        """A charge that does not count is struck out, with why."""
        if cost.not_charged:
            return Sum("Person pays", text.format_pence(cost.not_charged), "not charged: s117", struck=True)
        return Sum("Person pays", text.format_pence(cost.person) if cost.person else "Nothing")

    # What it is made of

    def _lines(self, summary: CaseSummary) -> Card:
        theme, as_at = self.theme, summary.as_at
        weekly = [line for line in summary.costs if line.frequency != Frequency.ONE_OFF]
        taper = LinkButton(theme, "Plan a taper", partial(self._run, "taper"))
        taper.setEnabled(self._may_record)
        if not weekly:
            card = Card(theme, "Costs", action=taper)
            own = summary.current.placement.weekly_cost_pence if summary.current is not None else None
            said = f"The stay costs {text.format_pence(own)} a week. " if own is not None else ""
            card.add(
                EmptyState(
                    theme,
                    "mdi6.cash-multiple",
                    "Only the cost of the stay" if own is not None else "No costs yet",
                    f"{said}Write down parts of it, hours, or a change from a day on; what it cost before stays true.",
                    "Add a cost" if self._may_record else "",
                    partial(self._run, "cost"),
                )
            )
            return card
        card = Card(theme, "Costs", action=taper, ruled=True, padded=False)
        card.add_action(self._link("Add a cost", "cost"))
        now = [line for line in weekly if runs_on(line, as_at)]
        later = [line for line in weekly if line.started_on > as_at and not line.taper_id]
        past = [line for line in weekly if line not in now and line.started_on <= as_at]
        for place, line in enumerate([*now, *later]):
            if place:
                card.add_rule()
            card.add(self._line(summary, line, over=False))
        for place, line in enumerate(reversed(past)):
            if place or now or later:
                card.add_rule()
            if not place:
                card.add(self._no_longer_paid())
            card.add(self._line(summary, line, over=True))
        return card

    def _no_longer_paid(self) -> QWidget:
        """The heading over what ended; what is paid now stands above it."""
        px = self.theme.px
        holder = QWidget()
        holder.setAccessibleName("No longer paid")
        row = QHBoxLayout(holder)
        row.setContentsMargins(px(14), px(8), px(14), 0)
        row.addWidget(Label("No longer paid", "caption-strong", "text2"))
        return holder

    def _line(self, summary: CaseSummary, line: CostLine, *, over: bool) -> QWidget:
        theme = self.theme
        name = line_name(line, code_words(summary, "cost_kind", line.kind))
        column, row = self._row(f"{name}, {weekly_words(line)}")
        head = self._head(name, weekly_words(line), over=over)
        if line.started_on > summary.as_at:
            head.insertWidget(1, Badge(theme, "booked", "Planned", quiet=True))
        elif line.taper_id and not over:
            head.insertWidget(1, Badge(theme, "slipped", "Tapers", quiet=True))
        column.addLayout(head)
        period = _period(line.started_on, line.ended_on)
        rate = rate_words(line)
        about = period if rate == weekly_words(line) else f"{rate}. {period}"
        steps: list[Button] = []
        if not over:
            steps.append(self._button("Change", f"Change {name}", "change_cost", line_id=line.id))
            if line.ended_on is None:
                steps.append(self._button("End", f"End {name}", "end_cost", line_id=line.id))
        steps.append(self._button("Correct", f"Correct {name}", "edit_cost", line_id=line.id))
        column.addLayout(self._about(about, steps))
        self.rows[line.id] = row
        return row

    def _head(self, name: str, amount: str, *, over: bool = False) -> QHBoxLayout:
        """What it is at the left and how much at the right, where every row has it."""
        head = QHBoxLayout()
        head.setSpacing(self.theme.px(10))
        title = Label(breakable(name), "body" if over else "strong", "text2" if over else "", wrap=True)
        head.addWidget(title, 1)
        head.addWidget(Label(amount, tone="text2" if over else ""))
        return head

    def _about(self, words: str, steps: list[Button]) -> QHBoxLayout:
        """What more there is to say, and at the right what can be done."""
        line = QHBoxLayout()
        line.setSpacing(self.theme.px(14))
        line.addWidget(Label(breakable(words), "caption", "text2", wrap=True), 1)
        for step in steps:
            if self._may_record:
                line.addWidget(step, 0, Qt.AlignmentFlag.AlignTop)
            else:
                step.deleteLater()
        return line

    def _row(self, name: str) -> tuple[QVBoxLayout, QWidget]:
        px = self.theme.px
        row = QWidget()
        row.setAccessibleName(name)
        column = QVBoxLayout(row)
        column.setContentsMargins(px(14), px(8), px(14), px(8))
        column.setSpacing(px(3))
        return column, row

    # Tapers, one-offs

    def _taper(self, summary: CaseSummary, steps: list[CostLine]) -> Card:
        theme, taper_id = self.theme, steps[0].taper_id or ""
        card = Card(theme, "Next steps of the taper", text.count(len(steps), "step"))
        rows = FactRows(theme, "Next steps")
        rows.show_rows(
            [(text.format_date(line.started_on), f"{rate_words(line)}: {weekly_words(line)}") for line in steps]
        )
        card.add(rows)
        last = steps[-1]
        if last.ended_on is not None and last.ended_on > summary.as_at:
            card.add(Label(f"Nothing more from {text.format_date(last.ended_on)}.", "caption", "text2", wrap=True))
        if self._may_record:
            buttons = FlowLayout(across=theme.px(14), down=theme.px(4))
            buttons.addWidget(self._button("Change", "Change the taper", "taper", taper_id=taper_id))
            buttons.addWidget(self._button("Stop", "Stop the taper", "stop_taper", taper_id=taper_id))
            card.add_layout(buttons)
        return card

    def _once(self, summary: CaseSummary) -> Card:
        once = [line for line in summary.costs if line.frequency == Frequency.ONE_OFF]
        add = self._link("Add one", "cost", kind="transition")
        card = Card(self.theme, "Paid once", action=add, ruled=bool(once), padded=not once)
        if not once:
            card.add(Label("Nothing. Costs of moving stand here, beside the weekly cost.", tone="text2", wrap=True))
            return card
        for place, line in enumerate(reversed(once)):
            if place:
                card.add_rule()
            name = line_name(line, code_words(summary, "cost_kind", line.kind))
            column, row = self._row(name)
            words = f"{text.format_pence(line.rate_pence)} on {text.format_date(line.started_on)}"
            head = self._head(name, words)
            if self._may_record:
                head.addWidget(self._button("Correct", f"Correct {name}", "edit_cost", line_id=line.id))
            column.addLayout(head)
            self.rows[line.id] = row
            card.add(row)
        return card

    # Who pays

    def _funding(self, summary: CaseSummary) -> Card:
        theme = self.theme
        change = self._link("Change who pays", "funding")
        if not summary.splits:
            card = Card(theme, "Who pays", action=change)
            charge = summary.charge_pence
            said = f"The stay says that the person pays {text.format_pence(charge)} a week. " if charge else ""
            if charge_words(summary):
                said += "It does not count: s117 after-care is free. "
            words = f"{said}No share of the NHS is recorded: the council pays the rest."
            card.add(Label(words, tone="text2", wrap=True))
            return card
        card = Card(theme, "Who pays", action=change, ruled=True, padded=False)
        for place, split in enumerate(reversed(summary.splits)):
            if place:
                card.add_rule()
            card.add(self._split(summary, split))
        return card

    def _split(self, summary: CaseSummary, split: FundingSplit) -> QWidget:
        holds = runs_on(split, summary.as_at)
        words = split_words(split)
        column, row = self._row(f"Who pays: {words}")
        said = f"{words[:1].upper()}{words[1:]}"
        column.addWidget(Label(breakable(said), "strong" if holds else "", wrap=True))
        about = [_period(split.started_on, split.ended_on)]
        if split.agreed_on is not None or split.agreed_by:
            on = f" on {text.format_date(split.agreed_on)}" if split.agreed_on else ""
            by = f" by {split.agreed_by}" if split.agreed_by else ""
            about.append(f"Agreed{on}{by}")
        elif health_words(split):
            about.append("When it was agreed is not recorded")
        if is_charged_after_care(split.person_pence, summary.statuses, summary.as_at) and holds:
            about.append(f"{text.format_pence(split.person_pence)} is not charged: s117")
        correct = self._button("Correct", f"Correct {words}", "edit_funding", split_id=split.id)
        column.addLayout(self._about(". ".join(about) + ".", [correct]))
        if split.note:
            column.addWidget(Label(breakable(split.note), wrap=True, selectable=True))
        self.rows[split.id] = row
        return row

    # The last move

    def _saved(self, summary: CaseSummary) -> Card | None:
        found = last_saving(summary)
        if found is None:
            return None
        moved_on, saved = found
        what = "saves" if saved.a_week >= 0 else "costs more"
        shown = [
            Sum(f"A week it {what}", text.format_pence(abs(saved.a_week))),
            Sum("So far" if saved.so_far >= 0 else "So far, more", text.format_pence(abs(saved.so_far))),
        ]
        if saved.transition:
            shown.append(Sum("Paid once around it", text.format_pence(saved.transition)))
        card = Card(self.theme, "The last move", f"on {text.format_date(moved_on)}, net to the council")
        card.add(Ledger(self.theme, "The last move", shown))
        return card

    def go_to(self, record_id: str) -> None:
        """Bring a cost or a split into view."""
        row = self.rows.get(record_id)
        if row is not None:
            self.ensureWidgetVisible(row, 0, self.theme.px(40))


def last_saving(summary: CaseSummary) -> tuple[date, Saved] | None:
    """The day of the move to the present stage and what it has saved; None where a cost is not known."""
    if summary.current is None or len(summary.stays) < 2:
        return None
    placements = [stay.placement for stay in summary.stays]
    facts = PersonFacts(summary.person, placements, costs=list(summary.costs), splits=list(summary.splits))
    facts.statuses = list(summary.statuses)
    return last_saved(facts, {stay.stage.id: stay.stage for stay in summary.stays}, summary.as_at)


def _period(started_on: date, ended_on: date | None) -> str:
    since = f"From {text.format_date(started_on)}"
    return f"{since} until {text.format_date(ended_on)}" if ended_on is not None else f"{since} on"

"""The first tab of a person's page: everything at a glance, in cards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.care_warnings import warnings_held
from mhtracker.domain.lists.code_lists import SETTLED
from mhtracker.domain.people_around import CARER, contact_holds
from mhtracker.domain.records import DueState
from mhtracker.domain.reviewing.due import due
from mhtracker.domain.summary import CaseSummary, MoveOn, Stay
from mhtracker.store.cost_words import cost_words
from mhtracker.ui.context import Context
from mhtracker.ui.person.parts import CardColumns, FactRows, Tab, breakable
from mhtracker.ui.person.summary_parts import add_actions, add_barriers, add_readiness, goals_card
from mhtracker.ui.person.words import (
    NO_AIM,
    aim_words,
    charge_words,
    code_words,
    note_caption,
    review_title,
    slip_badge,
    target_state,
)
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import ElidedLabel, Label, plain_tooltip
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE
from mhtracker.ui.widgets.stage_pill import StagePill

Run = Callable[..., object]
MOST_STAYS = 6
LONGEST_NOTE = 600
MOST_ACTIONS = 4


class SummaryTab(Tab):
    """`run(command, **args)` starts a form for the person; `go(tab)` shows another tab."""

    def __init__(self, context: Context, run: Run, go: Callable[[str], object]) -> None:
        super().__init__(context.theme, "Summary")
        self._context, self._run, self._go = context, run, go
        self._cards: CardColumns | None = None

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show the cards anew."""
        self._may_record = may_record
        self.clear()
        cards = CardColumns(self.theme)
        cards.add(self._at_a_glance(summary), 0, 0)
        cards.add(self._next(summary), 2, 1)
        cards.add(self._move_on(summary), 1, 1)
        goals = goals_card(self.theme, summary, self._go)
        if goals is not None:
            cards.add(goals, 0, 0)
        cards.add(self._latest_note(summary), 0, 0)
        cards.add(self._placements(summary), 1, 0)
        self.column.addWidget(cards)
        self.column.addStretch(1)

    def _link(self, words: str, command: str, icon: str = "", **args: object) -> LinkButton:
        link = LinkButton(self.theme, words, lambda: self._run(command, **args), icon=icon)
        link.setEnabled(self._may_record)
        return link

    def _at_a_glance(self, summary: CaseSummary) -> Card:
        theme, person, stay = self.theme, summary.person, summary.current
        edit = Button(
            theme, "Edit", lambda: self._run("edit_person"), kind="quiet", icon="mdi6.pencil-outline", small=True
        )
        edit.setEnabled(self._may_record)
        card = Card(theme, "At a glance", action=edit)
        rows = FactRows(theme, "At a glance")
        place = ""
        if stay is not None:
            place = ", ".join(filter(None, (stay.placement.address, stay.service.name if stay.service else "")))
        lives = summary.accommodation
        home = code_words(summary, "accommodation", lives.code) if lives else ""
        if lives is not None:
            home = f"{home}, {'counts' if lives.code in SETTLED else 'does not count'} as settled"
        works = summary.employment
        rows.show_rows(
            [
                ("Lives at", place or text.NOT_RECORDED),
                ("Accommodation", home or text.NOT_RECORDED),
                ("Employment", code_words(summary, "employment", works.code) if works else text.NOT_RECORDED),
                ("Package", cost_words(summary.cost) or text.NOT_RECORDED),
                ("Person pays", _pays(summary)),
                ("Care coordinator", person.care_coordinator or text.NOT_RECORDED),
                ("Carer", _carers(summary)),
                ("Support reason", code_words(summary, "primary_support", person.primary_support)),
                ("Ethnicity", code_words(summary, "ethnicity", person.ethnicity)),
                ("Locality", person.locality),
                ("Local id", person.local_id or ""),
            ]
        )
        card.add(rows)
        links = FlowLayout(across=theme.px(14), down=theme.px(2))
        links.addWidget(self._link("Set accommodation", "status", kind="accommodation"))
        links.addWidget(self._link("Set employment", "status", kind="employment"))
        if summary.s117:
            links.addWidget(self._link("End s117", "end_status", status_id=summary.s117.id))
        else:
            links.addWidget(self._link("Set s117", "status", kind="s117"))
        card.add_layout(links)
        return card

    def _move_on(self, summary: CaseSummary) -> Card:
        theme, plan = self.theme, summary.move_on
        if plan is None:
            card = Card(theme, "Move-on")
            called = text.called(summary.person)
            card.add(
                EmptyState(
                    theme,
                    "mdi6.flag-outline",
                    "No move-on plan yet",
                    f"Say where {called} would like to live next and by when. The first date is kept, even if it "
                    "changes later.",
                    "Start a plan" if self._may_record else "",
                    lambda: self._run("target"),
                )
            )
            return card
        card = Card(theme, "Move-on", action=self._link("Change target" if plan.current else "Set target", "target"))
        if plan.slips:
            card.add_to_head(slip_badge(theme, plan))
        card.add(self._plan_facts(summary, plan))
        for slip in plan.slips[-3:]:
            words = code_words(summary, "slip_reason", slip.reason_code)
            said = ". ".join(part for part in (words, slip.reason.strip()) if part)
            line = f"{text.format_date(slip.set_on)}: moved to {text.format_date(slip.target_on)}. {said}".strip()
            card.add(Label(breakable(line), "caption", "text2", wrap=True))
        add_readiness(card, theme, summary, self._go)
        add_barriers(card, theme, summary, self._link("Add barrier", "barrier"))
        add_actions(card, theme, summary, self._link("Add action", "action"), self._go)
        return card

    def _plan_facts(self, summary: CaseSummary, plan: MoveOn) -> QWidget:
        theme = self.theme
        facts = QWidget()
        facts.setAccessibleName("Plan")
        flow = FlowLayout(facts, across=theme.px(28), down=theme.px(8))
        words = aim_words(plan) or NO_AIM
        aim = StagePill(theme, plan.aim_stage, role="strong") if plan.aim_stage else Label(words, "strong")
        flow.addWidget(_over("Aim", aim))
        for label, target, role in (
            ("Original target", plan.original, "body"),
            ("Current target", plan.current, "strong"),
        ):
            day = text.format_date(target.target_on) if target else "No date yet"
            flow.addWidget(_over(label, Label(day, role)))
        shape, words = target_state(plan, summary.as_at)
        flow.addWidget(_over("State", Badge(theme, shape, words, quiet=True)))
        if plan.current is not None:
            forecast = Label(text.forecast_words(plan.forecast), tone="" if plan.forecast.on else "text2")
            why = text.forecast_why(plan.forecast, code_words(summary, "delay_reason", plan.forecast.code))
            forecast.setToolTip(plain_tooltip(why))
            forecast.setAccessibleName(f"Forecast: {forecast.text()}. {why}")
            flow.addWidget(_over("Forecast", forecast))
        if plan.aim_stage and plan.plan.aim:
            flow.addWidget(_over("In their words", ElidedLabel(f"“{plan.plan.aim}”")))
        policy = facts.sizePolicy()
        policy.setHeightForWidth(True)
        facts.setSizePolicy(policy)
        return facts

    def _next(self, summary: CaseSummary) -> Card:
        theme = self.theme
        add = Button(theme, "", lambda: self._run("book_review"), kind="quiet", icon="mdi6.plus", tip="Book a review")
        add.setProperty("shape", "icon")
        add.setAccessibleName("Book a review")
        add.setEnabled(self._may_record)
        card = Card(theme, "Next", action=add, ruled=True, padded=False)
        items = [item for item in (self._review_due(summary), self._target_due(summary)) if item is not None]
        items[1:1] = [*self._actions_due(summary), *self._warnings_due(summary)]
        for place, item in enumerate(items):
            if place:
                card.add_rule()
            card.add(item)
        if not items:
            card.add(_padded(theme, Label("Nothing is due.", tone="text2", wrap=True)))
        return card

    def _review_due(self, summary: CaseSummary) -> QWidget | None:
        need = summary.review
        if need.due.due_on is None and need.booked is None:
            return None
        words = text.review_words(need, summary.as_at)
        shape = SHAPE_OF_DUE[need.due.state]
        if words.startswith("Booked"):
            shape = "booked"
        elif words.startswith("Today"):
            shape = "today"
        said = []
        if need.last_held_on is not None:
            said.append(f"Last held {text.format_date(need.last_held_on)}.")
        elif need.due.state != DueState.OVERDUE:
            said.append("Never reviewed.")
        if need.booked is not None and need.booked.booked_on is not None:
            said.append(f"{text.booking_words(need.booked.booked_on, need.booked.booked_time, summary.as_at)}.")
        steps: list[Button] = []
        theme = self.theme
        if self._may_record:
            args = {"review_id": need.booked.id} if need.booked else {}
            booked_on = need.booked.booked_on if need.booked is not None else None
            if booked_on is None or booked_on <= summary.as_at:
                steps.append(Button(theme, "Record as held", lambda: self._run("review", **args), small=True))
            if need.booked is None:
                steps.append(Button(theme, "Book", lambda: self._run("book_review"), small=True))
            else:
                steps.append(Button(theme, "Change booking", lambda: self._run("rebook_review", **args), small=True))
        title = review_title(summary, need)
        return self._due(shape, words, need.due.due_on, title, " ".join(said), steps, summary.as_at)

    def _actions_due(self, summary: CaseSummary) -> list[QWidget]:
        """What somebody promised and is late or near."""
        found: list[QWidget] = []
        for action in summary.around.open_actions():
            stands = due(action.due_on, summary.as_at)
            if stands.state in (DueState.NONE, DueState.IN_DATE) or len(found) == MOST_ACTIONS:
                continue
            owner = summary.worker_names.get(action.worker_id or "", action.owner)
            press = partial(self._run, "finish_action", action_id=action.id)
            steps = [Button(self.theme, "Mark done", press, small=True)] if self._may_record else []
            shape, words = SHAPE_OF_DUE[stands.state], text.due_words(stands)
            found.append(self._due(shape, words, action.due_on, action.what, owner, steps, summary.as_at))
        return found

    def _warnings_due(self, summary: CaseSummary) -> list[QWidget]:
        """Warnings that are to be looked at again, now or soon."""
        found: list[QWidget] = []
        for warning in warnings_held(summary.around.warnings, summary.as_at):
            stands = due(warning.review_on, summary.as_at)
            if stands.state in (DueState.NONE, DueState.IN_DATE):
                continue
            press = partial(self._run, "check_warning", warning_id=warning.id)
            steps = [Button(self.theme, "Look again", press, small=True)] if self._may_record else []
            said = f"Raised {text.format_date(warning.raised_on)}" + (
                f" by {warning.raised_by}" * bool(warning.raised_by)
            )
            shape, words, title = SHAPE_OF_DUE[stands.state], text.due_words(stands), f"Warning: {warning.words}"
            found.append(self._due(shape, words, warning.review_on, title, said, steps, summary.as_at))
        return found

    def _target_due(self, summary: CaseSummary) -> QWidget | None:
        plan = summary.move_on
        if plan is None or plan.current is None:
            return None
        shape, words = target_state(plan, summary.as_at)
        ahead = text.due_words(plan.due)
        if plan.due.state == DueState.IN_DATE:
            ahead = text.in_words(-plan.due.days)
        if shape in ("in_date", "slipped"):
            words = ahead or words
        steps = (
            [Button(self.theme, "Change target", lambda: self._run("target"), small=True)] if self._may_record else []
        )
        aim = aim_words(plan)
        said = f"To {text.first_lower(aim)}." if aim else f"{NO_AIM}."
        if plan.slips:
            said = f"{said} {text.slip_words(plan)}.".strip()
        return self._due(shape, words, plan.current.target_on, "Move-on target", said, steps, summary.as_at)

    def _due(
        self, shape: str, words: str, due_on: date | None, title: str, said: str, steps: list[Button], as_at: date
    ) -> QWidget:
        theme = self.theme
        item = QWidget()
        item.setAccessibleName(f"{title}: {words}")
        column = QVBoxLayout(item)
        column.setContentsMargins(theme.px(14), theme.px(9), theme.px(11), theme.px(9))
        column.setSpacing(theme.px(4))
        line = QHBoxLayout()
        line.addWidget(Badge(theme, shape, words))
        line.addStretch(1)
        if due_on is not None:
            line.addWidget(Label(f"due {text.format_day(due_on, as_at)}", "caption", "text2"))
        column.addLayout(line)
        column.addWidget(Label(title, "strong", wrap=True))
        if said:
            column.addWidget(Label(breakable(said), "caption", "text2", wrap=True))
        if steps:
            flow = FlowLayout(across=theme.px(6), down=theme.px(4))
            for step in steps:
                flow.addWidget(step)
            column.addSpacing(theme.px(2))
            column.addLayout(flow)
        return item

    def _latest_note(self, summary: CaseSummary) -> Card:
        theme = self.theme
        if not summary.notes:
            card = Card(theme, "Latest note", action=self._link("Add note", "note"))
            card.add(Label("No notes yet.", tone="text2", wrap=True))
            return card
        note = summary.notes[0]
        more = LinkButton(theme, "All notes", lambda: self._go("notes"))
        card = Card(theme, "Latest note", note_caption(summary, note), action=more)
        words = note.text if len(note.text) <= LONGEST_NOTE else note.text[: LONGEST_NOTE - 1].rstrip() + "…"
        card.add(Label(breakable(words), wrap=True, selectable=True))
        return card

    def _placements(self, summary: CaseSummary) -> Card:
        theme = self.theme
        card = Card(theme, "Placements")
        if not summary.stays:
            card.add(Label("No stay is recorded.", tone="text2", wrap=True))
            return card
        table = QWidget()
        table.setAccessibleName("Placements")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(7))
        grid.setColumnStretch(1, 1)
        place = 0
        for stay in list(reversed(summary.stays))[:MOST_STAYS]:
            self._stay_row(grid, place, stay)
            place += 1
            if stay.gap_days:
                gap = f"Gap of {text.format_duration(stay.gap_days)}. {stay.placement.gap_reason or 'Not explained.'}"
                grid.addWidget(Label(breakable(gap), "caption", "text2", wrap=True), place, 1, 1, 2)
                place += 1
        card.add(table)
        left = len(summary.stays) - MOST_STAYS
        if left > 0:
            card.add(Label(f"and {text.count(left, 'earlier stay')}", "caption", "text2"))
        return card

    def _stay_row(self, grid: QGridLayout, place: int, stay: Stay) -> None:
        theme, kept = self.theme, stay.placement
        grid.addWidget(StagePill(theme, stay.stage), place, 0, Qt.AlignmentFlag.AlignTop)
        where = stay.service.name if stay.service else kept.address
        period = f"{text.format_date(kept.started_on)} to {text.format_date(kept.ended_on) or 'now'}"
        grid.addWidget(Label(breakable(f"{where}\n{period}" if where else period), wrap=True), place, 1)
        days = Label(text.format_duration(stay.days), "caption", "text2")
        grid.addWidget(days, place, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)


def _pays(summary: CaseSummary) -> str:
    """What the person pays, and that after-care is free to them."""
    charge = summary.charge_pence
    if charge_words(summary):
        return f"Nil: {text.format_pence(charge)} a week is recorded, not charged: s117"
    if charge:
        return f"{text.format_pence(charge)} a week"
    return "Nil (s117)" if charge == 0 and summary.s117 else "Nil" if charge == 0 else ""


def _carers(summary: CaseSummary) -> str:
    """Carers by name with what they are to the person."""
    here = [each for each in summary.around.contacts if each.kind == CARER and contact_holds(each, summary.as_at)]
    return "\n".join(", ".join(filter(None, (each.name, each.relation))) for each in here)


def _over(label: str, value: QWidget) -> QWidget:
    """A caption over its value."""
    pair = QWidget()
    pair.setAccessibleName(label)
    column = QVBoxLayout(pair)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Label(label, "caption", "text2"))
    column.addWidget(value)
    return pair


def _padded(theme: object, widget: QWidget) -> QWidget:
    box = QWidget()
    box.setAccessibleName(widget.accessibleName() or "Nothing due")
    row = QHBoxLayout(box)
    row.setContentsMargins(14, 10, 14, 12)
    row.addWidget(widget)
    return box

"""The move-on tab: the plan with every change of its date, readiness, barriers, actions, and the plans before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mhtracker import text
from mhtracker.domain.move_on_rules import SUSTAINMENT
from mhtracker.domain.records import Action, Target
from mhtracker.domain.summary import CaseSummary, MoveOn
from mhtracker.operations.actions import finish_action
from mhtracker.ui.context import Context
from mhtracker.ui.person.actions_card import ActionsCard, StepsCard
from mhtracker.ui.person.barriers_card import BarriersCard
from mhtracker.ui.person.parts import CardColumns, FactRows, Tab, breakable
from mhtracker.ui.person.readiness_card import ReadinessCard
from mhtracker.ui.person.words import NO_AIM, aim_words, code_words, slip_badge, target_state
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.stage_pill import StagePill


class SideBySide(CardColumns):
    """Two columns at most: what is recorded here is read, not glanced at."""

    THREE, TWO = 100_000, 900


class MoveOnTab(Tab):
    """`run(command, **args)` starts a form for the person."""

    def __init__(self, context: Context, run: Callable[..., object]) -> None:
        super().__init__(context.theme, "Move-on")
        self._run, self._context = run, context
        self.cards: dict[str, Card] = {}

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Show the plan and what it rests on, then those before it."""
        self.clear()
        theme, plan = self.theme, summary.move_on
        finish = partial(self._finish, text.plain_name(summary.person))
        self.cards = {
            "plan": self._plan(summary, plan, may_record) if plan is not None else self._no_plan(summary, may_record),
            "actions": ActionsCard(theme, summary, self._run, finish, may_record=may_record),
            "barriers": BarriersCard(theme, summary, self._run, may_record=may_record),
            "readiness": ReadinessCard(theme, summary, self._run, may_record=may_record),
            "steps": StepsCard(theme, summary, self._run, finish, may_record=may_record),
        }
        columns = SideBySide(theme)
        for key, place in (("plan", 0), ("actions", 0), ("barriers", 0), ("readiness", 1), ("steps", 1)):
            columns.add(self.cards[key], place, place)
        self.column.addWidget(columns)
        for past in sorted(summary.past_plans, key=lambda p: p.plan.ended_on or summary.as_at, reverse=True):
            self.column.addWidget(self._past(summary, past))
        self.column.addStretch(1)

    def _finish(self, name: str, action: Action) -> None:
        """Tick an action off; a check that a home lasts asks how it turned out."""
        if action.phase == SUSTAINMENT:
            self._run("finish_action", action_id=action.id)
            return

        def done(_: object) -> None:
            self._context.shell.say(f"Done for {name}: {action.what}", can_undo=True)

        self._context.jobs.do(finish_action, action.id, then=done)

    def _no_plan(self, summary: CaseSummary, may_record: bool) -> Card:
        card = Card(self.theme, "Move-on plan")
        card.add(
            EmptyState(
                self.theme,
                "mdi6.flag-outline",
                "No move-on plan yet",
                f"Say where {text.called(summary.person)} would like to live next and by when. The first date is kept, "
                "even if it changes later.",
                "Start a plan" if may_record else "",
                lambda: self._run("target"),
            )
        )
        return card

    def _plan(self, summary: CaseSummary, plan: MoveOn, may_record: bool) -> Card:
        theme = self.theme
        begun = f"began {text.format_date(plan.plan.started_on)}" if plan.plan.started_on else ""
        card = Card(theme, "Move-on plan", begun, ruled=True)
        if plan.slips:
            card.add_to_head(slip_badge(theme, plan))
        rows = FactRows(theme, "Plan")
        shape, words = target_state(plan, summary.as_at)
        aim = (
            StagePill(theme, plan.aim_stage, role="strong")
            if plan.aim_stage
            else Label(aim_words(plan) or NO_AIM, "strong")
        )
        facts: list[tuple[str, str | QWidget]] = [("Aim", aim)]
        if plan.aim_stage and plan.plan.aim:
            facts.append(("In their words", f"“{plan.plan.aim}”"))
        facts.append(("State", Badge(theme, shape, words, quiet=True)))
        if plan.current is not None:
            reason = code_words(summary, "delay_reason", plan.forecast.code)
            why = text.forecast_why(plan.forecast, reason)
            facts.append(("Forecast", f"{text.forecast_words(plan.forecast)}. {why}"))
        rows.show_rows(facts)
        card.body.setContentsMargins(theme.px(14), theme.px(12), theme.px(14), theme.px(12))
        card.add(rows)
        if plan.original is not None:
            card.add(self._dates(summary, plan))
        if may_record:
            steps = FlowLayout(across=theme.px(8), down=theme.px(6))
            steps.addWidget(
                Button(theme, "Change target" if plan.current else "Set target", lambda: self._run("target"))
            )
            steps.addWidget(Button(theme, "Change aim", lambda: self._run("aim")))
            steps.addWidget(Button(theme, "End plan", lambda: self._run("end_plan")))
            card.add_layout(steps)
        return card

    def _dates(self, summary: CaseSummary, plan: MoveOn) -> QWidget:
        """The dates set, newest first: when, to what, by how much, why and by whom."""
        theme = self.theme
        table = QWidget()
        table.setAccessibleName("Target dates")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, theme.px(6), 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(3, 1)
        for column, title in enumerate(("Set on", "Target", "", "Reason")):
            grid.addWidget(Label(title, "caption-strong", "text2"), 0, column)
        targets = [target for target in (plan.original, *plan.slips) if target is not None]
        for row, target in enumerate(reversed(targets), 1):
            before = targets[targets.index(target) - 1] if target is not targets[0] else None
            self._date_row(grid, row, summary, target, before, current=row == 1)
        return table

    def _date_row(
        self, grid: QGridLayout, row: int, summary: CaseSummary, target: Target, before: Target | None, *, current: bool
    ) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Label(text.format_date(target.set_on), tone="text2"), row, 0, top)
        grid.addWidget(Label(text.format_date(target.target_on), "strong" if current else "body"), row, 1, top)
        if before is None:
            grid.addWidget(Label("original", tone="text2"), row, 2, top)
        else:
            later = target.target_on > before.target_on
            length = text.slip_length(before.target_on, target.target_on)
            shape = "slipped" if later else "in_date"
            words = f"+{length}" if later else f"{length} sooner"
            grid.addWidget(Badge(self.theme, shape, words, quiet=True), row, 2, top)
        why = ". ".join(filter(None, (code_words(summary, "slip_reason", target.reason_code), target.reason.strip())))
        said = ". ".join(filter(None, (why.rstrip("."), f"Set by {target.set_by}" if target.set_by else "")))
        grid.addWidget(Label(breakable(said), wrap=True, selectable=True), row, 3, top)

    def _past(self, summary: CaseSummary, past: MoveOn) -> Card:
        aim = aim_words(past) or NO_AIM
        ended = text.format_date(past.plan.ended_on)
        why = code_words(summary, "plan_end_reason", past.plan.end_reason)
        card = Card(self.theme, f"Earlier plan: {text.first_lower(aim)}", f"ended {ended}" if ended else "")
        card.add(Label(why or "No reason recorded.", tone="" if why else "text2", wrap=True))
        if past.original is not None:
            card.add(self._dates(summary, past))
        return card

"""Actions and ready-made steps on a person's page: late ones first, ticked off in the list itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.move_on_rules import SUSTAINMENT
from mhtracker.domain.records import Action, DueState
from mhtracker.domain.reviewing.due import due
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.person.words import code_words
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE

Run = Callable[..., object]
MOST_OVER = 8
"""How many of what is done or dropped are shown; the history has them all."""


class _Rows(Card):
    """Open actions with a tick each. `finish(action)` is called when one is ticked."""

    def __init__(
        self, theme: Theme, title: str, run: Run, finish: Callable[[Action], object], may_record: bool, *, padded: bool
    ) -> None:
        super().__init__(theme, title, ruled=True, padded=padded)
        self._run, self._finish, self._may = run, finish, may_record
        self.ticks: dict[str, QCheckBox] = {}

    def add_rows(self, summary: CaseSummary, actions: Sequence[Action]) -> None:
        for place, action in enumerate(actions):
            if place:
                self.add_rule()
            self.add(self._row(summary, action))

    def _row(self, summary: CaseSummary, action: Action) -> QWidget:
        theme = self._theme
        row = QWidget()
        row.setAccessibleName(action.what)
        column = QVBoxLayout(row)
        column.setContentsMargins(theme.px(11), theme.px(7), theme.px(11), theme.px(7))
        column.setSpacing(theme.px(3))
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        tick = QCheckBox()
        tick.setAccessibleName(f"Done: {action.what}")
        tick.setMinimumSize(theme.px(24), theme.px(24))
        tick.setEnabled(self._may)
        tick.clicked.connect(partial(self._on_ticked, action, tick))
        self.ticks[action.id] = tick
        line.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        words = Label(breakable(action.what), wrap=True)
        words.setContentsMargins(0, theme.px(3), 0, 0)
        line.addWidget(words, 1)
        stands = due(action.due_on, summary.as_at)
        late = stands.state in (DueState.OVERDUE, DueState.DUE_TODAY)
        said = text.due_words(stands) or "No day set"
        if action.due_on is not None and not late:
            said = text.format_day(action.due_on, summary.as_at, weekday=True)
        line.addWidget(Badge(theme, SHAPE_OF_DUE[stands.state], said, quiet=not late), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        owner = summary.worker_names.get(action.worker_id or "", action.owner)
        phase = code_words(summary, "action_phase", action.phase)
        by = f"due {text.format_day(action.due_on, summary.as_at, weekday=True)}" if late else ""
        agreed = f"agreed {text.format_date(action.set_on)}" if action.set_on and not action.phase else ""
        told = ", ".join(filter(None, (owner, by, phase, agreed)))
        told = told[:1].upper() + told[1:] if not owner else told
        under = QHBoxLayout()
        under.setContentsMargins(theme.px(32), 0, 0, 0)
        under.setSpacing(theme.px(6))
        said = "\n".join(filter(None, (told, action.note)))
        under.addWidget(Label(breakable(said), "caption", "text2", wrap=True), 1)
        for button in self._steps(action):
            under.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(under)
        return row

    def _on_ticked(self, action: Action, tick: QCheckBox, _on: bool = True) -> None:
        tick.setChecked(action.phase != SUSTAINMENT)
        self._finish(action)

    def _steps(self, action: Action) -> list[Button]:
        """What else may be done with it."""
        if not self._may:
            return []
        steps = []
        for words, command in (("Put off", "put_off_action"), ("Change", "edit_action"), ("Drop", "drop_action")):
            press = partial(self._run, command, action_id=action.id)
            button = Button(self._theme, words, press, kind="quiet", small=True)
            button.setAccessibleName(f"{words}: {action.what}")
            steps.append(button)
        return steps


class ActionsCard(_Rows):
    """What was agreed, soonest first, and what is done or dropped."""

    def __init__(
        self, theme: Theme, summary: CaseSummary, run: Run, finish: Callable[[Action], object], *, may_record: bool
    ) -> None:
        still = [action for action in summary.around.open_actions() if not action.phase]
        over = [a for a in summary.around.actions if a.done_on is not None or a.dropped_on is not None]
        super().__init__(theme, "Actions", run, finish, may_record, padded=not still and not over)
        add = Button(theme, "Add action", lambda: run("action"), kind="quiet", icon="mdi6.plus", small=True)
        add.setEnabled(may_record)
        self.add_action(add)
        if still:
            self.add_rows(summary, still)
        elif not over:
            self.add(
                EmptyState(
                    theme,
                    "mdi6.checkbox-marked-outline",
                    "Nothing agreed yet",
                    "What somebody promised stands here with who does it and by when, and on Today when it is due.",
                    "Add an action" if may_record else "",
                    lambda: run("action"),
                )
            )
        if over:
            if still:
                self.add_rule()
            self.add(self._over(summary, sorted(over, key=_ended, reverse=True)))

    def _over(self, summary: CaseSummary, over: Sequence[Action]) -> QWidget:
        theme = self._theme
        box = QWidget()
        box.setAccessibleName("Done or dropped")
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.px(14), theme.px(8), theme.px(11), theme.px(10))
        column.setSpacing(theme.px(3))
        for action in over[:MOST_OVER]:
            outcome = code_words(summary, "sustainment", action.outcome)
            if action.done_on is not None:
                how = f"{outcome or 'Done'} {text.format_date(action.done_on)}"
            else:
                how = f"Dropped {text.format_date(action.dropped_on)}, {text.first_lower(action.drop_reason)}"
            column.addWidget(Label(breakable(f"{how}: {action.what}"), "caption", "text2", wrap=True))
        if len(over) > MOST_OVER:
            column.addWidget(Label(f"and {text.format_number(len(over) - MOST_OVER)} more", "caption", "text2"))
        return box


class StepsCard(_Rows):
    """The steps of ready-made plans, and the checks that a home lasts."""

    def __init__(
        self, theme: Theme, summary: CaseSummary, run: Run, finish: Callable[[Action], object], *, may_record: bool
    ) -> None:
        still = [action for action in summary.around.open_actions() if action.phase]
        super().__init__(theme, "Steps around a move", run, finish, may_record, padded=not still)
        around_move = [action for action in still if action.phase != SUSTAINMENT]
        if may_record and around_move:
            self.add_action(Button(theme, "Move", lambda: run("move_steps"), kind="quiet", small=True))
            self.add_action(Button(theme, "Drop the rest", lambda: run("drop_steps"), kind="quiet", small=True))
        elif may_record and still:
            self.add_action(Button(theme, "Plan steps", lambda: run("steps"), kind="quiet", small=True))
        if still:
            self.add_rows(summary, still)
            return
        self.add(
            EmptyState(
                theme,
                "mdi6.stairs-up",
                "No steps planned",
                "In-reach before a move and six weeks of enablement after it, as dated steps that you can change.",
                "Plan the steps" if may_record else "",
                lambda: run("steps"),
            )
        )


def _ended(action: Action) -> tuple[str, str]:
    return str(action.done_on or action.dropped_on), action.id

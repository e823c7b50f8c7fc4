"""Warnings about a person: the badge in the banner, and the card that says who raised each and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.care_warnings import warning_holds, warnings_held
from mhtracker.domain.records import CareWarning, DueState
from mhtracker.domain.reviewing.due import due_state
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.person.words import code_words
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label, plain_tooltip

MOST_IN_BANNER = 3
LONGEST_IN_BANNER = 60


def warning_badges(theme: Theme, summary: CaseSummary) -> list[QWidget]:
    """A badge for each warning that holds, as the banner shows them: what, and by when it is looked at again.

    Who raised it and why stand in its tooltip and are read out with it; the card on the people tab shows them all.
    """
    held = warnings_held(summary.around.warnings, summary.as_at)
    badges: list[QWidget] = []
    for warning in held[:MOST_IN_BANNER]:
        shape, words = _look_again(warning, summary)
        what = (
            warning.words if len(warning.words) <= LONGEST_IN_BANNER else f"{warning.words[: LONGEST_IN_BANNER - 1]}…"
        )
        said = f"Warning: {text.first_lower(what)}{f', {words}' if words else ''}"
        badge = Badge(theme, shape, said, family="danger" if shape == "overdue" else "warn")
        badge.setAccessibleName(f"{said}. {_who_and_why(warning)}")
        badge.setToolTip(plain_tooltip(f"{warning.words}\n{_who_and_why(warning)}"))
        badges.append(badge)
    if len(held) > MOST_IN_BANNER:
        more = len(held) - MOST_IN_BANNER
        badges.append(Badge(theme, "info", f"{text.count(more, 'more warning')} under People", family="warn"))
    return badges


def _look_again(warning: CareWarning, summary: CaseSummary) -> tuple[str, str]:
    day = warning.review_on
    if day is None:
        return "today", f"until {text.format_date(warning.expires_on)}"
    state = due_state(day, summary.as_at)
    if state == DueState.OVERDUE:
        return "overdue", f"should have been looked at again by {text.format_date(day)}"
    return "soon" if state == DueState.DUE_SOON else "today", f"look again by {text.format_date(day)}"


def _who_and_why(warning: CareWarning) -> str:
    by = f" by {warning.raised_by}" if warning.raised_by else ""
    return f"Raised {text.format_date(warning.raised_on)}{by}: {warning.why}"


def warning_card(
    theme: Theme, summary: CaseSummary, run: Callable[..., object], rows: dict[str, QWidget], *, may_record: bool
) -> Card:
    """Every warning ever raised, those that hold first."""
    add = LinkButton(theme, "Raise a warning", lambda: run("warning"), icon="mdi6.plus")
    add.setEnabled(may_record)
    held = warnings_held(summary.around.warnings, summary.as_at)
    over = [each for each in summary.around.warnings if not warning_holds(each, summary.as_at)]
    card = Card(theme, "Warnings", action=add, ruled=bool(held or over), padded=not (held or over))
    if not held and not over:
        words = "None. A warning says what anybody must know before they meet the person, and why."
        card.add(Label(words, tone="text2", wrap=True))
    for place, warning in enumerate([*held, *over]):
        if place:
            card.add_rule()
        row = _row(theme, summary, warning, run if may_record else None, held=warning in held)
        rows[warning.id] = row
        card.add(row)
    return card


def _row(
    theme: Theme, summary: CaseSummary, warning: CareWarning, run: Callable[..., object] | None, *, held: bool
) -> QWidget:
    px = theme.px
    row = QWidget()
    row.setAccessibleName(f"Warning: {warning.words}")
    column = QVBoxLayout(row)
    column.setContentsMargins(px(14), px(9), px(14), px(9))
    column.setSpacing(px(3))
    column.addWidget(Label(breakable(warning.words), "strong", wrap=True, selectable=True))
    head = FlowLayout(across=px(10), down=px(3))
    head.addWidget(_state_badge(theme, summary, warning, held=held))
    head.addWidget(Label(code_words(summary, "warning_kind", warning.kind), tone="text2"))
    column.addLayout(head)
    column.addWidget(Label(breakable(_who_and_why(warning)), wrap=True, selectable=True))
    for line in _dates(warning, summary):
        column.addWidget(Label(line, "caption", "text2", wrap=True, selectable=True))
    if run is not None and warning.ended_on is None:
        steps = FlowLayout(across=px(6), down=px(4))
        for words, command in (("Look again", "check_warning"), ("Change", "edit_warning"), ("End", "end_warning")):
            button = Button(theme, words, partial(run, command, warning_id=warning.id), small=True)
            button.setAccessibleName(f"{words}: {warning.words}")
            steps.addWidget(button)
        column.addLayout(steps)
    return row


def _state_badge(theme: Theme, summary: CaseSummary, warning: CareWarning, *, held: bool) -> Badge:
    if held:
        shape, words = _look_again(warning, summary)
        due = warning.review_on is not None and due_state(warning.review_on, summary.as_at) != DueState.IN_DATE
        family = "danger" if shape == "overdue" else "warn"
        return Badge(theme, shape, words[:1].upper() + words[1:], family=family, quiet=not due)
    if warning.ended_on is not None:
        return Badge(theme, "none", f"Ended {text.format_date(warning.ended_on)}", quiet=True)
    return Badge(theme, "none", f"Ended by itself {text.format_date(warning.expires_on)}", quiet=True)


def _dates(warning: CareWarning, summary: CaseSummary) -> list[str]:
    checked = warning.checked_on if warning.checked_on and warning.checked_on <= summary.as_at else None
    lines = [f"Last looked at {text.format_date(checked)}" if checked else ""]
    if warning.expires_on is not None and warning_holds(warning, summary.as_at) and warning.review_on is not None:
        lines.append(f"Ends by itself after {text.format_date(warning.expires_on)}")
    if warning.end_reason:
        lines.append(f"Why it ended: {warning.end_reason}")
    return [line for line in lines if line]

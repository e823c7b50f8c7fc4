"""Where someone is now, with whom, and where they mean to go: the upper part of a case summary."""

from __future__ import annotations

from collections.abc import Iterable

from mhtracker import text
from mhtracker.domain.forecast import PLANS
from mhtracker.domain.legal.orders import is_charged_after_care
from mhtracker.domain.legal.words import KIND_TITLES, legal_now
from mhtracker.domain.lists.code_lists import SETTLED
from mhtracker.domain.pathway import AIM_NOT_KNOWN
from mhtracker.domain.records import DueState, LegalAndStatus, Target
from mhtracker.domain.summary import CaseSummary, MoveOn
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper import signs
from mhtracker.reports.paper.layout import CAPTION, LEFT, RIGHT, ROOM, Cell, Column, Flow, draw_cell, wrapped
from mhtracker.reports.paper.page_frame import label
from mhtracker.reports.person.move_on import draw_actions, draw_barriers, draw_readiness
from mhtracker.reports.person.words import BLANK, pill_of, place_of, said, say_blank, status_words


def draw_now(flow: Flow, summary: CaseSummary) -> None:
    """Two columns of facts side by side."""
    middle, top, sheet = LEFT + ROOM * 0.49, flow.y, flow.sheet
    flow.heading("Now", right=middle, keep=110)
    if flow.sheet is not sheet:
        top = flow.y + 29.0
    flow.facts(_now(summary), left=LEFT, right=middle, label_room=78)
    lowest, start = flow.y, flow.sheet
    flow.y = top
    flow.heading("People and package", left=middle + 15, keep=0)
    flow.facts(_people(summary), left=middle + 15, right=RIGHT, label_room=80)
    if flow.sheet is start:
        flow.y = min(flow.y, lowest)


def _now(summary: CaseSummary) -> list[tuple[str, Cell]]:
    stay, need = summary.current, summary.review
    facts = [("Stage", BLANK), ("Lives at", BLANK)]
    if stay is not None:
        since = f" since {text.format_date(stay.placement.started_on)}"
        facts[0] = ("Stage", Cell(since, lead=stay.stage.label, pill=pill_of(stay.stage)))
        facts[1] = ("Lives at", said(place_of(stay)))
    person = summary.person
    if person.left_on and person.left_on <= summary.as_at:
        why = label(summary, "leaving_reason", person.left_reason)
        words = f"{text.format_date(person.left_on)}{': ' if why else ''}{why}"
        facts.append(("Left pathway", Cell(words)))
    home, work = summary.accommodation, summary.employment
    settled = (" (settled)" if home.code in SETTLED else " (not settled)") if home and home.code != "unknown" else ""
    facts += [
        ("Accommodation", said(f"{status_words(summary, home)}{settled}" if home else "")),
        ("Employment", said(status_words(summary, work) if work else "")),
        ("Legal status", said(_legal(summary))),
        ("Next review", _due_cell(summary)),
        ("Last held", said(text.format_date(need.last_held_on))),
    ]
    blank = _blanks(summary)
    return [*facts, ("Not recorded", Cell(blank, fill=PAPER.text3))] if blank else facts


def _blanks(summary: CaseSummary) -> str:
    """The sections left out since they would be empty: a blank must not be taken for a missing page."""
    found = (
        ("goals", summary.around.goals),
        ("people around", summary.around.contacts),
        ("notes", summary.notes),
    )
    words = ", ".join(name for name, records in found if not records)
    return words[:1].upper() + words[1:]


def _people(summary: CaseSummary) -> list[tuple[str, Cell]]:
    person, stay = summary.person, summary.current
    support = label(summary, "primary_support", person.primary_support)
    cost = summary.cost
    net = f", {text.format_pence(cost.net)} net" if cost is not None and cost.net != cost.gross else ""
    package = Cell(f" a week, gross{net}", lead=text.format_pence(cost.gross)) if cost is not None else BLANK
    return [
        ("Worker", said(summary.worker)),
        ("Team", said(summary.team)),
        ("Care coordinator", said(person.care_coordinator)),
        ("Service", said(stay.service.name if stay and stay.service else "")),
        ("Provider", said(stay.provider.name if stay and stay.provider else "")),
        ("Package", package),
        *([("Person pays", _pays(summary))] if summary.charge_pence is not None else []),
        *([("Support reason", Cell(support))] if support else []),
        ("Locality", said(person.locality)),
        ("Ethnicity", said(label(summary, "ethnicity", person.ethnicity))),
    ]


def _pays(summary: CaseSummary) -> Cell:
    charge = summary.charge_pence
    if is_charged_after_care(charge, summary.statuses, summary.as_at):
        words = " a week is recorded, not charged: s117"
        return Cell(words, lead=text.format_pence(charge), fill=PAPER.warn_text)
    return Cell(" a week", lead=text.format_pence(charge)) if charge else Cell("Nil")


def _due_cell(summary: CaseSummary) -> Cell:
    need = summary.review
    if need.due.state is DueState.NONE:
        return Cell("Not due" if summary.status != "on_pathway" else text.NOT_RECORDED, fill=PAPER.text3)
    sign, fill = signs.sign_of(need.due.state)
    due = text.due_words(need.due)
    lead = due if need.due.state is not DueState.IN_DATE else f"Due {due}"
    if need.never and need.due.state is DueState.OVERDUE:
        lead += ", never reviewed"
    when = "" if need.due.state is DueState.IN_DATE else f", due {text.format_date(need.due.due_on)}"
    booked = need.booked
    if booked and booked.booked_on:
        when += f". {text.booking_words(booked.booked_on, booked.booked_time, summary.as_at, year=True)}"
    return Cell(when, lead=lead, fill=fill, sign=sign)


def _legal(summary: CaseSummary) -> str:
    """After-care, else what else holds of the law, told in full further down."""
    if summary.s117:
        return _after_care(summary.s117)
    now = legal_now(summary.statuses, summary.as_at)
    return f"{KIND_TITLES[now[0].kind]}: {text.first_lower(status_words(summary, now[0]))}" if now else ""


def _after_care(status: LegalAndStatus) -> str:
    since = f" since {text.format_date(status.started_on)}" if status.started_on else ""
    return f"s117 after-care{since}" + (f" (from s{status.code})" if status.code else "")


def draw_move_on(flow: Flow, summary: CaseSummary) -> None:
    """The plan in force with every change of its date, what it rests on, and the plans before it."""
    flow.heading("Move-on plan", keep=60)
    plan = summary.move_on
    if plan is None:
        say_blank(flow)
    else:
        _draw_plan_facts(flow, plan)
        if plan.current is not None:
            reason = label(summary, "delay_reason", plan.forecast.code)
            words = f"{text.forecast_words(plan.forecast)}. {text.forecast_why(plan.forecast, reason)}"
            flow.words(f" {words}", size=CAPTION, fill=PAPER.text2, lead="Forecast:")
        if plan.slips and plan.original:
            _draw_slips(flow, summary, plan.original, plan.slips)
    draw_readiness(flow, summary)
    draw_barriers(flow, summary)
    draw_actions(flow, summary)
    if summary.past_plans:
        flow.need(50)
        flow.y -= 6
        columns = (Column("Earlier plan", 190), Column("Target", 80), Column("Ended", 80), Column("Why", ROOM - 350))
        flow.table(columns, [_past_plan(summary, past) for past in summary.past_plans])


def _past_plan(summary: CaseSummary, past: MoveOn) -> tuple[Cell, ...]:
    return (
        said(_aim(past)),
        said(text.format_date(past.current.target_on) if past.current else ""),
        said(text.format_date(past.plan.ended_on)),
        said(label(summary, "plan_end_reason", past.plan.end_reason)),
    )


def _aim(plan: MoveOn) -> str:
    aim = plan.plan.aim or (plan.aim_stage.label if plan.aim_stage else "")
    return "" if aim == AIM_NOT_KNOWN else aim


def _draw_plan_facts(flow: Flow, plan: MoveOn) -> None:
    """The aim and its dates as five columns: a word above, the fact, a word below."""
    original, current = plan.original, plan.current
    aim_pill = pill_of(plan.aim_stage) if plan.aim_stage else None
    aim_below = plan.aim_stage.label if plan.aim_stage and plan.plan.aim else ""
    overdue = plan.due.state is DueState.OVERDUE
    sign, fill = signs.sign_of(plan.due.state) if overdue else ("", PAPER.text)
    late = f"{text.due_words(plan.due)}" if overdue else ""
    set_on = f"set {text.format_date(current.set_on)}" if current else ""
    slipped = plan.slip_days != 0 and original is not None and current is not None
    length = text.slip_length(original.target_on, current.target_on) if slipped and original and current else ""
    how = "Slipped" if plan.slip_days >= 0 else "Brought forward"
    changes = f"in {text.count(len(plan.slips), 'change')}" if plan.slips else ""
    slip = Cell(lead=length, fill=PAPER.warn_text, sign=signs.SLIPPED) if slipped else Cell(text.slip_words(plan))
    columns = (
        ("Aim", Cell(lead=_aim(plan), pill=aim_pill) if _aim(plan) else BLANK, aim_below),
        (
            "Original target",
            Cell(lead=text.format_date(original.target_on)) if original else BLANK,
            f"set {text.format_date(original.set_on)}" if original else "",
        ),
        (
            "Current target",
            Cell(lead=text.format_date(current.target_on), fill=fill, sign=sign) if current else BLANK,
            late or set_on,
        ),
        _forecast(plan),
        (how, slip, changes if slipped else ""),
    )
    _draw_columns(flow, columns)


def _forecast(plan: MoveOn) -> tuple[str, Cell, str]:
    """When the move may really come, in months, and what that rests on."""
    forecast = plan.forecast
    if forecast.on is None or forecast.low is None or forecast.high is None:
        return "Forecast", Cell("Too few for one", fill=PAPER.text3), ""
    what = f"{forecast.past} {'plans' if forecast.basis == PLANS else 'barriers'}"
    low, high = (f"{day:%b} {day:%y}" for day in (forecast.low, forecast.high))
    below = f"from {what}" if low == high else f"{low} to {high}, {what}"
    return "Forecast", Cell(lead=text.format_month(forecast.on)), below


def _draw_columns(flow: Flow, columns: Iterable[tuple[str, Cell, str]]) -> None:
    columns = tuple(columns)
    wide = ROOM / len(columns)
    lines = [wrapped(cell.lead, cell.words, 9.5, wide - cell.indent - 8) for _, cell, _ in columns]
    tallest = max(len(block) for block in lines)
    flow.need(30 + tallest * 12.4)
    for number, ((above, cell, below), block) in enumerate(zip(columns, lines, strict=True)):
        x = LEFT + number * wide
        flow.sheet.text(x, flow.y - 12, above, size=CAPTION, fill=PAPER.text2)
        draw_cell(flow.sheet, x, flow.y - 25, cell, block)
        flow.sheet.text(x, flow.y - 24.5 - len(block) * 12.4, below, size=CAPTION, fill=PAPER.text2)
    flow.y -= 28 + tallest * 12.4


def _draw_slips(flow: Flow, summary: CaseSummary, original: Target, slips: tuple[Target, ...]) -> None:
    columns = (
        Column("Changed on", 64),
        Column("From", 64),
        Column("To", 64),
        Column("By", 62),
        Column("Why", ROOM - 344),
        Column("Set by", 90),
    )
    rows, before = [], original
    for target in slips:
        length = text.slip_length(before.target_on, target.target_on)
        sign = "+" if target.target_on >= before.target_on else text.MINUS
        why = label(summary, "slip_reason", target.reason_code)
        rows.append(
            (
                said(text.format_date(target.set_on)),
                Cell(text.format_date(before.target_on)),
                Cell(text.format_date(target.target_on)),
                Cell(f"{sign}{length}" if target.target_on != before.target_on else "Same day"),
                said(": ".join(part for part in (why, target.reason) if part)),
                said(target.set_by),
            )
        )
        before = target
    flow.table(columns, rows)

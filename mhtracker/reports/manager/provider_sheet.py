"""The sheet for the quarterly meeting with a provider: places and use, people, moves, costs, contract, actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from mhtracker import text
from mhtracker.domain.counting.stay_bands import BAND_NAMES
from mhtracker.domain.places.contracts import ContractState, value_per
from mhtracker.domain.records import DueState
from mhtracker.domain.reviewing.due import due_state
from mhtracker.figures.palette import PAPER
from mhtracker.reports.manager.provider_use import draw_figures, draw_use
from mhtracker.reports.paper import signs
from mhtracker.reports.paper.layout import BODY, CAPTION, FOOT, LEFT, RIGHT, ROOM, Cell, Column, Flow
from mhtracker.reports.paper.list_paper import Banner, write_list
from mhtracker.reports.paper.page_frame import Printing
from mhtracker.reports.person.words import pill_of
from mhtracker.store.queries.contracts import ContractLine
from mhtracker.store.queries.provider_quarter import Moved, ProviderQuarter, ServiceQuarter, StageStays
from mhtracker.store.queries.services import ServiceLine

TITLE = "Provider meeting"
_PRESSING = (DueState.OVERDUE, DueState.DUE_TODAY, DueState.DUE_SOON)
MOST_ACTIONS = 14
_NOTE_LINES, _LINE = 5, 20.0
"""At least so many ruled lines, down to the foot of the page, and how far apart."""
Figure = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ProviderPaper:
    """What is printed: the quarter with the council's name, and whether the register is a demo."""

    quarter: ProviderQuarter
    council: str = ""
    demo: bool = False
    as_known: date | None = None


def write_provider_sheet(facts: ProviderPaper, out: BinaryIO, *, printed_by: str, printed_at: datetime) -> int:
    """Print the sheet into an open file; gives the number of pages."""
    quarter = facts.quarter
    period = f"{text.format_date(quarter.from_on)} to {text.format_date(quarter.as_at)}"
    places = sum(each.line.count.total for each in quarter.services)
    parts = [text.count(len(quarter.services), "service"), *([text.count(places, "place")] if places else [])]
    subtitle = f"{period}: {', '.join([*parts, text.count(quarter.people, 'person', 'people')])}"
    banner = Banner(quarter.provider.name, subtitle, quarter.as_at, facts.demo, facts.as_known)

    def draw(flow: Flow) -> None:
        _draw_head_figures(flow, quarter)
        _draw_contracts(flow, quarter)
        _draw_services(flow, quarter)
        _draw_costs(flow, quarter)
        _draw_people(flow, quarter)
        _draw_moves(flow, quarter)
        _draw_delays(flow, quarter)
        _draw_actions(flow, quarter)
        _draw_notes(flow)

    return write_list(out, banner, Printing(TITLE, printed_by, printed_at, facts.council), draw)


def _draw_head_figures(flow: Flow, quarter: ProviderQuarter) -> None:
    figures = _of_places(quarter) if _has_places(quarter) else _of_people(quarter)
    draw_figures(flow, (*figures, _of_reviews(quarter)))
    if _has_places(quarter):
        words = (
            "Turnaround: void days between one stay and the next. Days empty between stays are counted from the day a "
            "place was left, before the period too."
        )
        flow.words(words, size=CAPTION, fill=PAPER.text2)


def _has_places(quarter: ProviderQuarter) -> bool:
    return any(each.line.places for each in quarter.services)


def _of_reviews(quarter: ProviderQuarter) -> Figure:
    asked = sum(quarter.reviews.get(state, 0) for state in DueState if state != DueState.NONE)
    late = quarter.reviews.get(DueState.OVERDUE, 0)
    behind = f"{late} of {asked} overdue" if asked else "nobody needs one"
    return text.format_percent(asked - late, asked) or "–", "main reviews in date", behind


def _of_places(quarter: ProviderQuarter) -> tuple[Figure, ...]:
    days = quarter.days
    lived, void, relet = days.occupancy_percent, days.void_percent, days.mean_relet_days
    return (
        (
            f"{lived:.1f}%" if lived is not None else "–",
            "of places lived in",
            f"{text.format_number(days.lived)} of {text.format_number(days.usable)} days",
        ),
        (
            text.format_number(days.void),
            "void days",
            f"{void:.1f}%; {text.count(days.turnaround, 'day')} turnaround"
            if void is not None
            else "no place could be used",
        ),
        (
            f"{relet:.0f}" if relet is not None else "–",
            "days empty between stays",
            f"mean of {text.count(len(days.relets), 'place')} let again" if days.relets else "no place was let again",
        ),
    )


def _of_people(quarter: ProviderQuarter) -> tuple[Figure, ...]:
    """Of a provider whose places nobody counts: a ward, a team, places bought one by one."""
    hours = [each.line.hours for each in quarter.services if each.line.hours is not None]
    planned, all_hours = sum(each.planned for each in hours), sum(each.capacity for each in hours)
    behind = f"{planned:g} of {all_hours:g} hours a week planned" if hours else "no places are recorded"
    return (
        (text.format_number(quarter.people), "people there on the last day", behind),
        (text.format_number(len(quarter.moved_in)), "moved in", "in the period"),
        (text.format_number(len(quarter.moved_out)), "moved out", "in the period"),
    )


def _draw_contracts(flow: Flow, quarter: ProviderQuarter) -> None:
    flow.heading("Contract", keep=24)
    if quarter.provider.own:
        _say(flow, "The council’s own staff; no contract.")
        return
    if not quarter.contracts:
        _say(flow, "No contract is recorded.")
        return
    columns = (Column("Contract", ROOM - 396), Column("From", 66), Column("To", 108), Column("May be extended to", 88),
               Column("Value", 134))  # fmt: skip
    flow.table(columns, [_contract_row(line) for line in quarter.contracts])


def _contract_row(line: ContractLine) -> tuple[Cell, ...]:
    contract, standing = line.contract, line.standing
    reference = f"\n{contract.reference}" if contract.reference else ""
    named = text.join_words([service.name for service in line.services]) if contract.service_ids else ""
    reference += f"\nfor {named}" if named else ""
    to = text.format_date(standing.last_on) or "no end"
    ended = standing.state == ContractState.ENDED
    words = f"{to}, ended" if ended else to
    if line.wants_looking_at:
        sign, fill = signs.sign_of(line.due)
        last = Cell(words, sign=sign, fill=fill)
    else:
        last = Cell(words)
    value = text.format_pence(contract.value_pence, whole=True)
    extend = "" if ended and not contract.extendable_to else text.format_date(contract.extendable_to) or "no option"
    return (
        Cell(reference, lead=contract.name),
        Cell(text.format_date(contract.started_on)),
        last,
        Cell(extend),
        Cell(
            f"{value} {value_per(contract)}".strip() if value else text.NOT_RECORDED,
            fill=PAPER.text if value else PAPER.text3,
        ),
    )


def _draw_services(flow: Flow, quarter: ProviderQuarter) -> None:
    flow.heading("Places and their use", keep=70)
    if not quarter.services:
        _say(flow, "No service of this provider is recorded.")
        return
    draw_use(flow, quarter.services)


def _draw_costs(flow: Flow, quarter: ProviderQuarter) -> None:
    shown = [each for each in quarter.services if each.line.week_pence is not None or each.line.hour_rate_pence]
    if not shown:
        return
    flow.heading("Costs and rates, a week", keep=44)
    columns = (
        Column("Service", ROOM - 417),
        Column("Agreed rate", 82, right=True),
        Column("Paid, middle", 84, right=True),
        Column("Cost known of", 71, right=True),
        Column("", 16),
        Column("Like services: lowest, middle, highest", 164),
    )
    flow.table(columns, [_cost_row(each) for each in shown])


def _cost_row(each: ServiceQuarter) -> tuple[Cell, ...]:
    line = each.line
    # A difference of pence is told in pence, or the two would look alike.
    whole = not line.dear or (line.median_cost_pence or 0) - (line.rate_pence or 0) >= 100
    agreed = text.format_pence(line.rate_pence, whole=whole)
    if line.hour_rate_pence is not None:
        agreed = f"{text.format_pence(line.hour_rate_pence)} an hour"
    paid = text.format_pence(line.median_cost_pence, whole=whole)
    return (
        Cell(lead=line.service.name),
        Cell(agreed or "–"),
        Cell(f"{paid or '–'}{', more' if line.dear else ''}", fill=PAPER.warn_text if line.dear else PAPER.text),
        Cell(f"{line.costs_known} of {line.people}"),
        Cell(),
        Cell(_like_words(line), fill=PAPER.text2),
    )


def _like_words(line: ServiceLine) -> str:
    like = line.like
    if like is None:
        return "none to compare with"
    three = ", ".join(text.format_pence(each, whole=True) for each in (like.lowest, like.middle, like.highest))
    return f"{three} ({text.count(like.services, 'service')})"


def _draw_people(flow: Flow, quarter: ProviderQuarter) -> None:
    flow.heading("People by stage and how long in it", keep=50)
    if not quarter.stays:
        _say(flow, "Nobody lives in these services.")
        return
    wide = (54.0, 48.0, 48.0, 48.0, 40.0)
    columns = (
        Column("Stage", ROOM - sum(wide) - 44 - 90 - 54),
        Column("People", 44, right=True),
        *(Column(band, each, right=True) for band, each in zip(BAND_NAMES, wide, strict=True)),
        Column("Middle stay", 90, right=True),
        Column("Over limit", 54, right=True),
    )
    flow.table(columns, [_stay_row(each) for each in quarter.stays])


def _stay_row(each: StageStays) -> tuple[Cell, ...]:
    over = str(each.over_limit) if each.stage.limit_days is not None else "–"
    return (
        Cell(each.stage.label, pill=pill_of(each.stage)),
        Cell(lead=str(each.people)),
        *(Cell(str(number) if number else "–") for number in each.bands),
        Cell(text.format_duration(each.median_days)),
        Cell(over, fill=PAPER.warn_text if each.over_limit else PAPER.text),
    )


def _draw_moves(flow: Flow, quarter: ProviderQuarter) -> None:
    came, went = len(quarter.moved_in), len(quarter.moved_out)
    flow.heading(f"Moves: {came} in, {went} out", keep=44)
    if not came and not went:
        _say(flow, "Nobody moved in or out.")
        return
    columns = (
        Column("Day", 66),
        Column("", 34),
        Column("Person", 130),
        Column("Service", 100),
        Column("From or to", ROOM - 66 - 34 - 130 - 100 - 92),
        Column("Planned, reason", 92),
    )
    both = [(moved.on, "in", moved) for moved in quarter.moved_in]
    both += [(moved.on, "out", moved) for moved in quarter.moved_out]
    both.sort(key=lambda each: (each[0], each[1], each[2].ref))
    flow.table(columns, [_move_row(way, moved, quarter) for _, way, moved in both])


def _move_row(way: str, moved: Moved, quarter: ProviderQuarter) -> tuple[Cell, ...]:
    # Why and whether planned belong to the stay that ended.
    ended = moved.stay if way == "out" else moved.other
    planned = _planned(ended.planned) if ended is not None else ""
    reason = quarter.labels.get(ended.end_reason or "", "") if ended is not None else ""
    stage = moved.other_stage
    beyond = (
        Cell(stage.label, pill=pill_of(stage))
        if stage is not None
        else Cell(f"no stay {'after' if way == 'out' else 'before'}", fill=PAPER.text3)
    )
    return (
        Cell(text.format_date(moved.on)),
        Cell(lead=way),
        Cell(f"\n{moved.ref}", lead=moved.name),
        Cell(moved.service.name),
        beyond,
        Cell(", ".join(each for each in (planned, text.first_lower(reason) if planned else reason) if each)),
    )


def _planned(planned: bool | None) -> str:
    return "" if planned is None else "Planned" if planned else "Unplanned"


def _draw_delays(flow: Flow, quarter: ProviderQuarter) -> None:
    flow.heading("What held moves up", keep=40)
    if not quarter.delays:
        _say(flow, "No reason for a delay was recorded.")
        return
    columns = (
        Column("Reason", ROOM - 200),
        Column("People", 100, right=True),
        Column("Days in the period", 100, right=True),
    )
    rows = [
        (Cell(quarter.labels.get(line.code, line.code)), Cell(str(line.people)), Cell(text.format_number(line.days)))
        for line in quarter.delays
    ]
    flow.table(columns, rows)


def _draw_actions(flow: Flow, quarter: ProviderQuarter) -> None:
    more = len(quarter.actions) - MOST_ACTIONS
    first = f", the first {MOST_ACTIONS} here" if more > 0 else ""
    flow.heading(f"Actions open: {len(quarter.actions)}{first}", keep=40)
    if not quarter.actions:
        _say(flow, "Nothing is open.")
        return
    columns = (Column("", 16), Column("Due", 84), Column("Person", 120), Column("What", ROOM - 330), Column("Who", 110))
    rows = []
    for each in quarter.actions[:MOST_ACTIONS]:
        state = due_state(each.action.due_on, quarter.as_at)
        # Nothing of what is still to be done has a tick.
        sign, fill = signs.sign_of(state) if state in _PRESSING else ("", PAPER.text)
        day = text.format_date(each.action.due_on) or "no day set"
        person = Cell(f"\n{each.ref}", lead=each.name)
        rows.append((Cell(box=True), Cell(day, sign=sign, fill=fill), person, Cell(each.action.what), Cell(each.owner)))
    flow.table(columns, rows)
    if more > 0:
        _say(flow, f"And {text.count(more, 'more action')} in the workbook of this sheet.")


def _draw_notes(flow: Flow) -> None:
    flow.heading("Said and agreed", keep=_LINE * _NOTE_LINES + 8)
    for _ in range(int((flow.y - FOOT - 8) / _LINE)):
        flow.y -= _LINE
        flow.sheet.line((LEFT, flow.y, RIGHT, flow.y), stroke=PAPER.text3, width=0.5)
    flow.y -= 4


def _say(flow: Flow, words: str) -> None:
    flow.y -= 3
    flow.words(words, size=BODY, fill=PAPER.text3)

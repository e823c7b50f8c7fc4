"""The tables of the manager's month that tell of people: programme, flow, moves, measures, stays, delays, reviews."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

from mhtracker import text
from mhtracker.analysis.breakdown import AGES, IN_HOSPITAL, UNKNOWN, age_bands
from mhtracker.analysis.measures import OF_WHOM
from mhtracker.analysis.month import Month
from mhtracker.analysis.month_cost_tables import compared, cost_table, is_planned
from mhtracker.analysis.month_limit_tables import exceptions_table, past_limits_table, stay_bands_table
from mhtracker.analysis.month_place_tables import (
    contracts_table,
    money_table,
    quality_table,
    services_table,
    waiting_table,
)
from mhtracker.analysis.share import percent
from mhtracker.analysis.tables import ALL, FigureTable, Kind, make_table, of_somebody
from mhtracker.domain.counting.spells import Exit
from mhtracker.domain.counting.stuck import MEANING

PEOPLE, DAYS, PERCENT = Kind.PEOPLE, Kind.DAYS, Kind.PERCENT


def month_tables(month: Month) -> list[FigureTable]:
    """All tables, in the order a report has them. A team's has none of services and contracts."""
    return [
        *([_programme(month)] if month.progress.programme is not None else []),
        _flow(month),
        _moves(month),
        _measures(month),
        _lengths(month),
        stay_bands_table(month),
        exceptions_table(month),
        _stuck(month),
        _delays(month),
        _owners(month),
        _reviews(month),
        waiting_table(month),
        *([services_table(month.services)] if month.services is not None else []),
        *([contracts_table(month.contracts)] if month.contracts is not None else []),
        money_table(month),
        *(cost_table(each, month) for each in month.cost_tables if is_planned(each) or compared(each)),
        _ages(month),
        quality_table(month),
        past_limits_table(month),
    ]


def _programme(month: Month) -> FigureTable:
    found = month.progress.programme
    assert found is not None
    programme, now = found.programme, found.now
    rows: list[tuple[object, ...]] = [
        ("Baseline", found.cohort, f"in these stages on {text.format_date(programme.baseline_on)}"),
        ("Moved on and stayed on", len(now.moved), f"planned by now: {found.planned}"),
        ("Still waiting", len(now.waiting), ""),
        ("Died or left", len(now.gone), ""),
        ("Came after the baseline", len(found.entered), f"not counted; {len(found.entered_moved)} of them moved on"),
        ("Aim", found.aim, f"by {text.format_date(programme.aim_on)}"),
    ]
    if found.forecast is not None:
        last = found.forecast.last
        rows.append(("Forecast for that day", round(last.middle), f"likely {last.low:.0f} to {last.high:.0f}"))
    else:
        rows.append(("Forecast for that day", None, "too few have moved on to say"))
    definition = "Everybody in the programme’s stages on its baseline day; moved on is to be in a higher stage now."
    if programme.rule:
        definition = definition.replace("baseline day;", f"baseline day, only {programme.rule};")
    if month.team:
        definition += " This table is of all the programme’s people, not of the team alone."
    note = found.forecast.words() if found.forecast is not None else ""
    if found.old_pace is not None:
        note = f"{note} {found.old_pace.words(programme, found.cohort)}".strip()
    return make_table(
        "programme",
        f"Programme: {programme.name}",
        definition,
        "The programme’s people and their placements",
        [("", Kind.WORDS), ("People", PEOPLE), ("More", Kind.NOTE)],
        rows,
        note=note,
        plain_rows=(5, 6),
        apart_rows=(4,),
        kept_rows=(0, 1),
    )


def _flow(month: Month) -> FigureTable:
    rows: list[tuple[object, ...]] = [
        (month.stage(each.stage_id), len(each.opening), len(each.came), len(each.went), len(each.closing))
        for each in month.progress.flow.stages
    ]
    totals = ("Everyone", *(sum(row[place] for row in rows if isinstance(row[place], int)) for place in range(1, 5)))  # type: ignore[misc]
    table = make_table(
        "flow",
        "Flow",
        "Who was in each stage at the end of the day before the period, came, went, and was there at "
        "its end: opening + in - out = closing. A change of service inside a stage is no move, nor is a hospital stay "
        "while the place is kept: who is there counts in the stage of that place.",
        "Placements",
        [("Stage", Kind.WORDS), ("Opening", PEOPLE), ("In", PEOPLE), ("Out", PEOPLE), ("Closing", PEOPLE)],
        rows,
        last=totals,
        across=(("Opening", 1), ("In", 1), ("Out", -1), ("Closing", -1)),
    )
    return of_somebody(table)


def _moves(month: Month) -> FigureTable:
    found: dict[tuple[str, str, Exit], list[bool | None]] = {}
    for first, to in permutations(month.stages.values(), 2):
        found[first.id, to.id, Exit.ONWARD if to.level > first.level else Exit.BACK] = []
    for move in month.progress.flow.moves:
        found.setdefault((move.from_stage_id, move.to_stage_id, move.way), []).append(move.planned)
    rows: list[tuple[object, ...]] = [
        (
            month.stage(from_id),
            month.stage(to_id),
            "onward" if way == Exit.ONWARD else "back",
            len(told),
            sum(each is True for each in told),
            sum(each is False for each in told),
        )
        for (from_id, to_id, way), told in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    table = make_table(
        "moves",
        "Moves",
        "Moves between stages in the period, onward or back by the order of the stages. A move is made on the first "
        "day in the new stage: who left the old one some days before it was in neither meanwhile.",
        "Placements",
        [
            ("From", Kind.WORDS),
            ("To", Kind.WORDS),
            ("Way", Kind.WORDS),
            ("Moves", PEOPLE),
            ("Planned", PEOPLE),
            ("Unplanned", PEOPLE),
        ],
        rows,
        across=(("Moves", -1), ("Planned", 1), ("Unplanned", 1)),
        by_size=True,
    )
    return of_somebody(table)


def _measures(month: Month) -> FigureTable:
    rows: list[tuple[object, ...]] = [
        (
            each.name,
            each.numerator,
            each.denominator,
            each.percent if not each.too_few else None,
            each.definition.removeprefix(OF_WHOM).strip(),
        )
        for each in month.progress.measures.values()
    ]
    return make_table(
        "measures",
        "Measures",
        "What is counted stands beside each measure; no percentage is given of fewer than ten people. Settled, a home "
        f"of their own and paid work are of these: {OF_WHOM}",
        "Statuses and placements",
        [
            ("Measure", Kind.WORDS),
            ("Counted", PEOPLE),
            ("Of", PEOPLE),
            ("Percent", PERCENT),
            ("What is counted", Kind.WORDS),
        ],
        rows,
        of={"Percent": ("Counted", "Of")},
        adds=False,
    )


def _lengths(month: Month) -> FigureTable:
    rows: list[tuple[object, ...]] = [
        (
            month.stage(stage_id),
            each.people,
            each.completed,
            *each.quartiles,
        )
        for stage_id, each in month.progress.lengths.items()
    ]
    table = make_table(
        "lengths",
        "Length of stay",
        "Stays that ended and stays that go on, together, by the product-limit method. Empty "
        "where under ten have ended, or too few to say.",
        "Placements",
        [
            ("Stage", Kind.WORDS),
            ("Stays", PEOPLE),
            ("Ended", PEOPLE),
            ("A quarter left by", Kind.LENGTH),
            ("Half by", Kind.LENGTH),
            ("Three in four by", Kind.LENGTH),
        ],
        rows,
        across=(("Stays", 1), ("Ended", -1)),
    )
    return of_somebody(table)


def _stuck(month: Month) -> FigureTable:
    of_team = " How long is usual is counted from everybody’s stays, not the team’s alone." if month.team else ""
    rows: list[tuple[object, ...]] = []
    for each in month.progress.stuck:
        person = month.persons[each.person_id]
        barrier = month.labels.get(f"delay_reason/{each.barrier}", each.barrier) if each.barrier else "none recorded"
        worker = month.workers.get(person.worker_id or "", "")
        rows.append(
            (text.full_name(person), person.ref, month.stage(each.stage_id), each.days, each.over_days, barrier, worker)
        )
    return make_table(
        "stuck",
        "Stuck",
        MEANING + of_team,
        "Placements and barriers",
        [
            ("Person", Kind.WORDS),
            ("Reference", Kind.WORDS),
            ("Stage", Kind.WORDS),
            ("Days there", DAYS),
            ("Days over", DAYS),
            ("Held up by", Kind.WORDS),
            ("Worker", Kind.WORDS),
        ],
        rows,
        named=True,
    )


def _delays(month: Month) -> FigureTable:
    found = month.progress
    told: list[tuple[object, ...]] = [
        (month.labels.get(f"delay_reason/{each.code}", each.code), len(each.people), each.days) for each in found.delays
    ]
    rows = _with_every(told, month.labels_of("delay_reason"))
    table = make_table(
        "delays",
        "Delayed days by reason",
        "Days in the period on which a reason held a move up. A day under several "
        "reasons stands under each of them; all together it is counted once.",
        "Barriers",
        [("Reason", Kind.WORDS), ("People", PEOPLE), ("Days", DAYS)],
        rows,
        last=("All together", len(found.delayed_people), found.delayed_days),
        by_size=True,
    )
    return of_somebody(table, last=False)


def _owners(month: Month) -> FigureTable:
    told: list[tuple[object, ...]] = [
        (month.labels.get(f"attributable/{each.key}", UNKNOWN), len(each.people), each.days) for each in month.owners
    ]
    rows = _with_every(told, (*month.labels_of("attributable"), UNKNOWN))
    table = make_table(
        "delay_owners",
        "Delayed days by whom they are put down to",
        "As recorded with each barrier; each day of a person once under each.",
        "Barriers",
        [("Put down to", Kind.WORDS), ("People", PEOPLE), ("Days", DAYS)],
        rows,
        by_size=True,
    )
    return of_somebody(table)


def _with_every(told: list[tuple[object, ...]], names: Iterable[str]) -> list[tuple[object, ...]]:
    """Lines of people and days with those of nobody after them."""
    there = {row[0] for row in told}
    return [*told, *((name, 0, 0) for name in dict.fromkeys(names) if name not in there)]


def _reviews(month: Month) -> FigureTable:
    reviews = month.progress.reviews
    groups = (
        (text.NOT_DUE_YET, reviews.in_date),
        ("Due soon", reviews.due_soon),
        ("Overdue", reviews.overdue),
        ("of whom never reviewed", reviews.never),
    )
    whole = sum(len(people) for _, people in groups[:3])
    rows: list[tuple[object, ...]] = [
        (name, len(people), whole, percent(len(people), whole)) for name, people in groups
    ]
    return make_table(
        "reviews",
        "Main reviews",
        "Everybody on the pathway who needs a main review, by how it stands. In date are those not due yet and those "
        "due soon. Only a review that was held clears one that is due. A review of another kind that is overdue, such "
        "as s117, has its own line under Exceptions.",
        "Reviews, by the office’s rules",
        [("Reviews", Kind.WORDS), ("People", PEOPLE), ("Of", Kind.NUMBER), ("Percent", PERCENT)],
        rows,
        of={"Percent": ("People", "Of")},
        apart_rows=(3,),
    )


def _ages(month: Month) -> FigureTable:
    names = (*age_bands(AGES), UNKNOWN)
    rows = month.by_stage(month.ages, names)
    last = ("All", *(sum(int(str(row[place])) for row in rows) for place in range(1, len(names) + 2)))
    columns = [("Stage", Kind.WORDS), *((name, PEOPLE) for name in names), (ALL, PEOPLE)]
    table = make_table(
        "ages",
        "People by stage and age",
        f"Everybody on the pathway at the end of the period. {IN_HOSPITAL}",
        "Birth dates and placements",
        columns,
        rows,
        last=last,
    )
    return of_somebody(table, *names)

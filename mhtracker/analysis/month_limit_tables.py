"""The tables of the manager's month that tell of time: how long people have been where they are, who is past what."""

from __future__ import annotations

from statistics import median

from mhtracker import text
from mhtracker.analysis.breakdown import IN_HOSPITAL, UNKNOWN
from mhtracker.analysis.exceptions import Limit, PastLimit
from mhtracker.analysis.month import Month
from mhtracker.analysis.tables import ALL, FigureTable, Kind, make_table, of_somebody
from mhtracker.domain.counting.stay_bands import BAND_NAMES


def stay_bands_table(month: Month) -> FigureTable:
    """How many people have been in their stage for how long."""
    found = month.stays
    names = (*BAND_NAMES, UNKNOWN)
    rows = month.by_stage(found, names)
    totals = (sum(int(str(row[place])) for row in rows) for place in range(1, len(names) + 2))
    table = make_table(
        "stay_bands",
        "How long people have been in their stage",
        "Everybody on the pathway at the end of the period, by the time since they came to the stage they are in: "
        f"twelve weeks, one, two and five years are where the bands end. {IN_HOSPITAL}",
        "Placements",
        [("Stage", Kind.WORDS), *((_head(name), Kind.PEOPLE) for name in names), (ALL, Kind.PEOPLE)],
        rows,
        last=(ALL, *totals),
    )
    return of_somebody(table, UNKNOWN)


def exceptions_table(month: Month) -> FigureTable:
    """How many people are past each limit, and by how much."""
    rows: list[tuple[object, ...]] = []
    found = _by_limit(month)
    for limit in month.limits:
        past = found.get(limit, [])
        people = {each.line.person_id for each in past}
        rows.append((limit.name, limit.rule, len(people), round(median(each.days for each in past)) if past else None))
    table = make_table(
        "exceptions",
        "Exceptions: past a limit",
        "People past a limit at the end of the period, by limit; somebody past two limits stands under both. Days "
        "past: the middle one of all that are past it.",
        "Placements, reviews, targets, actions and warnings",
        [
            ("Limit", Kind.WORDS),
            ("Where it lies", Kind.WORDS),
            ("People", Kind.PEOPLE),
            ("Days past, middle", Kind.DAYS),
        ],
        rows,
        note="Who they are stands at the end of this report." if found else "",
        adds=False,
    )
    return of_somebody(table)


def past_limits_table(month: Month) -> FigureTable:
    """Who is past what."""
    rows: list[tuple[object, ...]] = [
        (
            each.limit.name,
            text.name_in_order(each.line.surname, each.line.given_names),
            each.line.ref,
            each.what,
            each.due_on,
            each.days,
            each.line.worker,
        )
        for each in month.exceptions
    ]
    return make_table(
        "past_limits",
        "Who is past what",
        "Everybody past a limit at the end of the period, by limit, the furthest past first.",
        "Placements, reviews, targets, actions and warnings",
        [
            ("Limit", Kind.WORDS),
            ("Person", Kind.WORDS),
            ("Reference", Kind.WORDS),
            ("What", Kind.WORDS),
            ("Was due", Kind.DATE),
            ("Days past", Kind.DAYS),
            ("Worker", Kind.WORDS),
        ],
        rows,
        named=True,
        by="Limit",
    )


def _head(band: str) -> str:
    return band[:1].upper() + band[1:]


def _by_limit(month: Month) -> dict[Limit, list[PastLimit]]:
    found: dict[Limit, list[PastLimit]] = {}
    for each in month.exceptions:
        found.setdefault(each.limit, []).append(each)
    return found

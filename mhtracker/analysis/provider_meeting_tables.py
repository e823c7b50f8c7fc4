"""The tables of a provider's quarter that tell of people: their stays, moves, delays and actions."""

from __future__ import annotations

from mhtracker.analysis.tables import FigureTable, Kind, make_table
from mhtracker.domain.counting.stay_bands import BAND_NAMES
from mhtracker.store.queries.provider_quarter import Moved, ProviderQuarter

_W, _DAY, _DAYS, _PEOPLE = Kind.WORDS, Kind.DATE, Kind.DAYS, Kind.PEOPLE
Row = tuple[object, ...]


def stays_table(quarter: ProviderQuarter) -> FigureTable:
    """People by stage and how long in it."""
    rows: list[Row] = [
        (
            each.stage.label,
            each.people,
            *each.bands,
            each.median_days,
            each.over_limit if each.stage.limit_days is not None else None,
        )
        for each in quarter.stays
    ]
    return make_table(
        "stays",
        "People by stage",
        "Everybody who lives there or is supported on the last day, by the time since they came to the stage they are "
        "in. Over limit: longer than the stage’s longest usual stay; empty where it has none.",
        "Placements",
        [
            ("Stage", _W),
            ("People", _PEOPLE),
            *((f"{band[:1].upper()}{band[1:]}", _PEOPLE) for band in BAND_NAMES),
            ("Middle stay, days", _DAYS),
            ("Over limit", _PEOPLE),
        ],
        rows,
        named=True,
    )


def moves_table(quarter: ProviderQuarter) -> FigureTable:
    """Who moved in and out, by day."""
    both = [("in", moved) for moved in quarter.moved_in] + [("out", moved) for moved in quarter.moved_out]
    both.sort(key=lambda each: (each[1].on, each[0], each[1].ref))
    return make_table(
        "moves",
        "Moves in and out",
        "Who came to a service or left it in the period; a change of place within one service is no move. Planned and "
        "why belong to the stay that ended.",
        "Placements",
        [
            ("Day", _DAY),
            ("Way", _W),
            ("Person", _W),
            ("Reference", _W),
            ("Service", _W),
            ("From or to", _W),
            ("Planned", _W),
            ("Why", _W),
        ],
        [_move(way, moved, quarter) for way, moved in both],
        named=True,
    )


def _move(way: str, moved: Moved, quarter: ProviderQuarter) -> Row:
    ended = moved.stay if way == "out" else moved.other
    planned = {True: "planned", False: "unplanned", None: ""}[ended.planned if ended is not None else None]
    why = quarter.labels.get(ended.end_reason or "", "") if ended is not None else ""
    beyond = moved.other_stage.label if moved.other_stage is not None else ""
    return (moved.on, way, moved.name, moved.ref, moved.service.name, beyond, planned, why)


def delays_table(quarter: ProviderQuarter) -> FigureTable:
    """What held moves up."""
    rows: list[Row] = [(quarter.labels.get(each.code, each.code), each.people, each.days) for each in quarter.delays]
    return make_table(
        "delays",
        "What held moves up",
        "Days in the period on which a reason held a move up, of those who live there or are supported on the last "
        "day. A day under several reasons stands under each.",
        "Barriers",
        [("Reason", _W), ("People", _PEOPLE), ("Days", _DAYS)],
        rows,
        named=True,
    )


def actions_table(quarter: ProviderQuarter) -> FigureTable:
    """What is still to be done, all of it."""
    rows: list[Row] = [
        (each.action.due_on, each.name, each.ref, each.action.what, each.owner) for each in quarter.actions
    ]
    return make_table(
        "actions",
        "Actions open",
        "What is still to be done about those who live there or are supported on the last day, by the day it is due.",
        "Actions",
        [("Due", _DAY), ("Person", _W), ("Reference", _W), ("What", _W), ("Who", _W)],
        rows,
        named=True,
    )

"""A report for publication: that something is not in it tells no more than a star would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mhtracker.analysis.flow import Move
from mhtracker.analysis.month import Month, read_month
from mhtracker.analysis.month_tables import month_tables
from mhtracker.analysis.publishing import EMPTY, published
from mhtracker.analysis.tables import FigureTable, Kind, make_table
from mhtracker.domain.counting.small_numbers import HIDDEN
from mhtracker.domain.counting.spells import Exit
from mhtracker.operations.demo.making import make_demo

TODAY = date(2026, 7, 14)


@pytest.fixture(scope="module")
def month(tmp_path_factory) -> Month:
    with make_demo(tmp_path_factory.mktemp("rows") / "few.mhtracker", people=45, seed=3, as_at=TODAY) as store:
        return read_month(store, date(2026, 7, 1), TODAY)


def told(month: Month) -> dict[str, FigureTable]:
    """Each table as it is published."""
    return {table.key: replace(table, whole=None) for table in published(month_tables(month))}


def with_moves(month: Month, number: int) -> Month:
    """The same month with so many moves up between two stages, as many back, and no others."""
    low, high = pair = [stage.id for stage in list(month.stages.values())[1:3]]
    people = [f"p{n}" for n in range(number)]
    ways = ((low, high, Exit.ONWARD), (high, low, Exit.BACK))
    moves = tuple(Move(who, TODAY, TODAY, first, to, way, True) for first, to, way in ways for who in people)
    flow = month.progress.flow
    there = [replace(each, opening=each.closing, came=[], went=[]) for each in flow.stages]
    stages = tuple(replace(each, came=people, went=people) if each.stage_id in pair else each for each in there)
    planned = tuple(move.person_id for move in moves)
    measures = dict(month.progress.measures)
    measures["planned_moves"] = replace(measures["planned_moves"], counted=planned, of=planned)
    progress = replace(month.progress, flow=replace(flow, stages=stages, moves=moves), measures=measures)
    return replace(month, progress=progress)


def test_no_moves_and_two_each_way_are_published_in_the_same_words_and_rows(month):
    nobody, two, many = (told(with_moves(month, number)) for number in (0, 2, 30))
    assert nobody == two
    assert nobody["moves"].rows == ()
    assert nobody["moves"].empty == EMPTY
    assert [row[4] for row in many["moves"].rows] == ["30", "30"]


def test_nobody_past_a_limit_and_three_are_published_in_the_same_words_and_rows(month):
    action = next(limit for limit in month.limits if limit.name == "Action")
    line = month.exceptions[0].line
    others = tuple(each for each in month.exceptions if each.limit != action)
    past = [
        replace(month.exceptions[0], limit=action, line=replace(line, person_id=f"p{n}"), days=400) for n in range(9)
    ]
    nobody, three, nine = (told(replace(month, exceptions=(*others, *past[:number]))) for number in (0, 3, 9))
    assert nobody == three
    assert "Action" in [row[0] for row in nine["exceptions"].rows]


def test_no_delay_and_those_of_three_are_published_in_the_same_words_and_rows(month):
    delay, owner = month.progress.delays[0], month.owners[0]

    def held_up(number: int) -> Month:
        people = tuple(f"p{n}" for n in range(number))
        delays = (replace(delay, people=people, days=number * 7),) if people else ()
        owners = (replace(owner, people=people, days=number * 7),) if people else ()
        progress = replace(month.progress, delays=delays, delayed_people=people, delayed_days=number * 7)
        return replace(month, progress=progress, owners=owners)

    nobody, three, nine = (told(held_up(number)) for number in (0, 3, 9))
    assert nobody == three
    for key in ("delays", "delay_owners"):
        assert nobody[key].rows == nobody[key].last == ()
        assert len(nine[key].rows) == 1


def test_a_report_that_is_not_for_publication_has_no_lines_of_nobody(month):
    tables = {table.key: table for table in month_tables(with_moves(month, 0))}
    assert tables["moves"].rows == ()
    assert tables["moves"].empty == "None."
    for key in ("flow", "lengths", "exceptions", "delays", "delay_owners", "money", "stay_bands", "ages"):
        table = tables[key]
        counted = [place for place, column in enumerate(table.columns) if column.kind == Kind.PEOPLE]
        assert all(any(row[place] for place in counted) for row in table.rows), key
        assert table.whole is not None
        assert len(table.whole.rows) > len(table.rows) or len(table.whole.rows) >= 5, key


def test_that_no_days_are_told_of_a_hidden_count_does_not_tell_that_there_are_too_few():
    columns = [("Stage", Kind.WORDS), ("Ended", Kind.PEOPLE), ("Half by", Kind.LENGTH)]
    rows: list[tuple[object, ...]] = [("a", 3, None), ("b", 12, 90), ("c", 40, 70)]
    (safe,) = published([make_table("t", "T", "T.", "S", columns, rows, last=("All", 55, None))])
    assert {row[1:] for row in safe.rows} >= {(HIDDEN, HIDDEN)}
    assert all((row[1] == HIDDEN) == (row[2] == HIDDEN) for row in safe.rows)
    assert isinstance(safe, FigureTable)

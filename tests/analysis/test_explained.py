"""A figure's people as tables: each group by name, as at the day looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from pypdf import PdfReader

from mhtracker.analysis.explained import explained_tables, groups_of
from mhtracker.analysis.share import Share
from mhtracker.domain.records import Barrier, Person, Placement
from mhtracker.reports.manager.explained_list import ExplainedList, write_explained_list
from mhtracker.store import FixedClock, create_register

TODAY, MOVED, BEFORE = date(2026, 7, 14), date(2026, 6, 1), date(2026, 5, 1)


def share(counted, of, left_out=()):
    reasons = {"Not asked": tuple(left_out)} if left_out else {}
    return Share("Reviews in date", "People.", "Reviews", tuple(counted), tuple(of), reasons)


def test_somebody_counted_for_two_moves_stands_in_the_list_once():
    assert groups_of(share(["a", "a"], ["a", "a", "b"], ["c"])) == [
        ("Counted", ("a",)),
        ("Not counted", ("b",)),
        ("Left out: not asked", ("c",)),
    ]


def test_a_figure_is_told_of_those_it_counts_among_and_of_a_baseline_s_dead_too():
    found = share(["a"], ["a", "b"], ["c"])
    assert (found.told_of, replace(found, whole=True).told_of, found.percent) == (2, 3, 50.0)
    assert [name for name, _ in groups_of(replace(found, whole=True))] == ["Counted", "Not counted", "Not asked"]


def test_one_counted_move_and_one_that_is_not_put_somebody_in_both_groups():
    assert groups_of(share(["a"], ["a", "a", "b"])) == [("Counted", ("a",)), ("Not counted", ("a", "b"))]


def test_the_groups_add_up_to_the_figure_and_say_what_became_of_who_is_in_no_stage(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        people = [
            Person("a", "R1", "ALDER"),
            Person("b", "R2", "BIRCH", died_on=MOVED),
            Person("c", "R3", "CEDAR", left_on=MOVED, left_reason="moved_area"),
        ]
        with store.operation("Add") as work:
            work.add_many(people)
            work.add_many([Placement("1", "a", "residential", date(2014, 1, 1))])
        figure = share(["a", "b"], ["a", "a", "a", "b", "c"])
        counted, rest = explained_tables(store, figure, TODAY)
    assert (counted.title, rest.title) == ("Counted: 2", "Not counted: 3, of 2 people")
    assert rest.definition == f"{rest.title}. {figure.definition}"
    wanted = [rest.column(each) for each in ("Person", "Times", "Stage")]
    rows = [tuple(row[place] for place in wanted) for table in (counted, rest) for row in table.rows]
    assert rows == [
        ("ALDER", 1, "Residential"), ("BIRCH", 1, "Died 1 Jun 2026"),
        ("ALDER", 2, "Residential"), ("CEDAR", 1, "Left 1 Jun 2026"),
    ]  # fmt: skip


def test_the_list_tells_the_stage_of_the_day_looked_at(tmp_path):
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        person = Person("p", "R1", "PRÓBA")
        stays = [
            Placement("a", "p", "residential", date(2020, 1, 1), MOVED),
            Placement("b", "p", "supported", MOVED),
        ]
        with store.operation("Add") as work:
            work.add_many([person])
            work.add_many(stays)
        stages = [
            table.rows[0][table.column("Stage")]
            for day in (BEFORE, TODAY)
            for table in explained_tables(store, share(["p"], ["p"]), day)
        ]
    assert stages == ["Residential", "Supported living"]


def held_up_table(tmp_path, barriers):
    """What is told of days held up by a provider and by a landlord, of the period from BEFORE to TODAY."""
    with create_register(tmp_path / "r.mhtracker", who="Ann", clock=FixedClock(TODAY)) as store:
        with store.operation("Add") as work:
            work.add_many([Person("a", "R1", "ALDER"), Person("b", "R2", "BIRCH")])
            work.add_many([Placement(each, each, "residential", date(2014, 1, 1)) for each in "ab"])
            work.add_many(
                [
                    Barrier("1", "a", "housing", date(2026, 7, 5), date(2026, 7, 10)),
                    Barrier("2", "b", "housing", date(2020, 1, 1), date(2026, 5, 11)),
                    Barrier("3", "b", "funding", date(2026, 5, 6), date(2026, 5, 31)),
                ]
            )
        figure = replace(share(["a", "b"], ["a", "b"]), period=(BEFORE, TODAY), barriers=barriers)
        labels = {each.code: each.label for each in store.codes("delay_reason")}
        (table,) = explained_tables(store, figure, TODAY)
    wanted = [table.column(each) for each in ("Person", "Days held up", "Reasons")]
    return table, [tuple(row[each] for each in wanted) for row in table.rows], labels


def test_days_held_up_are_told_of_each_person_with_their_reasons_most_first(tmp_path):
    table, rows, labels = held_up_table(tmp_path, {})
    housing, funding = (labels.get(each, each) for each in ("housing", "funding"))
    # Five days of May stand under both reasons, and once in the days.
    assert rows == [("BIRCH", 30, f"{funding} (25), {housing} (10)"), ("ALDER", 5, housing)]
    assert [table.rows[n][table.column("Here since")] for n in (0, 1)] == [date(2014, 1, 1)] * 2


def test_the_days_of_one_reason_are_those_of_its_barriers_alone(tmp_path):
    _, rows, labels = held_up_table(tmp_path, {"code": ("housing",)})
    assert rows == [("BIRCH", 10, labels.get("housing", "housing")), ("ALDER", 5, labels.get("housing", "housing"))]


def test_the_paper_names_the_period_of_its_figure_or_the_day():
    told = ExplainedList("Delayed days", "2 of 2", "Days.", "Barriers", TODAY, "Rotherham", False, ())
    printed_at = datetime(2026, 7, 14, 9, tzinfo=UTC)
    for period, words in (((BEFORE, TODAY), "Period 1 May 2026 to 14 Jul 2026."), (None, "As at 14 Jul 2026.")):
        out = BytesIO()
        write_explained_list(replace(told, period=period), out, printed_by="Ann", printed_at=printed_at)
        assert words in PdfReader(out).pages[0].extract_text()

"""`costs`: a week by stage and service, tables of as is and to be, and rates far from the others."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mhtracker import text
from mhtracker.cli import plain
from mhtracker.cli.answers import iso, pounds
from mhtracker.cli.session import answer, day_of, known_words, opened
from mhtracker.domain.money.cost_tables import Sums, sums_of_row, year_of
from mhtracker.domain.money.costs import ON_WARDS
from mhtracker.domain.records import Service

if TYPE_CHECKING:
    from mhtracker.analysis.money import GroupCost, Money
    from mhtracker.operations.money.cost_tables import RowNow, TableNow
    from mhtracker.store.queries.costs import StageNow


def costs(asked: argparse.Namespace) -> int:
    """`mhtracker costs`."""
    from mhtracker.analysis.flow import flow
    from mhtracker.analysis.money import count_money, read_paying
    from mhtracker.operations.money.cost_tables import read_tables

    day = day_of(asked)
    with opened(asked) as store:
        facts = read_paying(store, day)
        money = count_money(facts, flow((), facts.stages, day, day))
        stages = {stage.id: stage.label for stage in store.stages()}
        services = {service.id: service.name for service in store.find(Service)}
        refs = {person_id: each.person.ref for person_id, each in facts.people.items()}
        tables, known = read_tables(store, day), known_words(store.as_known_on)
    found = _facts(money, tables, services, refs)
    head = f"Costs as at {text.format_date(day)}{known}"
    return answer(asked, found, lambda: "\n\n".join([head, *_parts(money, tables, stages, services, refs)]))


def _facts(
    money: Money, tables: tuple[TableNow, ...], services: Mapping[str, str], refs: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "weekly_gross": pounds(money.gross),
        "weekly_person": pounds(money.person),
        "weekly_health": pounds(money.health),
        "weekly_net": pounds(money.net),
        "cost_not_recorded": len(money.unknown),
        "on_nhs_wards": len(money.on_wards),
        "charged_on_s117": len(_not_charged(money)),
        "by_stage": [{"stage": each.key, **_group(each)} for each in money.stages],
        "by_service": [{"service": services.get(each.key), **_group(each)} for each in money.services],
        "rates": [
            {
                "stage": each.stage_id,
                "people": each.people,
                "middle": pounds(each.middle),
                "low": pounds(each.low),
                "high": pounds(each.high),
                "outliers": [{"ref": refs[who], "weekly_gross": pounds(rate)} for who, rate in each.outside],
            }
            for each in money.rates
        ],
        "tables": [_table(each) for each in tables],
    }


def _group(each: GroupCost) -> dict[str, Any]:
    return {
        "people": len(each.people),
        "weekly_gross": pounds(each.gross),
        "weekly_person": pounds(each.person),
        "weekly_health": pounds(each.health),
        "weekly_net": pounds(each.net),
    }


def _table(found: TableNow) -> dict[str, Any]:
    table = found.table
    return {
        "name": table.name,
        "as_is_on": iso(table.as_is_on),
        "to_be_on": iso(table.to_be_on),
        "rows": [_row(each) for each in found.rows],
        "total": {**_sums(found.sums), **_now(found.now)},
        "people_not_recorded": found.sums.unsaid,
        "not_recorded": found.unknown,
    }


def _row(each: RowNow) -> dict[str, Any]:
    return {
        "label": each.row.label,
        "stage": each.row.stage_id,
        **_sums(sums_of_row(each.row)),
        **_now(each.now),
    }


def _now(now: StageNow | None) -> dict[str, Any]:
    return {
        "now_people": now.people if now is not None and now.said else None,
        "now_year": pounds(year_of(now.weekly_net)) if now is not None and now.said else None,
        "now_not_recorded": now.unknown if now is not None else None,
    }


def _sums(sums: Sums) -> dict[str, Any]:
    return {
        "as_is_people": sums.as_is_people,
        "as_is_year": pounds(sums.as_is_year),
        "as_is_unit_week": pounds(sums.as_is_unit),
        "to_be_people": sums.to_be_people,
        "to_be_year": pounds(sums.to_be_year),
        "to_be_unit_week": pounds(sums.to_be_unit),
        "people_difference": sums.people,
        "people_percent": sums.people_percent,
        "year_difference": pounds(sums.year),
        "year_percent": sums.year_percent,
    }


def _parts(
    money: Money,
    tables: tuple[TableNow, ...],
    stages: Mapping[str, str],
    services: Mapping[str, str],
    refs: Mapping[str, str],
) -> Iterator[str]:
    headings = ("People", "Gross a week", "Person", "NHS", "Net a week")
    rows = [_words(stages.get(each.key, each.key), each) for each in money.stages if each.people]
    total = ("All", str(len(money.of)), *(text.format_pence(n) for n in _four(money)))
    yield plain.table(("Stage", *headings), [*rows, total], right=(1, 2, 3, 4, 5))
    if money.unknown:
        yield f"Cost not recorded: {text.count(len(money.unknown), 'person', 'people')}."
    if money.on_wards:
        yield f"On NHS wards: {text.count(len(money.on_wards), 'person', 'people')}, {ON_WARDS}."
    if free := _not_charged(money):
        people = text.count(len(free), "person", "people")
        yield f"Charged on s117 after-care: {people}, {text.format_pence(sum(free))} a week, which counts as nothing."
    rows = [_words(services.get(each.key, "No service"), each) for each in money.services]
    if rows:
        yield plain.table(("Service", *headings), rows, right=(1, 2, 3, 4, 5))
    far = [
        (stages.get(each.stage_id, each.stage_id), refs[who], text.format_pence(rate), _usual(each.low, each.high))
        for each in money.rates
        for who, rate in each.outside
    ]
    if far:
        yield plain.table(("Far from the others", "Person", "Gross a week", "Usual"), far, right=(2,))
    for found in tables:
        yield _table_words(found)


def _not_charged(money: Money) -> list[int]:
    return [cost.not_charged for cost in money.of.values() if cost.not_charged]


def _words(label: str, each: GroupCost) -> tuple[str, ...]:
    return label, str(len(each.people)), *(text.format_pence(n) for n in _four(each))


def _four(each: GroupCost | Money) -> tuple[int, int, int, int]:
    return each.gross, each.person, each.health, each.net


def _usual(low: int, high: int) -> str:
    return f"{text.format_pence(low, whole=True)} to {text.format_pence(high, whole=True)}"


def _table_words(found: TableNow) -> str:
    by = f", to be by {text.format_date(found.table.to_be_on)}" if found.table.to_be_on else ""
    rows = [_row_words(each.row.label, sums_of_row(each.row), each.now) for each in found.rows]
    rows.append(_row_words("All", found.sums, found.now))
    headings = ("Line", "Now", "A year", "To be", "A year", "People", "Money", "In the register", "A year", "Cost")
    table = plain.table(headings, rows, right=tuple(range(1, 9)))
    unsaid = found.sums.unsaid
    lines = text.count(unsaid, "line") + (" gives" if unsaid == 1 else " give")
    left_out = f"\n{lines} no number of people: All has the money, not the people." if unsaid else ""
    if found.not_compared:
        without = text.count(found.not_compared, "line")
        left_out += f"\nThe register says nothing of {without}, so All is not compared with it."
    return f"{found.table.name}, as is on {text.format_date(found.table.as_is_on)}{by}\n{table}{left_out}"


def _people(number: int | None) -> str:
    return str(number) if number is not None else text.NOT_RECORDED


def _row_words(label: str, sums: Sums, now: StageNow | None) -> tuple[str, ...]:
    return (
        label,
        _people(sums.as_is_people),
        text.format_pence(sums.as_is_year, whole=True),
        _people(sums.to_be_people),
        text.format_pence(sums.to_be_year, whole=True),
        f"{sums.people:+}".replace("-", text.MINUS) if sums.people is not None else "",
        text.format_pence(sums.year, whole=True),
        str(now.people) if now is not None and now.said else "",
        text.format_pence(year_of(now.weekly_net), whole=True) if now is not None and now.said else "",
        f"{now.unknown} not recorded" if now is not None and now.unknown else "",
    )

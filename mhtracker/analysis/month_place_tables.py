"""The tables of the manager's month that tell of places, money and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mhtracker import text
from mhtracker.analysis.money import Money
from mhtracker.analysis.month import Month
from mhtracker.analysis.quality import HARMS
from mhtracker.analysis.savings import MEANING
from mhtracker.analysis.tables import FigureTable, Kind, make_table, of_somebody
from mhtracker.domain.counting.small_numbers import SMALLEST
from mhtracker.domain.money.costs import ON_WARDS
from mhtracker.domain.places.contracts import value_per
from mhtracker.domain.places.units import PlaceState
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.store.queries.contracts import ContractLine, state_words
from mhtracker.store.queries.services import ServiceList

PEOPLE, DAYS, PENCE, NUMBER, DATE = Kind.PEOPLE, Kind.DAYS, Kind.PENCE, Kind.NUMBER, Kind.DATE


def waiting_table(month: Month) -> FigureTable:
    """Who waits, the most pressing first."""
    rows: list[tuple[object, ...]] = []
    for each in month.waiting.lines:
        person = month.persons.get(each.person_id)
        name = text.full_name(person) if person is not None else each.line.ref
        wanted = each.service.name if each.service is not None else each.stage.label if each.stage is not None else ""
        priority = month.labels.get(f"priority/{each.waiting.priority}", each.waiting.priority)
        where = "Hospital" if each.in_hospital else each.line.stage
        rows.append((name, each.line.ref, each.waiting.since_on, each.days, wanted, priority, where))
    return make_table(
        "waiting",
        "Waiting list",
        "Everybody who waits for a place or for support at the end of the period, the most pressing first.",
        "Waiting list",
        [
            ("Person", Kind.WORDS),
            ("Reference", Kind.WORDS),
            ("Since", DATE),
            ("Days", DAYS),
            ("For", Kind.WORDS),
            ("Priority", Kind.WORDS),
            ("Now in", Kind.WORDS),
        ],
        rows,
        named=True,
    )


def services_table(services: ServiceList) -> FigureTable:
    """Services by provider, with their places and rates."""
    rows: list[tuple[object, ...]] = []
    for group in services.groups:
        for line in group.lines:
            states = [place.state for place in line.places]
            provider = line.provider.name if line.provider is not None else ""
            rows.append(
                (
                    provider,
                    line.service.name,
                    line.stage.label if line.stage is not None else "",
                    line.people,
                    len(states) or None,
                    sum(s == PlaceState.FREE for s in states) if states else None,
                    sum(s == PlaceState.HELD for s in states) if states else None,
                    sum(s == PlaceState.OUT for s in states) if states else None,
                    line.in_use_percent,
                    line.week_pence,
                )
            )
    return make_table(
        "services",
        "Services and places",
        "Places as at the end of the period. In use: lived in or held, of all places not out of use, or planned hours "
        "of all hours. A week: the agreed rate, else the middle of what it costs there.",
        "Services, units, holds and placements",
        [
            ("Provider", Kind.WORDS),
            ("Service", Kind.WORDS),
            ("Stage", Kind.WORDS),
            ("People", PEOPLE),
            ("Places", NUMBER),
            ("Free", NUMBER),
            ("Held", NUMBER),
            ("Out of use", NUMBER),
            ("In use %", NUMBER),
            ("A week", PENCE),
        ],
        rows,
        last=_all_services(rows) if rows else (),
        named=True,
    )


def _all_services(rows: Sequence[Sequence[object]]) -> tuple[object, ...]:
    """The services together: people, and what is known of places."""
    known = ([n for row in rows if isinstance(n := row[place], int)] for place in range(3, 8))
    return ("All", "", "", *(sum(each) if each else None for each in known), None, None)


def contracts_table(contracts: Sequence[ContractLine]) -> FigureTable:
    """Contracts, those to be looked at first."""
    rows: list[tuple[object, ...]] = [
        (
            each.provider.name if each.provider is not None else "",
            each.contract.name,
            each.contract.value_pence,
            value_per(each.contract),
            each.standing.last_on,
            each.contract.extendable_to,
            state_words(each),
            each.people,
        )
        for each in contracts
    ]
    return make_table(
        "contracts",
        "Contracts",
        "Those that end soon or have ended, with nothing that carries them on, are to be looked at.",
        "Contracts",
        [
            ("Provider", Kind.WORDS),
            ("Contract", Kind.WORDS),
            ("Value", PENCE),
            ("Value is", Kind.WORDS),
            ("Ends", DATE),
            ("Extendable to", DATE),
            ("State", Kind.WORDS),
            ("People there", PEOPLE),
        ],
        rows,
        named=True,
    )


def savings_words(money: Money) -> str:
    """What the moves of the period have saved, those onward and those back apart, and how it is counted."""
    found, words = money.savings, []
    for way, saved, unknown, pence in (
        ("onward", found.onward, found.onward_unknown, money.saving),
        ("back", found.back, found.back_unknown, money.saving_back),
    ):
        if saved or unknown:
            known = f"{len(saved)} counted, {len(unknown)} with a cost not recorded"
            words.append(f"Moves {way} in the period have saved {text.format_pence(pence)} so far ({known}).")
    return " ".join([*words, MEANING]) if words else ""


def money_table(month: Month) -> FigureTable:
    """What each stage costs in a week, and who pays."""
    money = month.progress.money
    rows: list[tuple[object, ...]] = [
        (month.stage(each.key), len(each.people), each.gross, each.person, each.health, each.net)
        for each in money.stages
    ]
    # Of a hospital all but a few have no cost recorded: its few would take others' numbers with them once published.
    wards = {stage.label for stage in month.stages.values() if is_hospital(stage)}
    whole = [row for row in rows if row[0] not in wards or int(str(row[1])) >= SMALLEST]
    note = ""
    if money.on_wards:
        note = f"Left out: {text.count(len(money.on_wards), 'person', 'people')} on NHS wards, {ON_WARDS}. "
    if money.unknown:
        note += f"Left out: {text.count(len(money.unknown), 'person', 'people')} with a cost not recorded. "
    note += savings_words(money)
    table = _money(rows, note.strip())
    safe = _money(whole)
    few = " The costs of fewer than five people in hospital are left out." if wards else ""
    return replace(of_somebody(table), whole=replace(safe, definition=safe.definition + few))


def _money(rows: list[tuple[object, ...]], note: str = "") -> FigureTable:
    last = ("All", *(sum(int(str(row[place])) for row in rows) for place in range(1, 6)))
    return make_table(
        "money",
        "Cost a week",
        "What the people in each stage cost in a week at the end of the period, and who pays; net is "
        "what is left for the council. Whose cost is not recorded, on an NHS ward say, stands in no line; who is in "
        "hospital with a place kept stands in the line of that place.",
        "Costs and funding",
        [
            ("Stage", Kind.WORDS),
            ("People", PEOPLE),
            ("Gross", PENCE),
            ("Person", PENCE),
            ("NHS", PENCE),
            ("Net", PENCE),
        ],
        rows,
        last=last,
        note=note,
    )


def quality_table(month: Month) -> FigureTable:
    """What is missing, by the report it harms."""
    harms = dict(HARMS)
    rows: list[tuple[object, ...]] = [
        (harms[each.harms], each.words, len(each.people), each.of, each.mend) for each in month.doubts
    ]
    return make_table(
        "quality",
        "What is missing",
        "Ranked by the report it harms, then by how many people it concerns.",
        "All records",
        [("Harms", Kind.WORDS), ("What", Kind.WORDS), ("People", PEOPLE), ("Of", PEOPLE), ("Put it right", Kind.WORDS)],
        rows,
        named=True,
    )

"""`services`, `waiting` and `fits`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from mhtracker import text
from mhtracker.cli import answers_places, plain
from mhtracker.cli.named import find_named
from mhtracker.cli.session import CLOCK, answer, day_of, known_words, opened, who_asks, writing
from mhtracker.domain.errors import Refused
from mhtracker.domain.places.contracts import ContractState
from mhtracker.domain.places.fitting import Answer
from mhtracker.domain.records import Provider, Service, Unit
from mhtracker.store import Store
from mhtracker.store.queries.contracts import contract_lines
from mhtracker.store.queries.move_savings import saving_words
from mhtracker.store.queries.person import find_person
from mhtracker.store.queries.place_facts import read_place_facts
from mhtracker.store.queries.service_detail import details
from mhtracker.store.queries.services import ServiceLine, ServiceList, list_services
from mhtracker.store.queries.vacancies import Fit, fill_vacancies, fits_for_person, fits_for_vacancy
from mhtracker.store.queries.waiting import WaitingList, list_waiting


def services(asked: argparse.Namespace) -> int:
    """`mhtracker services`."""
    as_at = day_of(asked)
    if asked.xlsx is not None:
        return _workbook(asked, "Services")
    with opened(asked) as store:
        found = list_services(store, as_at)
        told, contracts = {}, []
        if asked.json:
            facts = read_place_facts(store, as_at)
            told = {each.line.service.id: answers_places.service(each) for each in details(store, facts)}
            contracts = [answers_places.contract(line) for line in contract_lines(facts)]
    json = {
        **answers_places.place_count(found.count),
        "leaving_within_month": found.leaving_soon,
        "free_within_month": found.free_soon,
        "waiting": found.waiting,
        "contracts_ending": found.ending,
        "services": [told[line.service.id] for line in found.lines if line.service.id in told],
        "contracts": contracts,
    }
    return answer(asked, json, lambda: _services(found, known_words(asked.as_known)))


def _workbook(asked: argparse.Namespace, title: str, keys: Sequence[str] = ()) -> int:
    """Write lists as a workbook: those of `keys`, or all."""
    from mhtracker.analysis.place_lists import list_tables, read_place_lists
    from mhtracker.reports.manager.tables_workbook import BookFacts, write_tables

    as_at, now = day_of(asked), CLOCK.now().astimezone()
    with opened(asked) as store, writing(asked, asked.xlsx, ".xlsx") as out:
        lists = read_place_lists(store, as_at)
        tables = list_tables(lists, keys)
        book = BookFacts(title, as_at, as_at, lists.council, lists.demo, as_known=asked.as_known)
        write_tables(tables, book, out, printed_by=who_asks(asked), printed_at=now)
    json = {"written": str(out), "operation": None, "tables": {table.key: len(table.rows) for table in tables}}
    said = text.join_words([f"{table.title} {text.format_number(len(table.rows))}" for table in tables])
    return answer(asked, json, lambda: f"{out}: {said}.")


def _services(found: ServiceList, known: str) -> str:
    headings = ("Provider", "Service", "Where", "People", "Places", "Free", "In use", "A week", "Contract")
    rows = (_service_row(line, found.as_at) for line in found.lines)
    count = found.count
    told = plain.table(headings, rows, right=(3, 4, 6, 7)) + "\n\n" if found.lines else ""
    places = text.count(count.total, "place")
    day = text.format_date(found.as_at)
    return (
        f"{told}{places}, {count.free} free, {count.held} held, {found.free_soon} more free within a month; "
        f"{text.count(found.waiting, 'person', 'people')} waiting; "
        f"{text.count(found.ending, 'contract')} to look at; as at {day}{known}."
    )


def _service_row(line: ServiceLine, as_at: date) -> tuple[str, ...]:
    percent = line.in_use_percent
    return (
        line.provider.name if line.provider is not None else "",
        line.service.name,
        line.service.locality,
        str(line.people),
        str(line.count.total) if line.count.total else "",
        free_words(line, as_at),
        f"{percent}%" if percent is not None else "",
        _week_words(line),
        contract_words(line),
    )


def free_words(line: ServiceLine, as_at: date) -> str:
    """What is free at a service, and from when."""
    if line.hours is not None:
        return f"{line.hours.free:g} h of {line.hours.capacity:g}"
    soon = line.next_free
    parts = []
    if line.count.free and soon is not None:
        days = soon.empty_days(as_at)
        parts.append(f"{line.count.free} now" + (f", {text.count(days, 'day')}" if days else ""))
    elif soon is not None and soon.free_from is not None:
        parts.append(f"from {text.format_day(soon.free_from, as_at)}")
    parts += [f"{line.count.held} held"] if line.count.held else []
    return ", ".join(parts) or ("none" if line.count.total else "")


def _week_words(line: ServiceLine) -> str:
    if line.week_pence is not None:
        return text.format_pence(line.week_pence, whole=True)
    return f"{text.format_pence(line.hour_rate_pence)} h" if line.hour_rate_pence is not None else ""


def contract_words(line: ServiceLine) -> str:
    """How the contract stands, in a few words."""
    standing = line.contract
    fixed = {
        ContractState.OWN: "own staff",
        ContractState.BY_PERSON: "by person",
        ContractState.NONE: "none recorded",
    }
    if standing.state in fixed:
        return fixed[standing.state]
    if standing.last_on is None:
        return "no end"
    day = text.format_date(standing.last_on)
    return {ContractState.ENDED: f"ended {day}", ContractState.ENDING: f"ends {day}"}.get(standing.state, f"to {day}")


def waiting(asked: argparse.Namespace) -> int:
    """`mhtracker waiting`."""
    if asked.xlsx is not None:
        return _workbook(asked, "Waiting list", ("waiting", "offers"))
    with opened(asked) as store:
        found = list_waiting(store, day_of(asked))
        labels = {item.code: item.label for item in store.codes("priority")}
    json = {
        "count": len(found.lines),
        "people": found.people,
        "need_home": found.need_home,
        "in_hospital": found.in_hospital,
        "median_days": found.median_days,
        "waiting": [answers_places.waiting_line(line) for line in found.lines],
    }
    return answer(asked, json, lambda: _waiting(found, labels, known_words(asked.as_known)))


def _waiting(found: WaitingList, labels: dict[str, str], known: str) -> str:
    headings = ("Ref", "Name", "Now", "For", "Where", "Priority", "Since", "Days", "Held until")
    rows = (
        (
            line.line.ref,
            text.name_in_order(line.line.surname, line.line.given_names),
            line.line.stage,
            " at ".join(each for each in (line.stage.label if line.stage else "", _name(line.service)) if each),
            ", ".join(line.localities),
            labels.get(line.waiting.priority, line.waiting.priority),
            text.format_date(line.waiting.since_on),
            str(line.days),
            text.format_date(line.hold.until_on) if line.hold is not None and line.hold.until_on else "",
        )
        for line in found.lines
    )
    told = plain.table(headings, rows, right=(7,)) + "\n\n" if found.lines else ""
    people = text.count(found.people, "person", "people")
    need = f"{found.need_home} {'needs' if found.need_home == 1 else 'need'} a home, {found.in_hospital} in hospital"
    return f"{told}{people} waiting, {need}, as at {text.format_date(found.as_at)}{known}."


def _name(service: Service | None) -> str:
    return service.name if service is not None else ""


def fits(asked: argparse.Namespace) -> int:
    """`mhtracker fits`: for a person, for a place, or of all free places together."""
    as_at = day_of(asked)
    if asked.person is not None and asked.service is not None:
        raise Refused("Give a person or --service, not both.")
    if asked.unit is not None and asked.service is None:
        raise Refused("Say with --service where the place is.")
    with opened(asked) as store:
        if asked.service is not None:
            service = find_service(store, asked.service)
            unit_id = find_unit(store, service, asked.unit).id if asked.unit is not None else None
            for_place = fits_for_vacancy(store, as_at, service.id, unit_id)
            json = {**answers_places.vacancy(for_place.vacancy), "fits": [*map(answers_places.fit, for_place.fits)]}
            return answer(asked, json, lambda: _people_told(for_place.fits, for_place.vacancy.name))
        if asked.person is not None:
            person = find_person(store, asked.person)
            for_person = fits_for_person(store, as_at, person.id, until=asked.until)
            json = {"ref": person.ref, "fits": [*map(answers_places.fit, for_person.fits)]}
            return answer(asked, json, lambda: _places_told(for_person.fits, person.ref))
        found = fill_vacancies(store, as_at, until=asked.until)
    table = f"{_pairs_told(found.pairs)}\n\n" if found.pairs else ""
    return answer(asked, answers_places.filling(found), lambda: f"{table}{found.in_words}")


def _people_told(found: Sequence[Fit], name: str) -> str:
    if not found:
        return f"Nobody waits who could be held against {name}."
    headings = ("", "Ref", "Name", "Fits", "Waits", "Net cost", "Yes", "No", "Not known")
    rows = (
        (str(each.rank), each.waiting.line.ref, _person(each), _score(each), f"{each.waiting.days} days",
         _saved(each), *_answers(each)) for each in found
    )  # fmt: skip
    return f"{plain.table(headings, rows, right=(0,))}\n\n{text.count(len(found), 'person', 'people')} for {name}."


def _places_told(found: Sequence[Fit], ref: str) -> str:
    if not found:
        return f"No place is free for {ref}."
    headings = ("", "Place", "Free from", "Fits", "Net cost", "Yes", "No", "Not known")
    rows = (
        (str(each.rank), each.vacancy.name, text.format_date(each.vacancy.free_from), _score(each), _saved(each),
         *_answers(each)) for each in found
    )  # fmt: skip
    return f"{plain.table(headings, rows, right=(0,))}\n\n{text.count(len(found), 'free place')} for {ref}."


def _pairs_told(found: Sequence[Fit]) -> str:
    rows = ((each.vacancy.name, each.waiting.line.ref, _person(each), _score(each), _saved(each)) for each in found)
    return plain.table(("Place", "Ref", "Name", "Fits", "Net cost"), rows)


def _person(found: Fit) -> str:
    return text.name_in_order(found.waiting.line.surname, found.waiting.line.given_names)


def _score(found: Fit) -> str:
    held = f", held at {found.waiting.held_at}" if found.waiting.held_at else ""
    return f"{found.fitted.fits} of {found.fitted.of}" + ("" if found.fitted.possible else ", cannot be") + held


def _saved(found: Fit) -> str:
    return saving_words(found.saving_pence)


def _answers(found: Fit) -> tuple[str, str, str]:
    yes, no, not_known = (
        ", ".join(each.words for each in found.fitted.criteria if each.answer == which)
        for which in (Answer.YES, Answer.NO, Answer.NOT_KNOWN)
    )
    return yes, no, not_known


def find_service(store: Store, typed: str) -> Service:
    """A service by id or name, or the only one with such words in its name. Raises NotFound."""
    return find_named(store.find(Service, order_by=("name",)), typed, "service")


def find_provider(store: Store, typed: str) -> Provider:
    """A provider by id or name, or the only one with such words in its name. Raises NotFound."""
    return find_named(store.find(Provider, order_by=("name",)), typed, "provider")


def find_unit(store: Store, service: Service, typed: str) -> Unit:
    """A place of a service by its name. Raises NotFound."""
    return find_named(store.find(Unit, service_id=service.id, order_by=("name",)), typed, "place")

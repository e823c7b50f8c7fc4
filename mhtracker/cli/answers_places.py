"""The shapes of `--json` answers about services, who waits and who fits. Keys are never renamed or dropped."""

from __future__ import annotations

from typing import Any

from mhtracker.cli.answers import name_of, pounds
from mhtracker.cli.isodates import iso
from mhtracker.domain.places.contracts import ContractStanding
from mhtracker.domain.places.units import Place, PlaceCount
from mhtracker.store.queries.contracts import ContractLine
from mhtracker.store.queries.service_detail import ServiceDetail
from mhtracker.store.queries.services import Hours, ServiceLine
from mhtracker.store.queries.vacancies import Filling, Fit, Vacancy
from mhtracker.store.queries.waiting import WaitingLine


def place_count(count: PlaceCount) -> dict[str, Any]:
    """How many places are what."""
    return {
        "places": count.total,
        "taken": count.taken,
        "leaving": count.leaving,
        "out_of_use": count.out,
        "held": count.held,
        "free": count.free,
        "over": count.over,
        "in_use_percent": count.in_use_percent,
        "occupancy_percent": count.occupancy_percent,
    }


def service(detail: ServiceDetail) -> dict[str, Any]:
    """One service of `services`."""
    line = detail.line
    soon = line.next_free
    refs = {person.person_id: person.ref for person in detail.people}
    refs |= {row.person.person_id: row.person.ref for row in detail.places if row.person is not None}
    return {
        "service": line.service.name,
        "provider": line.provider.name if line.provider is not None else None,
        "stage": line.service.stage_id,
        "locality": line.service.locality or None,
        "in_area": line.service.in_area,
        "specialised": line.service.specialised,
        "cqc_id": line.service.cqc_id or None,
        "lot": line.service.lot or None,
        "features": line.service.features.split(),
        "people": line.people,
        **place_count(line.count),
        "in_use_percent": line.in_use_percent,
        "hours": _hours(line.hours),
        "free_from": iso(soon.free_from) if soon is not None else None,
        "free_since": iso(soon.free_since) if soon is not None else None,
        "weekly_median": pounds(line.median_cost_pence),
        "weekly_rate": pounds(line.rate_pence),
        "hourly_rate": pounds(line.hour_rate_pence),
        "like_rates": _like(line),
        "contract": _standing(line.contract),
        "units": [_place(place, refs) for place in (*line.places, *line.coming)],
    }


def _hours(hours: Hours | None) -> dict[str, Any] | None:
    if hours is None:
        return None
    return {"capacity": hours.capacity, "planned": hours.planned, "free": hours.free, "not_known": hours.not_known}


def _like(line: ServiceLine) -> dict[str, Any] | None:
    like = line.like
    if like is None:
        return None
    return {
        "lowest": pounds(like.lowest),
        "middle": pounds(like.middle),
        "highest": pounds(like.highest),
        "services": like.services,
    }


def _standing(standing: ContractStanding) -> dict[str, Any]:
    return {
        "state": standing.state,
        "name": standing.contract.name if standing.contract is not None else None,
        "to": iso(standing.last_on),
        "days": standing.days,
        "due": standing.due,
        "followed_by": standing.followed_by.name if standing.followed_by is not None else None,
    }


def _place(place: Place, refs: dict[str, str]) -> dict[str, Any]:
    hold = place.hold
    return {
        "unit": place.name or None,
        "state": place.state,
        "ref": refs.get(place.stay.person_id) if place.stay is not None else None,
        "away": place.away,
        "held_for": refs.get(hold.person_id or "") if hold is not None else None,
        "held_until": iso(hold.until_on) if hold is not None else None,
        "hold_reason": hold.reason_code if hold is not None else None,
        "leaving_on": iso(place.leaving_on),
        "free_from": iso(place.free_from),
        "free_since": iso(place.free_since),
    }


def contract(line: ContractLine) -> dict[str, Any]:
    """One contract of `services`."""
    found = line.contract
    return {
        "provider": line.provider.name if line.provider is not None else None,
        "contract": found.name,
        "reference": found.reference or None,
        "from": iso(found.started_on),
        "to": iso(line.standing.last_on),
        "extendable_to": iso(found.extendable_to),
        "value": pounds(found.value_pence),
        "value_frequency": found.value_frequency,
        "state": line.standing.state,
        "due": line.due,
        "days": line.standing.days,
        "services": [each.name for each in line.services],
        "people": line.people,
        "followed_by": line.followed_by.name if line.followed_by is not None else None,
    }


def contract_due(line: ContractLine) -> dict[str, Any]:
    """A contract as one thing of `due`: it concerns a provider and nobody in person."""
    return {
        "ref": None,
        "name": line.provider.name if line.provider is not None else "",
        "kind": "contract",
        "what": f"Contract ends: {line.contract.name}",
        "due_on": iso(line.standing.last_on),
        "state": line.standing.due,
        "days": line.standing.days,
        "booked_on": None,
        "owner": None,
        "worker": None,
        "stage": None,
    }


def waiting_line(line: WaitingLine) -> dict[str, Any]:
    """One entry of `waiting`."""
    entry, person = line.waiting, line.line
    return {
        "ref": person.ref,
        "name": name_of(person.surname, person.given_names),
        "age": line.age,
        "stage": person.stage_id,
        "service": person.service or None,
        "in_hospital": line.in_hospital,
        "since_on": iso(entry.since_on),
        "days": line.days,
        "for_stage": entry.stage_id,
        "for_service": line.service.name if line.service is not None else None,
        "localities": list(line.localities),
        "features": list(line.features),
        "priority": entry.priority,
        "priority_reason": entry.priority_reason or None,
        "needs_home": entry.needs_home,
        "own_wish": entry.own_wish,
        "funding_agreed": entry.funding_agreed,
        "held_until": iso(line.hold.until_on) if line.hold is not None else None,
        "held": line.hold is not None,
        "offered_on": iso(line.open_offer.offered_on) if line.open_offer is not None else None,
        "accepted_on": iso(line.accepted.answered_on) if line.accepted is not None else None,
        "refused": line.refused,
        "worker": person.worker or None,
    }


def vacancy(found: Vacancy) -> dict[str, Any]:
    """A place that is free or will be."""
    return {
        "service": found.service.name,
        "unit": found.place.name or None,
        "stage": found.service.stage_id,
        "locality": found.service.locality or None,
        "free_from": iso(found.free_from),
        "free_since": iso(found.place.free_since),
        "expected": found.expected,
        "features": sorted(found.features),
        "weekly": pounds(found.week_pence),
        "contract": found.line.contract.state,
    }


def fit(found: Fit) -> dict[str, Any]:
    """How one place fits one person."""
    person = found.waiting
    return {
        "rank": found.rank,
        "ref": person.line.ref,
        "name": name_of(person.line.surname, person.line.given_names),
        **vacancy(found.vacancy),
        "days": person.days,
        "priority": person.waiting.priority,
        "in_hospital": person.in_hospital,
        "fits": found.fitted.fits,
        "of": found.fitted.of,
        "possible": found.fitted.possible,
        "criteria": [
            {"kind": each.kind, "code": each.code or None, "answer": each.answer, "words": each.words}
            for each in found.fitted.criteria
        ],
        "weekly_saving": pounds(found.saving_pence),
    }


def filling(found: Filling) -> dict[str, Any]:
    """What filling the free places would do."""
    return {
        "places": found.places,
        "people": len(found.pairs),
        "weekly_saving": pounds(found.saving_pence) if not found.pairs or found.not_known < len(found.pairs) else None,
        "saving_not_known": found.not_known,
        "pairs": [fit(each) for each in found.pairs],
    }

"""Services and their providers, workers and teams: each name once.

`service_called` and its like work inside an operation, where a form or an import names what the register may not have
met; the others are operations of their own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from mhtracker.domain import office_rules
from mhtracker.domain.clean_text import clean_line
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.names import fold
from mhtracker.domain.places.place_rules import check_service
from mhtracker.domain.records import Placement, Provider, Service, Team, Unit, Worker, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, none_if_empty, previewed
from mhtracker.store import Store, Work

Named = TypeVar("Named", Team, Worker, Provider, Service)

_WORDS: dict[type[Team | Worker | Provider | Service], str] = {
    Team: "team",
    Worker: "worker",
    Provider: "provider",
    Service: "service",
}


def find_or_add_service(
    work: Work, name: str, *, provider: str = "", stage_id: str | None = None, locality: str = ""
) -> Service:
    """Within an operation: the service of that name, made if the register has not met it."""
    known = _called(work, Service, name)
    if known is not None:
        return known
    provider_id = find_or_add_provider(work, provider).id if provider.strip() else None
    return _added(work, Service(new_id(), clean_line(name), provider_id, stage_id, locality))


def find_or_add_provider(work: Work, name: str) -> Provider:
    """Within an operation: the provider of that name, made if the register has not met it."""
    return _called(work, Provider, name) or _added(work, Provider(new_id(), clean_line(name)))


def find_or_add_team(work: Work, name: str) -> Team:
    """Within an operation: the team of that name, made if the register has not met it."""
    return _called(work, Team, name) or _added(work, Team(new_id(), clean_line(name)))


def find_or_add_worker(work: Work, name: str, *, team: str = "") -> Worker:
    """Within an operation: the worker of that name, made if the register has not met them."""
    known = _called(work, Worker, name)
    if known is not None:
        return known
    team_id = find_or_add_team(work, team).id if team.strip() else None
    return _added(work, Worker(new_id(), clean_line(name), team_id))


def add_service(
    store: Store,
    *,
    name: str,
    provider: str = "",
    stage_id: str | None = None,
    locality: str = "",
    provider_id: str | None = None,
    **facts: Any,
) -> Service:
    """Add a service, and its provider if that is new. `facts` are its other fields. Raises Invalid."""
    with store.operation("Add service") as work:
        chosen = find_or_add_provider(work, provider).id if provider.strip() else provider_id or None
        made = Service(new_id(), name, chosen, stage_id or None, locality, **_facts(facts))
        return _checked_and_saved(store, work, made)


def add_provider(store: Store, *, name: str, **facts: Any) -> Provider:
    """Add somebody who runs services. Raises Invalid when there is one of that name."""
    with store.operation("Add provider") as work:
        return _checked_and_saved(store, work, Provider(new_id(), name, **facts))


def add_worker(store: Store, *, name: str, team_id: str | None = None, role: str = "Social worker") -> Worker:
    """Add somebody who holds cases. Raises Invalid when there is one of that name."""
    with store.operation("Add worker") as work:
        return _checked_and_saved(store, work, Worker(new_id(), name, team_id or None, role))


def add_team(store: Store, *, name: str) -> Team:
    """Add a team. Raises Invalid when there is one of that name."""
    with store.operation("Add team") as work:
        return _checked_and_saved(store, work, Team(new_id(), name))


def edit_service(store: Store, service_id: str, *, base: Service | None = None, **changes: Any) -> Service:
    """Change a service's facts, its capacity among them. Raises Invalid, Conflict."""
    with store.operation("Change service") as work:
        edited = changed(store, work.get(Service, service_id), _facts(changes), base)
        work.label = f"Change {edited.name.strip() or 'service'}"
        return _checked_and_saved(store, work, edited)


def preview_service(store: Store, service_id: str | None = None, **fields: Any) -> Preview:
    """What adding a service (no id) or changing one would say."""

    def draft() -> tuple[Caution, ...]:
        given = _facts(fields)
        named = given.pop("provider", "")
        made = Service(new_id(), **{"name": "", **given}) if service_id is None else store.get(Service, service_id)
        edited = drafted(store, made if service_id is None else changed(store, made, given, None))
        own = [] if service_id is not None or named else _without_provider(edited)
        return office_rules.check_named(edited, store.find(Service), "service") + _cautions(store, edited) + tuple(own)

    return previewed(draft)


def edit_provider(store: Store, provider_id: str, *, base: Provider | None = None, **changes: Any) -> Provider:
    """Change a provider's facts. Raises Invalid, Conflict."""
    with store.operation("Change provider") as work:
        edited = changed(store, work.get(Provider, provider_id), changes, base)
        work.label = f"Change {edited.name.strip() or 'provider'}"
        return _checked_and_saved(store, work, edited)


def preview_provider(store: Store, provider_id: str | None = None, **fields: Any) -> Preview:
    """What adding a provider (no id) or changing one would say."""

    def draft() -> tuple[Caution, ...]:
        made = Provider(new_id(), **{"name": "", **fields})
        if provider_id is not None:
            made = changed(store, store.get(Provider, provider_id), fields, None)
        return office_rules.check_named(drafted(store, made), store.find(Provider), "provider")

    return previewed(draft)


def edit_worker(store: Store, worker_id: str, *, base: Worker | None = None, **changes: Any) -> Worker:
    """Change a worker's facts. Their cases stay with them until reassigned. Raises Invalid, Conflict."""
    with store.operation("Change worker") as work:
        return _checked_and_saved(store, work, changed(store, work.get(Worker, worker_id), changes, base))


def worker_left(store: Store, worker_id: str, *, left_on: date) -> Worker:
    """A worker holds cases no longer. Their cases keep their name until reassigned."""
    with store.operation("Worker left") as work:
        if left_on > work.today:
            words = "Left the team on lies ahead. It is recorded once it has happened."
            raise Invalid({"left_on": words}, {"left_on": (work.today,)})
        return work.save(replace(work.get(Worker, worker_id), left_on=left_on))


def rename_team(store: Store, team_id: str, *, name: str) -> Team:
    """Give a team another name. Raises Invalid when there is one of that name."""
    with store.operation("Rename team") as work:
        return _checked_and_saved(store, work, replace(work.get(Team, team_id), name=name))


def rename_provider(store: Store, provider_id: str, *, name: str) -> Provider:
    """Give a provider another name. Raises Invalid when there is one of that name."""
    with store.operation("Rename provider") as work:
        return _checked_and_saved(store, work, replace(work.get(Provider, provider_id), name=name))


def _called(work: Work, kind: type[Named], name: str) -> Named | None:
    wanted = fold(name)
    return next((record for record in work.find(kind) if fold(record.name) == wanted), None)


def _added(work: Work, record: Named) -> Named:
    office_rules.check_named(record, [], _WORDS[type(record)])
    return work.save(record)


def _checked_and_saved(store: Store, work: Work, record: Named) -> Named:
    record = drafted(store, record)
    office_rules.check_named(record, work.find(type(record)), _WORDS[type(record)])
    if isinstance(record, Service):
        _cautions(store, record)
    return work.save(record)


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    """A service's facts in the form they are kept in: forms cannot tell "" from None."""
    facts = none_if_empty(given, ("provider_id", "stage_id", "service_type"))
    if "features" in facts:
        facts["features"] = " ".join(dict.fromkeys(facts["features"].split()))
    return facts


def _cautions(store: Store, service: Service) -> tuple[Caution, ...]:
    stays = store.find(Placement, service_id=service.id)
    return check_service(service, stays, store.find(Unit, service_id=service.id), today=store.today)


def _without_provider(service: Service) -> list[Caution]:
    if service.provider_id is not None:
        return []
    return [Caution("provider_id", "Nobody is named who runs it, so it has no contract and no meeting.")]

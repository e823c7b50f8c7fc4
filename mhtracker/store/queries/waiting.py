"""Who waits: since when, for what, how urgently, and where they are meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.dates import age_on
from mhtracker.domain.places.fitting import Asking, localities, need_order
from mhtracker.domain.records import Hold, Offer, Service, Stage, Waiting
from mhtracker.store.queries.place_facts import PlaceFacts, read_place_facts
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One person on the waiting list on a day. `line` is their caseload line: name, where they are now, worker.

    `stage` and `service` are what they wait for, `features` the codes of what they need. `hold` is a place held for
    them; `open_offer` one they were offered and have not answered, `accepted` the latest answered with yes;
    `accepted_at` names its place. `came_to_nothing` are those turned down,
    by them or by a service. `held_at` names the place of the hold: "Canal View, Flat 6", or its service alone.
    """

    waiting: Waiting
    line: CaseloadLine
    age: int | None
    days: int
    stage: Stage | None
    service: Service | None
    localities: tuple[str, ...]
    features: tuple[str, ...]
    in_hospital: bool
    hold: Hold | None
    open_offer: Offer | None
    held_at: str = ""
    came_to_nothing: tuple[Offer, ...] = ()
    accepted: Offer | None = None
    accepted_at: str = ""

    @property
    def refused(self) -> int:
        """How many offers came to nothing."""
        return len(self.came_to_nothing)

    @property
    def person_id(self) -> str:
        return self.line.person_id

    @property
    def asking(self) -> Asking:
        """The same as fitting asks for it."""
        return Asking(
            self.waiting,
            self.line.gender,
            text.first_lower(self.stage.label) if self.stage is not None else "",
            self.service.name if self.service is not None else "",
            self.in_hospital,
            self.came_to_nothing,
        )


@dataclass(frozen=True, slots=True)
class WaitingList:
    """Everybody who waits on a day: highest priority first, then from hospital, then longest."""

    as_at: date
    lines: tuple[WaitingLine, ...]

    @property
    def people(self) -> int:
        return len({line.person_id for line in self.lines})

    @property
    def need_home(self) -> int:
        return len({line.person_id for line in self.lines if line.waiting.needs_home})

    @property
    def in_hospital(self) -> int:
        return len({line.person_id for line in self.lines if line.in_hospital})

    @property
    def median_days(self) -> int | None:
        days = sorted(line.days for line in self.lines)
        return (days[(len(days) - 1) // 2] + days[len(days) // 2]) // 2 if days else None


def list_waiting(store: Store, as_at: date) -> WaitingList:
    """The waiting list as at a day; people who have left the pathway or died are not on it."""
    return waiting_list(store, read_place_facts(store, as_at))


def waiting_list(store: Store, facts: PlaceFacts) -> WaitingList:
    """The same from facts already read."""
    offers: dict[str, list[Offer]] = {}
    for offer in store.find(Offer, order_by=("offered_on", "id")):
        if offer.offered_on <= facts.as_at:
            offers.setdefault(offer.waiting_id, []).append(offer)
    held = {hold.person_id: hold for holds in facts.holds.values() for hold in holds if hold.person_id is not None}
    found = [_line(facts, each, offers.get(each.id, []), held.get(each.person_id)) for each in facts.waiting]
    return WaitingList(facts.as_at, tuple(sorted(found, key=lambda line: need_order(line.asking))))


def held_name(facts: PlaceFacts, hold: Hold | Offer) -> str:
    """Which place is held or offered: "Canal View, Flat 6"; its service alone where it is any place there."""
    service = facts.names.services[hold.service_id].name
    unit = next((each for each in facts.units.get(hold.service_id, ()) if each.id == hold.unit_id), None)
    return f"{service}, {unit.name}" if unit is not None else service


def _line(facts: PlaceFacts, waiting: Waiting, offers: list[Offer], hold: Hold | None) -> WaitingLine:
    line, as_at = facts.lines[waiting.person_id], facts.as_at
    now = facts.names.stages.get(line.stage_id or "")
    answered = [offer for offer in offers if offer.answered_on is not None and offer.answered_on <= as_at]
    pending = [offer for offer in offers if offer not in answered]
    accepted = max((o for o in answered if o.answer == "accepted"), key=lambda o: o.answered_on or as_at, default=None)
    return WaitingLine(
        waiting=waiting,
        line=line,
        age=age_on(line.born_on, as_at) if line.born_on is not None and line.born_on <= as_at else None,
        days=(as_at - waiting.since_on).days,
        stage=facts.names.stages.get(waiting.stage_id or ""),
        service=facts.names.services.get(waiting.service_id or ""),
        localities=localities(waiting),
        features=tuple(waiting.features.split()),
        in_hospital=now is not None and now.keeps_place,
        hold=hold,
        open_offer=pending[-1] if pending else None,
        held_at=held_name(facts, hold) if hold is not None else "",
        came_to_nothing=tuple(offer for offer in answered if offer.answer in ("refused", "declined")),
        accepted=accepted,
        accepted_at=held_name(facts, accepted) if accepted is not None else "",
    )

"""The lists of services, places, those who wait, what is paid, and contracts, with true values: what a workbook takes.

The same facts as the Services page shows; each list can be made of fewer lines, in the order they are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.analysis.tables import FigureTable, Kind, make_table
from mhtracker.domain.places.contracts import ContractState, value_per
from mhtracker.domain.records import Offer, Service, Unit
from mhtracker.store import Store
from mhtracker.store.queries.contracts import ContractLine, contract_lines
from mhtracker.store.queries.place_facts import read_place_facts
from mhtracker.store.queries.rates import HIGH, RateLine, rate_lines
from mhtracker.store.queries.services import ServiceLine, list_services, within_a_month
from mhtracker.store.queries.vacancies import Vacancy, vacancies
from mhtracker.store.queries.waiting import WaitingLine, waiting_list

SERVICES, VACANCIES, WAITING, OFFERS, RATES, CONTRACTS = (
    "services", "vacancies", "waiting", "offers", "rates", "contracts",
)  # fmt: skip
_W, _NOTE, _DAY, _DAYS, _NUMBER, _PENCE = Kind.WORDS, Kind.NOTE, Kind.DATE, Kind.DAYS, Kind.NUMBER, Kind.PENCE
_STATES = {
    ContractState.OWN: "own staff",
    ContractState.BY_PERSON: "by person",
    ContractState.NONE: "none",
    ContractState.NOT_BEGUN: "not begun",
    ContractState.RUNNING: "runs",
    ContractState.ENDING: "ending soon",
    ContractState.ENDED: "ended",
}
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A place that was offered to somebody, and the answer in the office's words: as at the day, "" for none yet."""

    offer: Offer
    person: str
    ref: str
    place: str
    answer: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlaceLists:
    """Everything as at a day. `vacancies` are free by a month later; `labels` are the office's words by "list/code"."""

    as_at: date
    services: tuple[ServiceLine, ...]
    vacancies: tuple[Vacancy, ...]
    waiting: tuple[WaitingLine, ...]
    offers: tuple[OfferLine, ...]
    rates: tuple[RateLine, ...]
    contracts: tuple[ContractLine, ...]
    labels: dict[str, str]
    council: str = ""
    demo: bool = False

    def words(self, name: str, code: str | None) -> str:
        """A code of a list as the office has it."""
        return self.labels.get(f"{name}/{code}", code or "")

    def features(self, codes: Iterable[str]) -> str:
        """What a place has or somebody needs, in the order of the office's list."""
        wanted = set(codes)
        known = [key for key in self.labels if key.startswith("feature/") and key.removeprefix("feature/") in wanted]
        return ", ".join(self.labels[key] for key in known)


def read_place_lists(store: Store, as_at: date) -> PlaceLists:
    """Read all of it."""
    facts = read_place_facts(store, as_at)
    names = ("feature", "priority", "offer_answer", "refusal")
    labels = {f"{name}/{item.code}": item.label for name in names for item in store.codes(name)}
    waiting = waiting_list(store, facts).lines
    return PlaceLists(
        as_at,
        list_services(store, as_at).lines,
        vacancies(facts, within_a_month(as_at)),
        waiting,
        tuple(_offers(store, waiting, as_at, labels)),
        rate_lines(facts),
        contract_lines(facts),
        labels,
        store.council,
        store.is_demo,
    )


def _offers(store: Store, waiting: Sequence[WaitingLine], as_at: date, labels: dict[str, str]) -> Iterable[OfferLine]:
    """The offers made to those who wait, newest first; an answer given later is not known yet."""
    by_wait = {line.waiting.id: line for line in waiting}
    for offer in reversed(store.find(Offer, order_by=("offered_on", "id"))):
        line = by_wait.get(offer.waiting_id)
        if line is None or offer.offered_on > as_at:
            continue
        service, unit = (
            store.peek(Service, offer.service_id),
            store.peek(Unit, offer.unit_id) if offer.unit_id else None,
        )
        place = ", ".join(each.name for each in (service, unit) if each is not None)
        answered = offer.answered_on is not None and offer.answered_on <= as_at
        code = offer.reason_code if answered else None
        yield OfferLine(
            offer,
            text.name_in_order(line.line.surname, line.line.given_names),
            line.line.ref,
            place,
            labels.get(f"offer_answer/{offer.answer}", offer.answer or "") if answered else "",
            labels.get(f"refusal/{code}", code or ""),
        )


def list_table(lists: PlaceLists, key: str, lines: Sequence[object] | None = None) -> FigureTable:
    """One list by its key; of `lines` alone, where some were left out or stand in another order."""
    return _TABLES[key](lists, getattr(lists, key) if lines is None else lines)


def list_tables(lists: PlaceLists, keys: Sequence[str] = ()) -> list[FigureTable]:
    """The lists, all of them unless `keys` says which."""
    return [list_table(lists, key) for key in keys or _TABLES]


def _services(lists: PlaceLists, lines: Sequence[ServiceLine]) -> FigureTable:
    rows: list[Row] = []
    for line in lines:
        service, count, free = line.service, line.count, line.next_free
        known = bool(line.places)
        rows.append((
            line.provider.name if line.provider is not None else "", service.name, _stage(line), service.locality,
            "yes" if service.in_area else "no", _yes_no(service.specialised), service.cqc_id, service.lot, line.people,
            *((count.total, count.lived_in, count.leaving, count.held, count.free, count.out) if known else [None] * 6),
            free.free_from if free is not None else None,
            free.empty_days(lists.as_at) if free is not None else None,
            line.hours.capacity if line.hours is not None else None,
            line.hours.planned if line.hours is not None else None,
            line.in_use_percent, line.rate_pence, line.hour_rate_pence, line.median_cost_pence,
            _STATES[line.contract.state], line.contract.last_on, lists.features(service.features.split()),
            service.opened_on, service.closed_on, service.note,
        ))  # fmt: skip
    return make_table(
        SERVICES,
        "Services",
        "Every service that is open or lived in. Lived in: places that are somebody’s, those leaving among them. In "
        "use: lived in or held, of all places not out of use; planned hours of all hours for support by the hour. "
        "Empty: days since the place that is free first was left.",
        "Services, units, holds, placements, costs and contracts",
        [
            ("Provider", _W), ("Service", _W), ("Stage", _W), ("Locality", _W), ("In our area", _W),
            ("Specialised", _W), ("CQC location", _W), ("Lot", _W), ("People", Kind.PEOPLE), ("Places", _NUMBER),
            ("Lived in", _NUMBER), ("Leaving", _NUMBER), ("Held", _NUMBER), ("Free", _NUMBER),
            ("Out of use", _NUMBER), ("Free from", _DAY), ("Empty, days", _DAYS), ("Hours a week", _NUMBER),
            ("Hours planned", _NUMBER), ("In use %", _NUMBER), ("Agreed a week", _PENCE),
            ("Agreed an hour", _PENCE), ("Paid a week, middle", _PENCE), ("Contract", _W), ("Contract to", _DAY),
            ("All places have", _W), ("Opened", _DAY), ("Closed", _DAY), ("Note", _NOTE),
        ],
        rows,
        named=True,
    )  # fmt: skip


def _vacancies(lists: PlaceLists, lines: Sequence[Vacancy]) -> FigureTable:
    rows: list[Row] = [
        (
            each.service.name, each.place.name or f"Place {each.place.number}", _stage(each.line),
            each.service.locality, each.line.provider.name if each.line.provider is not None else "", each.free_from,
            "lived in" if each.expected else "free" if each.free_from <= lists.as_at else "not open yet",
            each.place.empty_days(lists.as_at) if each.free_from <= lists.as_at else None,
            lists.features(each.features), each.week_pence, _STATES[each.line.contract.state],
            each.line.contract.last_on,
        )
        for each in lines
    ]  # fmt: skip
    return make_table(
        VACANCIES,
        "Vacancies",
        "Places in our area that are free, or will be within a month: nobody lives there and none is held. Empty: days "
        "since the last person left; blank where that is not known.",
        "Units, holds and placements",
        [
            ("Service", _W), ("Place", _W), ("Stage", _W), ("Locality", _W), ("Provider", _W), ("Free from", _DAY),
            ("Now", _W), ("Empty, days", _DAYS), ("It has", _W), ("A week", _PENCE), ("Contract", _W),
            ("Contract to", _DAY),
        ],
        rows,
        named=True,
    )  # fmt: skip


def _waiting(lists: PlaceLists, lines: Sequence[WaitingLine]) -> FigureTable:
    rows: list[Row] = []
    for each in lines:
        wait, person, hold, offer = each.waiting, each.line, each.hold, each.open_offer
        rows.append((
            text.name_in_order(person.surname, person.given_names), person.ref, wait.since_on, each.days,
            each.stage.label if each.stage is not None else "any stage",
            each.service.name if each.service is not None else "", ", ".join(each.localities) or "anywhere",
            lists.features(each.features), lists.words("priority", wait.priority), wait.priority_reason,
            _yes_no(wait.needs_home), _yes_no(wait.own_wish), _yes_no(wait.funding_agreed), person.stage,
            person.service, _yes_no(each.in_hospital), person.worker, person.team,
            each.held_at, hold.until_on if hold is not None else None,
            offer.offered_on if offer is not None else None, each.refused or None, wait.note,
        ))  # fmt: skip
    return make_table(
        WAITING,
        "Waiting list",
        "Everybody on the pathway who waits for a place or for support, in the order of the list. Days are counted "
        "from the day they were put on it. In hospital is read from where they are now. Turned down counts offers "
        "that they or a service turned down.",
        "Waiting list, holds, offers and placements",
        [
            ("Person", _W), ("Reference", _W), ("Since", _DAY), ("Days", _DAYS), ("For", _W), ("Service wanted", _W),
            ("Where", _W), ("Needs", _W), ("Priority", _W), ("Why this priority", _NOTE), ("Needs a home", _W),
            ("Wants to move", _W), ("Funding agreed", _W), ("Now in", _W), ("Lives now", _W), ("In hospital", _W),
            ("Worker", _W), ("Team", _W), ("Place held", _W), ("Held until", _DAY), ("Open offer of", _DAY),
            ("Turned down", _NUMBER), ("Note", _NOTE),
        ],
        rows,
        named=True,
    )  # fmt: skip


def _offered(lists: PlaceLists, lines: Sequence[OfferLine]) -> FigureTable:
    rows: list[Row] = [
        (each.person, each.ref, each.place, each.offer.offered_on, each.answer or "not answered yet",
         each.offer.answered_on if each.answer else None, each.reason, each.offer.reason if each.answer else "")
        for each in lines
    ]  # fmt: skip
    return make_table(
        OFFERS,
        "Offers",
        "Places offered to those who wait now, newest first, with the answer and, where one was turned down, why.",
        "Offers",
        [("Person", _W), ("Reference", _W), ("Place", _W), ("Offered", _DAY), ("Answer", _W), ("Answered", _DAY),
         ("Reason", _W), ("In their words", _NOTE)],
        rows,
        named=True,
    )  # fmt: skip


def _rates(lists: PlaceLists, lines: Sequence[RateLine]) -> FigureTable:
    rows: list[Row] = [
        (
            each.service.name,
            each.service_line.provider.name if each.service_line.provider is not None else "",
            _stage(each.service_line), each.service.locality, "hour" if each.by_hour else "week", each.agreed_pence,
            each.middle_pence, each.lowest_pence, each.highest_pence, each.over_percent, len(each.paid),
            each.not_known, sum(paid.beyond == HIGH for paid in each.beyond),
            sum(paid.beyond != HIGH for paid in each.beyond), each.agreed_beyond,
        )
        for each in lines
    ]  # fmt: skip
    return make_table(
        RATES,
        "Rates",
        "What was agreed and what is paid, before contributions, for those who live there and whose cost is known. A "
        "rate stands out where it lies more than one and a half times the width of the middle half above or below that "
        "half, among like rates; nothing is marked among too few.",
        "Services and costs",
        [
            ("Service", _W), ("Provider", _W), ("Stage", _W), ("Locality", _W), ("Paid by the", _W),
            ("Agreed", _PENCE), ("Paid, middle", _PENCE), ("Lowest", _PENCE), ("Highest", _PENCE),
            ("Above agreed %", _NUMBER), ("People", Kind.PEOPLE), ("Cost not known", Kind.PEOPLE),
            ("Stand out high", Kind.PEOPLE), ("Stand out low", Kind.PEOPLE), ("Agreed stands out", _W),
        ],
        rows,
        named=True,
    )  # fmt: skip


def _contracts(lists: PlaceLists, lines: Sequence[ContractLine]) -> FigureTable:
    rows: list[Row] = []
    for each in lines:
        found = each.contract
        rows.append((
            each.provider.name if each.provider is not None else "", found.name, found.reference, found.lot,
            ", ".join(service.name for service in each.services), found.started_on, found.ends_on, found.ended_on,
            found.extendable_to, found.warn_months, found.value_pence, value_per(found),
            _STATES[each.standing.state], "yes" if each.wants_looking_at else "",
            each.followed_by.name if each.followed_by is not None else "", each.people, found.note,
        ))  # fmt: skip
    return make_table(
        CONTRACTS,
        "Contracts",
        "Every contract, those to be looked at first: past their end where people live, or so near to it that their "
        "warning has begun, with nothing that carries them on. Services are those it covers that are open or lived in.",
        "Contracts, services and placements",
        [
            ("Provider", _W), ("Contract", _W), ("Reference", _W), ("Lot", _W), ("Services", _W), ("From", _DAY),
            ("To", _DAY), ("Ended early", _DAY), ("Can be extended to", _DAY), ("Warns ahead, months", _NUMBER),
            ("Value", _PENCE), ("Value is", _W), ("State", _W), ("To be looked at", _W), ("Carried on by", _W),
            ("People there", Kind.PEOPLE), ("Note", _NOTE),
        ],
        rows,
        named=True,
    )  # fmt: skip


def _stage(line: ServiceLine) -> str:
    return line.stage.label if line.stage is not None else ""


def _yes_no(value: bool | None) -> str:
    """Blank where it was not asked."""
    return "" if value is None else "yes" if value else "no"


_TABLES: dict[str, Callable[..., FigureTable]] = {
    SERVICES: _services,
    VACANCIES: _vacancies,
    WAITING: _waiting,
    OFFERS: _offered,
    RATES: _rates,
    CONTRACTS: _contracts,
}

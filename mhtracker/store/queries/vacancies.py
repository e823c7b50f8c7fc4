"""Places that are free or soon will be, who fits them, and what filling them would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.domain.errors import NotFound
from mhtracker.domain.places.fitting import Fitted, Offered, best_filling, fit, may_be_planned, rank_key
from mhtracker.domain.places.units import Place, PlaceState
from mhtracker.domain.records import Service
from mhtracker.store.queries.move_savings import MoveSavings, read_move_savings
from mhtracker.store.queries.person import kept_id
from mhtracker.store.queries.place_facts import PlaceFacts, read_place_facts
from mhtracker.store.queries.services import ServiceLine, is_vacant, service_lines
from mhtracker.store.queries.waiting import WaitingLine, WaitingList, waiting_list
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A place somebody could move into from `free_from`. `line` is its service's: contract, rate, stage.

    `expected`: somebody still lives there and is expected to leave. `features` are the codes of what it has.
    """

    line: ServiceLine
    place: Place
    free_from: date
    features: frozenset[str]

    @property
    def service(self) -> Service:
        return self.line.service

    @property
    def name(self) -> str:
        """What it is called: "Canal View, flat 5", or the service alone."""
        return f"{self.service.name}, {self.place.name}" if self.place.name else self.service.name

    @property
    def expected(self) -> bool:
        return self.place.state == PlaceState.LEAVING

    @property
    def week_pence(self) -> int | None:
        """What a week there would cost; None where that is not known."""
        return self.line.week_pence


@dataclass(frozen=True, slots=True)
class Fit:
    """How one free place fits one person who waits, and what the move would do to the council's weekly net cost.

    `saving_pence` is less than nothing where the move costs more, None where one of the two costs is not known.
    """

    rank: int
    vacancy: Vacancy
    waiting: WaitingLine
    fitted: Fitted
    saving_pence: int | None


@dataclass(frozen=True, slots=True)
class VacancyFits:
    """Everybody who waits, held against one free place, in the order to ask (`fitting.rank_key`)."""

    vacancy: Vacancy
    fits: tuple[Fit, ...]
    waiting: WaitingList


@dataclass(frozen=True, slots=True)
class PersonFits:
    """Every free place, held against one person who waits, best first."""

    waiting: WaitingLine
    fits: tuple[Fit, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """What filling free places with the best fits would do, nobody counted twice. `pairs` are in the order of places.

    `fitting` counts the places that may be planned for somebody. `saving_pence` sums what is known; `not_known` counts
    moves whose cost or saving is not.
    """

    places: int
    fitting: int
    pairs: tuple[Fit, ...]
    saving_pence: int
    not_known: int

    @property
    def in_places(self) -> str:
        """How many of the places fit somebody, "" where each finds one.

        "2 of the 7 free places fit somebody who waits; nobody fits the other 5".
        """
        if len(self.pairs) == self.places:
            return ""
        if self.fitting == self.places:
            who = text.count(len(self.pairs), "person", "people")
            return f"The {text.count(self.places, 'free place')} would do for {who} of those who wait"
        fit, rest = f"{'fits' if self.fitting == 1 else 'fit'}", self.places - self.fitting
        other = "the other one" if rest == 1 else f"the other {rest}"
        return f"{self.fitting} of the {self.places} free places {fit} somebody who waits; nobody fits {other}"

    @property
    def in_words(self) -> str:
        """What filling them would do, in sentences."""
        if not self.places:
            return "No place is free."
        moved = len(self.pairs)
        if not moved:
            return f"None of the {text.count(self.places, 'free place')} fits anybody who waits."
        places = "the free place" if self.places == 1 else f"all {self.places} free places"
        if self.in_places:
            places = "it" if moved == 1 else "them"
        first = f"{self.in_places}. " if self.in_places else ""
        people = text.count(moved, "person", "people")
        would = f"{first}Filling {places} with the best fits would move {people}"
        if self.not_known == moved:
            return f"{would}; what that would cost is not known. No one is counted twice."
        more = f" {text.count(self.not_known, 'move')} of which the cost is not known." if self.not_known else ""
        return f"{would} and {self._saved}. No one is counted twice.{more}"

    @property
    def _saved(self) -> str:
        if self.saving_pence == 0:
            return "cost the same"
        amount = text.format_pence(abs(self.saving_pence), whole=True)
        return (
            f"save the council {amount} a week" if self.saving_pence > 0 else f"cost the council {amount} a week more"
        )


def list_vacancies(store: Store, as_at: date, *, until: date | None = None) -> tuple[Vacancy, ...]:
    """The free places as at a day, longest empty first; with `until` also those that will be free by then."""
    return vacancies(read_place_facts(store, as_at), until)


def vacancies(facts: PlaceFacts, until: date | None = None) -> tuple[Vacancy, ...]:
    """The same from facts already read. Held places are none, nor those kept for somebody when they are left."""
    found = []
    for line in service_lines(facts):
        if not line.service.in_area:
            continue
        for place in line.all_places:
            if is_vacant(place, until or facts.as_at):
                found.append(_vacancy(line, place))
    return tuple(sorted(found, key=_order))


def _vacancy(line: ServiceLine, place: Place) -> Vacancy:
    own = place.unit.features.split() if place.unit is not None else []
    assert place.free_from is not None
    return Vacancy(line, place, place.free_from, frozenset([*line.service.features.split(), *own]))


def _order(vacancy: Vacancy) -> tuple[date, date, str, int]:
    place = vacancy.place
    return vacancy.free_from, place.free_since or date.min, vacancy.service.name.casefold(), place.number


def fits_for_vacancy(
    store: Store, as_at: date, service_id: str, unit_id: str | None = None, *, number: int | None = None
) -> VacancyFits:
    """Who fits a free place. Without a unit or a number, the place of the service that is free first.

    Any place with a day on which it will be free may be asked about. Raises NotFound when there is none.
    """
    facts = read_place_facts(store, as_at)
    mine = [each for each in vacancies(facts, date.max) if each.service.id == service_id]
    if unit_id is not None:
        mine = [each for each in mine if each.place.unit is not None and each.place.unit.id == unit_id]
    if number is not None:
        mine = [each for each in mine if each.place.number == number]
    if not mine:
        raise NotFound(f"No such place is free on {text.format_date(as_at)}, or known to be free later.")
    waiting = waiting_list(store, facts)
    labels = feature_words(store)
    found = [(line, fitted_to(line, mine[0], labels)) for line in waiting.lines]
    found.sort(key=lambda pair: rank_key(pair[0].asking, pair[1], has_place=pair[0].hold is not None))
    savings = read_move_savings(store, as_at, (line.person_id for line in waiting.lines))
    fits = [_fit(number, mine[0], line, fitted, savings) for number, (line, fitted) in enumerate(found, start=1)]
    return VacancyFits(mine[0], tuple(fits), waiting)


def fits_for_person(store: Store, as_at: date, person_id: str, *, until: date | None = None) -> PersonFits:
    """Which free places fit somebody who waits. Raises NotFound when they are not on the waiting list."""
    facts = read_place_facts(store, as_at)
    person_id = kept_id(store, person_id)
    waiting = next((line for line in waiting_list(store, facts).lines if line.person_id == person_id), None)
    if waiting is None:
        raise NotFound("This person is not on the waiting list. Put them on it first.")
    labels = feature_words(store)
    found = [(each, fitted_to(waiting, each, labels)) for each in vacancies(facts, until)]
    found.sort(key=lambda pair: (not pair[1].possible, pair[1].crosses, -pair[1].share, _order(pair[0])))
    savings = read_move_savings(store, as_at, (person_id,))
    fits = [_fit(number, each, waiting, fitted, savings) for number, (each, fitted) in enumerate(found, start=1)]
    return PersonFits(waiting, tuple(fits))


def fill_vacancies(store: Store, as_at: date, *, until: date | None = None) -> Filling:
    """What filling the free places (with `until` those free by then, too) with the best fits would do."""
    facts = read_place_facts(store, as_at)
    places, people = vacancies(facts, until), waiting_list(store, facts).lines
    people = tuple(line for line in people if line.hold is None)
    labels = feature_words(store)
    fitted = [[fitted_to(line, each, labels) for each in places] for line in people]
    pairs = best_filling([line.asking for line in people], fitted)
    by_place = sorted((column, row) for row, column in pairs)
    savings = read_move_savings(store, as_at, (people[row].person_id for _, row in by_place))
    fits = tuple(_fit(1, places[column], people[row], fitted[row][column], savings) for column, row in by_place)
    known = [each.saving_pence for each in fits if each.saving_pence is not None]
    fitting = sum(any(may_be_planned(row[column]) for row in fitted) for column in range(len(places)))
    return Filling(len(places), fitting, fits, sum(known), len(fits) - len(known))


def feature_words(store: Store) -> dict[str, str]:
    """The words of each feature as they stand in a line."""
    return {item.code: text.first_lower(item.label) for item in store.codes("feature")}


def fitted_to(waiting: WaitingLine, vacancy: Vacancy, labels: dict[str, str]) -> Fitted:
    """How a free place fits somebody."""
    unit, stage = vacancy.place.unit, vacancy.line.stage
    offered = Offered(
        vacancy.service.stage_id,
        text.first_lower(stage.label) if stage is not None else "",
        vacancy.service.id,
        vacancy.service.name,
        vacancy.service.locality,
        vacancy.features,
        unit_told=bool(unit.features.split()) if unit is not None else bool(vacancy.service.features.split()),
        service_told=bool(vacancy.service.features.split()),
        unit_id=unit.id if unit is not None else None,
    )
    return fit(waiting.asking, offered, labels)


def _fit(rank: int, vacancy: Vacancy, waiting: WaitingLine, fitted: Fitted, savings: MoveSavings) -> Fit:
    return Fit(rank, vacancy, waiting, fitted, savings.of(waiting.person_id, vacancy.week_pence))

"""What the Services page reads, in one reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.store import Store
from mhtracker.store.queries.contracts import ContractLine, contract_lines
from mhtracker.store.queries.place_facts import read_place_facts
from mhtracker.store.queries.rates import RateLine, rate_lines
from mhtracker.store.queries.services import ServiceList, list_services, within_a_month
from mhtracker.store.queries.vacancies import Filling, Vacancy, fill_vacancies, vacancies
from mhtracker.store.queries.waiting import WaitingList, waiting_list


@dataclass(frozen=True, slots=True)
class ServicesData:
    """Everything the page's tabs list, as at a day. `features` are the words of each feature by code.

    `vacancies` are free now, `coming` within a month; `filled` says what filling those free now would do.
    """

    as_at: date
    services: ServiceList
    vacancies: tuple[Vacancy, ...]
    coming: tuple[Vacancy, ...]
    filled: Filling
    waiting: WaitingList
    rates: tuple[RateLine, ...]
    contracts: tuple[ContractLine, ...]
    features: dict[str, str]
    priorities: dict[str, str]


def read_services_page(store: Store, as_at: date) -> ServicesData:
    """Read all of it."""
    facts = read_place_facts(store, as_at)
    free, until = vacancies(facts), within_a_month(as_at)
    now = {(each.service.id, each.place.number) for each in free}
    coming = tuple(each for each in vacancies(facts, until) if (each.service.id, each.place.number) not in now)
    return ServicesData(
        as_at=as_at,
        services=list_services(store, as_at),
        vacancies=free,
        coming=coming,
        filled=fill_vacancies(store, as_at),
        waiting=waiting_list(store, facts),
        rates=rate_lines(facts),
        contracts=contract_lines(facts),
        features={item.code: item.label for item in store.codes("feature")},
        priorities={item.code: item.label for item in store.codes("priority")},
    )

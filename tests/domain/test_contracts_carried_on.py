"""How the contract behind a service stands where another carries it on."""

from datetime import date

from mhtracker.domain.places.contracts import ContractState, service_standing
from mhtracker.domain.records import Contract, DueState, Provider, Service

DAY = date(2026, 11, 22)
PROVIDER = Provider("p", "Larkfield Care")
CANAL, MILL = Service("canal", "Canal View", "p"), Service("mill", "Mill Street", "p")


def contract(key: str, started: date | None, ends: date | None, services: str = "") -> Contract:
    return Contract(key, "p", key, services, started_on=started, ends_on=ends)


NOW = contract("now", date(2024, 2, 1), date(2027, 1, 31))
NEXT = contract("next", date(2027, 2, 1), date(2030, 1, 31))


def test_a_contract_that_is_carried_on_is_not_ending():
    alone = service_standing(CANAL, PROVIDER, [NOW], DAY)
    assert (alone.state, alone.due, alone.followed_by) == (ContractState.ENDING, DueState.DUE_SOON, None)
    renewed = service_standing(CANAL, PROVIDER, [NEXT, NOW], DAY)
    assert (renewed.state, renewed.due, renewed.wants_looking_at) == (ContractState.RUNNING, DueState.NONE, False)
    assert (renewed.last_on, renewed.followed_by) == (date(2027, 1, 31), NEXT)


def test_a_contract_carried_on_for_one_service_is_ending_for_the_other():
    only_canal = contract("next", date(2027, 2, 1), date(2030, 1, 31), "canal")
    states = [service_standing(each, PROVIDER, [NOW, only_canal], DAY).state for each in (CANAL, MILL)]
    assert states == [ContractState.RUNNING, ContractState.ENDING]


def test_a_contract_that_has_ended_is_ended_until_the_next_begins():
    over = contract("over", date(2024, 1, 1), date(2026, 10, 31))
    assert service_standing(CANAL, PROVIDER, [over, NEXT], DAY).state == ContractState.ENDED
    assert service_standing(CANAL, PROVIDER, [over, NEXT], date(2027, 2, 1)).state == ContractState.RUNNING


def test_a_contract_that_begins_only_some_time_after_leaves_the_end_to_be_looked_at():
    later = contract("later", date(2027, 2, 2), date(2030, 1, 31))
    assert service_standing(CANAL, PROVIDER, [NOW, later], DAY).state == ContractState.ENDING
    unknown = contract("unknown", None, date(2030, 1, 31))
    assert service_standing(CANAL, PROVIDER, [NOW, unknown], DAY).state == ContractState.RUNNING

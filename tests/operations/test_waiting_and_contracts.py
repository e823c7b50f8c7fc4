"""The waiting list with its offers, and contracts."""

from datetime import date, timedelta

import pytest

from mhtracker.domain.errors import Conflict, Invalid
from mhtracker.domain.records import Contract, Hold, Offer, Provider, Service, Waiting
from mhtracker.operations.places import contracts, services, waiting
from mhtracker.operations.places import units as places
from mhtracker.store.queries.services import list_services
from mhtracker.store.queries.vacancies import list_vacancies
from mhtracker.store.queries.waiting import list_waiting
from tests.operations.conftest import TODAY


def refused(function, *args, **kwargs):
    with pytest.raises(Invalid) as caught:
        function(*args, **kwargs)
    return caught.value.problems


@pytest.fixture
def entry(case):
    return waiting.put_on_waiting_list(
        case.store,
        case.id,
        stage_id="supported",
        since_on=date(2026, 5, 1),
        localities="Riverside;  Quayside ; Riverside",
        features="ground_floor  staff_24_hour",
    )


@pytest.fixture
def provider(case):
    return case.store.find(Provider)[0]


def test_somebody_waits_once(case, entry):
    assert (entry.localities, entry.features) == ("Riverside; Quayside", "ground_floor staff_24_hour")
    assert "" in refused(waiting.put_on_waiting_list, case.store, case.id, stage_id="supported")
    assert case.store.next_undo().label == "Put on waiting list"
    case.store.undo()
    assert case.store.find(Waiting) == []


def test_a_wait_is_for_something(case):
    assert set(refused(waiting.put_on_waiting_list, case.store, case.id)) == {"stage_id"}
    tomorrow = TODAY + timedelta(days=1)
    found = refused(waiting.put_on_waiting_list, case.store, case.id, stage_id="supported", since_on=tomorrow)
    assert set(found) == {"since_on"}
    preview = waiting.preview_waiting(case.store, case.id, stage_id="supported", priority="urgent")
    assert preview.problems == {"priority_reason": "The reason is empty. Say why it is urgent."}


def test_an_entry_changed_by_two_is_not_overwritten_unseen(case, entry):
    waiting.edit_waiting(case.store, entry.id, base=entry, priority="high", priority_reason="Notice given")
    with pytest.raises(Conflict):
        waiting.edit_waiting(case.store, entry.id, base=entry, priority="urgent", priority_reason="Ready")


def test_an_offer_needs_somebody_who_waits_and_one_answer_before_the_next(case, entry):
    offer = waiting.offer_place(case.store, entry.id, service_id=case.canal_view.id)
    assert case.store.next_undo().label == "Offer Canal View"
    assert "" in refused(waiting.offer_place, case.store, entry.id, service_id=case.canal_view.id)
    assert set(refused(waiting.answer_offer, case.store, offer.id, answer="refused")) == {"reason_code"}
    answered = waiting.answer_offer(case.store, offer.id, answer="refused", reason_code="area")
    assert answered.answered_on == TODAY
    waiting.take_off_waiting_list(case.store, entry.id, end_reason="withdrew")
    assert "" in refused(waiting.offer_place, case.store, entry.id, service_id=case.canal_view.id)


def test_an_open_offer_lapses_when_somebody_is_taken_off_the_list_and_both_come_back(case, entry):
    offer = waiting.offer_place(case.store, entry.id, service_id=case.canal_view.id)
    assert set(refused(waiting.take_off_waiting_list, case.store, entry.id, end_reason="")) == {"end_reason"}
    waiting.take_off_waiting_list(case.store, entry.id, end_reason="elsewhere")
    assert case.store.get(Offer, offer.id).answer == "lapsed"
    case.store.undo()
    assert case.store.get(Offer, offer.id).answer is None
    assert case.store.get(Waiting, entry.id).ended_on is None


def test_a_contract_is_extended_up_to_its_options_and_no_further(case, provider):
    facts = {"started_on": date(2023, 6, 1), "ends_on": date(2026, 5, 31), "extendable_to": date(2028, 5, 31)}
    contract = contracts.add_contract(case.store, provider.id, name="Supported living lot 2", **facts)
    assert set(refused(contracts.extend_contract, case.store, contract.id, to=date(2029, 5, 31))) == {"ends_on"}
    assert contracts.extend_contract(case.store, contract.id, to=date(2027, 5, 31)).ends_on == date(2027, 5, 31)
    assert case.store.next_undo().label == "Extend Supported living lot 2 to 31 May 2027"
    assert contracts.extend_contract(case.store, contract.id).ends_on == date(2028, 5, 31)
    assert set(refused(contracts.extend_contract, case.store, contract.id)) == {"ends_on"}
    case.store.undo()
    assert case.store.get(Contract, contract.id).ends_on == date(2027, 5, 31)


def test_a_contract_names_only_the_provider_s_own_services(case, provider):
    other = services.add_service(case.store, name="Beech Lodge", provider="Larkfield Care", capacity=4)
    found = refused(contracts.add_contract, case.store, provider.id, name="Lot 1", service_ids=other.id)
    assert set(found) == {"service_ids"}
    days = {"started_on": date(2026, 1, 1), "ends_on": date(2025, 1, 1), "value_pence": -1, "warn_months": 99}
    found = refused(contracts.add_contract, case.store, provider.id, name="Lot 1", **days)
    assert set(found) == {"ends_on", "value_pence", "warn_months"}


def test_a_contract_ended_early_stays_ended_until_undone(case, provider):
    contract = contracts.add_contract(case.store, provider.id, name="Lot 1", ends_on=date(2027, 1, 1))
    contracts.end_contract(case.store, contract.id)
    assert refused(contracts.end_contract, case.store, contract.id)
    assert refused(contracts.extend_contract, case.store, contract.id, to=date(2028, 1, 1))
    case.store.undo()
    assert case.store.get(Contract, contract.id).ended_on is None


def test_holding_or_offering_a_place_whose_contract_has_ended_says_so(case, provider, entry):
    service = case.store.get(Service, case.canal_view.id)
    ended = TODAY - timedelta(days=14)
    given = {"service_id": service.id, "offered_on": TODAY}

    def said():
        offering = waiting.preview_offer(case.store, entry.id, **given)
        holding = places.preview_hold(case.store, service.id, person_id=case.id)
        told = ([caution.words for caution in each.cautions] for each in (offering, holding))
        return [any("contract for this service ended" in words for words in each) for each in told]

    assert said() == [False, False]
    first = contracts.add_contract(case.store, service.provider_id, name="First", ends_on=ended)
    assert said() == [True, True]
    contracts.add_contract(case.store, service.provider_id, name="Next", started_on=ended + timedelta(days=1))
    assert said() == [False, False]
    assert first.ends_on == ended


def test_a_provider_s_facts_are_changed_and_undone(case, provider):
    services.edit_provider(case.store, provider.id, base=provider, contact="Avery Muster", phone="01632 960 123")
    assert case.store.next_undo().label == "Change Tidewater Support"
    assert services.preview_provider(case.store, name="tidewater support").problems
    case.store.undo()
    assert case.store.get(Provider, provider.id).contact == ""
    assert case.store.find(Service, provider_id=provider.id)


def test_a_place_accepted_is_held_in_the_same_step_and_counted_so_until_the_move(case, entry):
    flat, other = places.add_units(case.store, case.canal_view.id, names=["Flat 1", "Flat 2"])
    offer = waiting.offer_place(case.store, entry.id, service_id=case.canal_view.id, unit_id=flat.id)
    given = {"answer": "accepted", "answered_on": TODAY}
    told = waiting.preview_offer(case.store, entry.id, offer.id, **given).consequences
    assert [each.words for each in told] == ["Holds Canal View, Flat 1 until 28 Jul 2026"]
    waiting.answer_offer(case.store, offer.id, answer="accepted")
    (hold,) = case.store.find(Hold)
    assert (hold.unit_id, hold.person_id, hold.reason_code) == (flat.id, case.id, "offer")
    count = list_services(case.store, TODAY).count
    assert (count.held, count.free) == (1, 1)
    assert [each.place.name for each in list_vacancies(case.store, TODAY)] == [other.name]
    (line,) = list_waiting(case.store, TODAY).lines
    assert (line.accepted_at, line.held_at) == ("Canal View, Flat 1", "Canal View, Flat 1")
    case.store.undo()
    assert case.store.find(Hold) == []
    assert case.store.get(Offer, offer.id).answer is None


def test_an_answer_put_right_lets_the_place_go_and_a_place_held_already_is_not_held_twice(case, entry):
    (flat,) = places.add_units(case.store, case.canal_view.id, names=["Flat 1"])
    offer = waiting.offer_place(case.store, entry.id, service_id=case.canal_view.id, unit_id=flat.id)
    until = TODAY + timedelta(days=5)
    held = places.hold_place(case.store, case.canal_view.id, unit_id=flat.id, person_id=case.id, until_on=until)
    waiting.answer_offer(case.store, offer.id, answer="accepted")
    assert case.store.find(Hold) == [held]
    waiting.edit_offer(case.store, offer.id, answer="refused", reason_code="area")
    assert case.store.get(Hold, held.id).ended_on == TODAY


def test_accepting_a_place_that_went_to_somebody_else_is_recorded_and_says_that_none_is_held(case, entry):
    (flat,) = places.add_units(case.store, case.canal_view.id, names=["Flat 1"])
    offer = waiting.offer_place(case.store, entry.id, service_id=case.canal_view.id, unit_id=flat.id)
    places.hold_place(case.store, case.canal_view.id, unit_id=flat.id, reason_code="repairs")
    told = waiting.preview_offer(case.store, entry.id, offer.id, answer="accepted", answered_on=TODAY).consequences
    assert [each.words for each in told] == ["No place is left there to be held; record the move when they move in"]
    waiting.answer_offer(case.store, offer.id, answer="accepted")
    assert len(case.store.find(Hold)) == 1

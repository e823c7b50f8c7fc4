"""Services, vacancies, who waits, who fits and contracts, as at any day, on every engine."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mhtracker.domain.errors import NotFound
from mhtracker.domain.places.contracts import ContractState
from mhtracker.domain.places.units import PlaceState
from mhtracker.domain.records import (
    Contract,
    CostLine,
    DueState,
    FundingSplit,
    Hold,
    Offer,
    Person,
    Placement,
    Service,
    Unit,
    Waiting,
    Worker,
)
from mhtracker.store import known_by
from mhtracker.store.check import check
from mhtracker.store.queries import place_facts
from mhtracker.store.queries.board import read_rooms
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, count_caseload, list_caseload
from mhtracker.store.queries.contracts import count_contracts_to_look_at, due_contracts, list_contracts
from mhtracker.store.queries.move_savings import saving_words
from mhtracker.store.queries.place_facts import read_place_facts
from mhtracker.store.queries.provider_quarter import read_provider_quarter
from mhtracker.store.queries.service_detail import read_service
from mhtracker.store.queries.services import OF_COUNCIL, OF_PROVIDER, OUT_OF_AREA, list_services
from mhtracker.store.queries.vacancies import fill_vacancies, fits_for_person, fits_for_vacancy, list_vacancies
from mhtracker.store.queries.waiting import list_waiting
from tests.places_at_hand import DAY, make_places
from tests.store.registers import add


@pytest.fixture
def held(file_register):
    file_register.clock.day = DAY
    store = file_register.open()
    make_places(store)
    return store


def line_of(store, name, as_at=DAY):
    return next(line for line in list_services(store, as_at).lines if line.service.name == name)


def test_every_engine_reads_the_same(register):
    register.clock.day = DAY
    store = register.open()
    make_places(store)
    found = list_services(store, DAY)
    count = found.count
    assert (count.taken, count.leaving, count.held, count.free, count.over) == (6, 1, 1, 1, 0)
    assert (found.vacancies, found.waiting, found.ending, found.leaving_soon) == (1, 4, 2, 1)
    assert [fit.waiting.person_id for fit in fits_for_vacancy(store, DAY, "canal").fits] == ["p6", "p4", "p9", "p5"]
    assert [line.person_id for line in list_waiting(store, DAY).lines] == ["p6", "p4", "p5", "p9"]
    assert [line.contract.id for line in list_contracts(store, DAY)] == ["k1", "k2"]
    quarter = read_provider_quarter(store, "cp", DAY)
    assert [moved.ref for moved in (*quarter.moved_in, *quarter.moved_out)] == ["MHT-00008", "MHT-00003"]


def test_services_stand_under_their_providers_those_out_of_the_area_last(held):
    groups = list_services(held, DAY).groups
    assert [(group.kind, group.provider.name if group.provider else "") for group in groups] == [
        (OF_PROVIDER, "Canal Partnership"),
        (OF_PROVIDER, "Larkfield Care"),
        (OF_COUNCIL, "Northmoor Council"),
        (OUT_OF_AREA, ""),
    ]
    assert (groups[0].places, groups[0].people) == (7, 5)


def test_filters_keep_services_and_the_totals_stay_of_all(held):
    def names(**asked):
        found = list_services(held, DAY, **asked)
        assert found.count.total == 9
        return [line.service.name for line in found.lines]

    assert names(stage_ids=["residential"]) == ["Beech Lodge", "Meadow Grange"]
    assert names(localities=["Northgate"], stage_ids=["supported"]) == ["Mill Street"]
    assert names(features=["lift", "staff_24_hour"]) == ["Canal View"]
    assert names(features=["lift", "ground_floor"]) == []
    assert names(with_vacancy=True) == ["Canal View"]


def test_a_service_tells_what_a_week_costs_beside_like_services(held):
    canal, mill = line_of(held, "Canal View"), line_of(held, "Mill Street")
    assert (canal.median_cost_pence, canal.rate_pence, canal.costs_known, canal.dear) == (71200, 71200, 3, False)
    assert (mill.median_cost_pence, mill.dear) == (65200, True)
    assert (canal.like.lowest, canal.like.highest, canal.like.services) == (64400, 71200, 2)
    assert line_of(held, "Beech Lodge").like is None


def test_what_happened_after_the_day_has_not_happened_yet(held):
    then = date(2026, 5, 20)
    canal = line_of(held, "Canal View", then)
    assert (canal.count.taken, canal.count.free, canal.count.held) == (2, 3, 0)
    assert canal.contract.state == ContractState.ENDING
    assert [line.person_id for line in list_waiting(held, then).lines] == ["p6", "p4"]
    before = line_of(held, "Canal View", date(2026, 5, 9))
    assert [place.name for place in before.places if place.state == PlaceState.FREE] == ["Flat 4", "Flat 5"]


@pytest.mark.parametrize("day", [date(2025, 7, 1), date(2026, 6, 30), DAY, date(2026, 10, 1), date(2031, 1, 1)])
def test_the_rails_count_of_contracts_is_what_the_list_of_them_has(held, day):
    with held.operation("Closed") as work:
        work.save(Service("shut", "Lock Cottages", "lc", "supported", closed_on=date(2026, 1, 31)))
        work.save(Contract("k3", "lc", "Cottages", service_ids="shut", ends_on=date(2026, 5, 31)))
        work.save(Contract("k4", "cp", "Carried on", service_ids="mill", started_on=DAY, ends_on=date(2030, 12, 31)))
    assert count_contracts_to_look_at(held, day) == len(due_contracts(held, day))


def test_a_stage_on_the_board_has_its_places_in_the_area_and_those_who_wait_for_it(held):
    rooms = read_rooms(held, DAY)
    supported, residential = rooms["supported"], rooms["residential"]
    assert (supported.places.total, supported.places.lived_in, supported.waiting) == (7, 5, 3)
    assert (residential.places.total, residential.waiting) == (2, 1)
    assert rooms["hospital"].places.total == 0


def test_filters_of_the_board_narrow_who_waits_and_who_is_stuck_but_no_places(held):
    with held.operation("A worker") as work:
        work.save(Worker("ewa", "Ewa Fikcyjna"))
        work.save(replace(work.get(Person, "p4"), worker_id="ewa"))
    everybody, mine = read_rooms(held, DAY), read_rooms(held, DAY, [Filter("worker", "=", "Ewa Fikcyjna")])
    assert (mine["supported"].waiting, everybody["supported"].waiting) == (1, 3)
    assert mine["supported"].places == everybody["supported"].places
    for stage in everybody:
        query = CaseloadQuery((Filter("stage", "=", stage), Filter("stuck", "=", "yes")))
        assert everybody[stage].stuck == count_caseload(held, query, DAY)
        assert mine[stage].stuck <= everybody[stage].stuck


def test_a_later_day_lets_holds_lapse_and_contracts_end(held):
    later = DAY + timedelta(days=90)
    canal = line_of(held, "Canal View", later)
    assert (canal.count.held, canal.count.free) == (0, 2)
    assert [line.standing.state for line in list_contracts(held, later)] == [ContractState.ENDED] * 2


def test_as_known_before_it_was_recorded_there_is_nothing(register):
    register.clock.day = DAY
    store = register.open()
    make_places(store)
    register.clock.day = DAY + timedelta(days=3)
    add(store, replace(store.get(Hold, "h4"), ended_on=DAY + timedelta(days=3)))
    with known_by(store, DAY + timedelta(days=1)) as copy:
        assert list_services(copy, DAY + timedelta(days=4)).count.held == 1
    assert list_services(store, DAY + timedelta(days=4)).count.held == 0
    with known_by(store, DAY - timedelta(days=1)) as copy:
        assert list_services(copy, DAY).groups == ()


def test_somebody_who_left_or_died_neither_lives_there_nor_waits(held):
    add(held, replace(held.get(Person, "p7"), left_on=DAY), replace(held.get(Person, "p4"), died_on=DAY))
    assert line_of(held, "Mill Street").count.taken == 1
    assert [line.person_id for line in list_waiting(held, DAY).lines] == ["p6", "p5", "p9"]
    assert line_of(held, "Mill Street", DAY - timedelta(days=1)).count.taken == 2


def test_a_place_kept_during_a_hospital_stay_is_taken_and_says_so(held):
    add(held, Placement("ward", "p7", "hospital", date(2026, 7, 1)))
    places = line_of(held, "Mill Street").places
    assert sorted(place.away for place in places) == [False, True]
    assert line_of(held, "Mill Street").people == 1


def test_support_by_the_hour_counts_hours_and_those_not_known(held):
    from mhtracker.domain.records import CostLine

    stays = [Placement(f"x{n}", f"p{n}", "floating", date(2026, 7, 1), service_id="home") for n in (3, 6)]
    add(
        held,
        replace(held.get(Placement, "s3-2026-05-10"), ended_on=date(2026, 7, 1)),
        replace(held.get(Placement, "s6-2026-05-17"), ended_on=date(2026, 7, 1)),
        *stays,
        CostLine("c", "p3", "support", 1796, date(2026, 7, 1), frequency="hourly", units=35),
    )
    hours = line_of(held, "Home team").hours
    assert (hours.planned, hours.free, hours.not_known, hours.in_use_percent) == (35, 105, 1, 25)
    assert line_of(held, "Home team").contract.state == ContractState.OWN


def test_vacancies_are_those_free_now_and_with_until_those_soon_left(held):
    assert [(each.name, each.expected) for each in list_vacancies(held, DAY)] == [("Canal View, Flat 5", False)]
    soon = list_vacancies(held, DAY, until=DAY + timedelta(days=31))
    assert [(each.name, each.expected) for each in soon] == [
        ("Canal View, Flat 5", False),
        ("Canal View, Flat 2", True),
    ]


def test_the_end_of_a_hold_elsewhere_is_no_day_on_which_anybody_leaves(held):
    before = list_services(held, DAY).leaving_soon
    beech = line_of(held, "Beech Lodge")
    assert [(place.state, place.free_from) for place in beech.places] == [(PlaceState.TAKEN, None)] * 2
    assert beech.next_free is None
    add(held, Hold("h9", "mill", DAY, None, "p4", until_on=DAY + timedelta(days=14)))
    assert list_services(held, DAY).leaving_soon == before
    assert line_of(held, "Beech Lodge").next_free is None


def test_a_unit_out_of_use_until_a_day_or_not_open_yet_is_free_from_then(held):
    add(
        held,
        Hold("h5", "canal", date(2026, 7, 1), "c5", None, until_on=date(2026, 7, 19), reason_code="repairs"),
        Unit("c6", "canal", "Flat 6", opened_on=date(2026, 8, 3)),
    )
    assert list_vacancies(held, DAY) == ()
    soon = list_vacancies(held, DAY, until=date(2026, 8, 3))
    assert {each.place.name: each.free_from for each in soon if each.service.id == "canal"} == {
        "Flat 5": date(2026, 7, 20),
        "Flat 6": date(2026, 8, 3),
    } | {each.place.name: each.free_from for each in soon if each.expected and each.service.id == "canal"}
    assert line_of(held, "Canal View").next_free.free_from == date(2026, 7, 20)


def test_the_fits_of_a_vacancy_say_why_and_what_a_week_saves(held):
    found = fits_for_vacancy(held, DAY, "canal", "c5")
    ward, best = found.fits[:2]
    assert (best.fitted.fits, best.fitted.of, best.saving_pence, best.waiting.days) == (6, 6, 31800, 96)
    # Nothing is paid for somebody in hospital, so a place costs what it costs.
    assert (ward.waiting.in_hospital, ward.saving_pence) == (True, -71200)
    assert (found.waiting.people, found.waiting.need_home, found.waiting.in_hospital) == (4, 3, 1)
    with pytest.raises(NotFound):
        fits_for_vacancy(held, DAY, "canal", "c1")


def test_what_a_move_saves_is_the_councils_own_difference(held):
    """Beech Lodge £1,030, Canal View £712: the NHS pays half of either, and the person £100 a week of both."""

    def saving():
        return next(e.saving_pence for e in fits_for_vacancy(held, DAY, "canal").fits if e.waiting.person_id == "p4")

    add(held, FundingSplit("f4", "p4", date(2025, 2, 3), 100_00, 50))
    assert saving() == (1_030_00 - 515_00 - 100_00) - (712_00 - 356_00 - 100_00)
    add(held, replace(held.get(FundingSplit, "f4"), health_percent=None, health_pence=800_00))
    assert saving() == 1_030_00 - 800_00 - 100_00, "of £712 the NHS pays all, and nothing is left to charge"


def test_a_saving_of_which_one_cost_is_not_known_is_not_known(held):
    def found():
        return {fit.waiting.person_id: fit for fit in fits_for_vacancy(held, DAY, "canal").fits}

    add(held, replace(held.get(Placement, "s4-2025-02-03"), weekly_cost_pence=None))
    fits = found()
    assert (fits["p4"].saving_pence, saving_words(fits["p4"].saving_pence)) == (None, "cost not known")
    assert saving_words(fits["p6"].saving_pence) == "costs the council £712 a week more"
    add(held, Placement("kept", "p6", "residential", date(2026, 1, 5), service_id="beech"))
    assert found()["p6"].saving_pence is None, "the place kept meanwhile costs something, nobody knows how much"
    filled = fill_vacancies(held, DAY)
    assert (len(filled.pairs), filled.not_known) == (1, 1)
    assert "move 1 person; what that would cost is not known." in filled.in_words


def test_nobody_is_counted_twice_when_places_are_filled(held):
    add(held, replace(held.get(Hold, "h4"), ended_on=DAY))
    found = fill_vacancies(held, DAY, until=DAY + timedelta(days=31))
    people = [fit.waiting.person_id for fit in found.pairs]
    assert sorted(people) == ["p4", "p5", "p6"]
    assert all(fit.fitted.possible for fit in found.pairs)
    assert found.saving_pence == sum(fit.saving_pence or 0 for fit in found.pairs)
    assert (found.places, found.fitting, found.in_places) == (3, 3, "")


def test_free_places_that_fit_nobody_are_said(held):
    found = fill_vacancies(held, DAY, until=DAY + timedelta(days=31))
    assert (found.places, len(found.pairs)) == (2, 1)
    assert found.in_places == "1 of the 2 free places fits somebody who waits; nobody fits the other one"
    for number in (1, 2):
        add(held, Unit(f"g{number}", "canal", f"Garden {number}", "ground_floor"))
    add(held, replace(held.get(Waiting, "w6"), ended_on=DAY, end_reason="other"))
    found = fill_vacancies(held, DAY)
    assert found.in_places == "The 3 free places would do for 1 person of those who wait"


def test_the_fits_of_a_person_need_an_entry_on_the_list(held):
    assert [fit.vacancy.name for fit in fits_for_person(held, DAY, "p4").fits] == ["Canal View, Flat 5"]
    with pytest.raises(NotFound):
        fits_for_person(held, DAY, "p1")


def test_offers_are_counted_as_they_stood(held):
    add(
        held,
        Offer("o1", "p4", "w4", "mill", date(2026, 5, 1), answer="refused", answered_on=date(2026, 5, 9)),
        Offer("o2", "p4", "w4", "canal", date(2026, 7, 1)),
    )

    def line(as_at):
        return next(each for each in list_waiting(held, as_at).lines if each.person_id == "p4")

    assert (line(DAY).refused, line(DAY).open_offer.id) == (1, "o2")
    then = line(date(2026, 5, 4))
    assert (then.refused, then.open_offer.id) == (0, "o1")


def test_a_contract_that_is_carried_on_wants_no_attention(held):
    assert [line.contract.id for line in due_contracts(held, DAY)] == ["k1", "k2"]
    add(held, Contract("k3", "cp", "Lot 2, renewed", started_on=date(2026, 7, 1), ends_on=date(2029, 6, 30)))
    assert [line.contract.id for line in due_contracts(held, DAY)] == ["k2"]
    assert line_of(held, "Canal View").contract.state == ContractState.RUNNING
    assert [line.contract.id for line in due_contracts(held, DAY, until=date(2029, 12, 31))] == ["k2", "k3"]
    assert {line.due for line in list_contracts(held, DAY)} == {DueState.NONE, DueState.DUE_SOON}


def test_nobody_lives_anywhere_by_a_contract_that_has_not_begun(held):
    begins = DAY + timedelta(days=30)
    add(held, Contract("k3", "cp", "Lot 2, next", started_on=begins, ends_on=date(2029, 6, 30)))

    def people(as_at):
        return {each.contract.id: each.people for each in list_contracts(held, as_at)}

    assert people(DAY)["k1"] > 0 == people(DAY)["k3"]
    assert people(begins)["k3"] == people(begins)["k1"] > 0


def test_the_detail_of_a_service_names_who_has_which_place(held):
    found = read_service(held, "canal", DAY)
    assert [(row.place.name, row.person.ref if row.person else None) for row in found.places] == [
        ("Flat 1", "MHT-00001"),
        ("Flat 3", "MHT-00008"),
        ("Flat 2", "MHT-00002"),
        ("Flat 4", "MHT-00005"),
        ("Flat 5", None),
    ]
    assert [line.ref for line in found.people] == ["MHT-00008", "MHT-00001", "MHT-00002"]
    assert [line.contract.id for line in found.contracts] == ["k1"]
    with pytest.raises(NotFound):
        read_service(held, "nowhere", DAY)


def test_people_without_a_place_of_their_own_are_counted_beside_the_places(held):
    assert line_of(held, "Canal View").without_place == 0
    add(held, replace(held.get(Placement, "s8-2026-05-30"), unit_id="c1"))
    canal = line_of(held, "Canal View")
    assert (canal.people, canal.count.lived_in, canal.count.free, canal.without_place) == (3, 2, 2, 1)


def test_a_service_of_which_nothing_says_how_many_places_has_none_and_nobody_too_many(held):
    add(held, Service("own", "Own tenancy"), Placement("t", "p3", "independent", DAY, service_id="own"))
    line = line_of(held, "Own tenancy")
    assert (line.places, line.count.over, line.people, line.in_use_percent) == ((), 0, 1, None)


def test_the_quarter_of_a_provider_sums_up_its_three_months(held):
    quarter = read_provider_quarter(held, "cp", DAY)
    assert (quarter.from_on, quarter.people) == (date(2026, 4, 15), 5)
    days = quarter.days
    assert (days.open, days.relets, days.turnaround, days.held) == (91 * 7, (20,), 20, 9)
    assert [(line.code, line.people, line.days) for line in quarter.delays] == [("04", 1, 44)]
    assert sum(quarter.reviews.values()) == 5
    assert [(each.stage.id, each.people, each.bands) for each in quarter.stays] == [("supported", 5, (1, 2, 1, 1, 0))]
    assert [each.action.id for each in quarter.actions] == ["a1"]
    assert read_provider_quarter(held, "cp", DAY, from_on=date(2026, 6, 1)).moved_in == ()
    with pytest.raises(NotFound):
        read_provider_quarter(held, "nobody", DAY)


def test_a_change_of_flat_within_a_service_is_no_move_in_or_out(held):
    add(
        held,
        replace(held.get(Placement, "s1-2025-01-06"), ended_on=date(2026, 7, 2)),
        Placement("again", "p1", "supported", date(2026, 7, 2), service_id="canal", unit_id="c5"),
    )
    quarter = read_provider_quarter(held, "cp", DAY)
    assert [moved.ref for moved in (*quarter.moved_in, *quarter.moved_out)] == ["MHT-00008", "MHT-00003"]


def test_check_finds_two_people_in_one_place_and_a_place_of_another_service(held):
    assert check(held).problems == ()
    add(
        held,
        Placement("wrong", "p6", "supported", date(2026, 5, 20), date(2026, 6, 20), service_id="canal", unit_id="c3"),
        replace(held.get(Placement, "s7-2025-09-01"), unit_id="c5"),
    )
    told = {(problem.what, problem.where) for problem in check(held).problems}
    assert ("two people are in one place on one day", "place c3, placements wrong and s8-2026-05-30") in told
    assert ("a stay names a place of another service", "placement s7-2025-09-01") in told


def test_waiting_ends_with_its_own_day(held):
    add(held, replace(held.get(Waiting, "w4"), ended_on=DAY, end_reason="withdrew"))
    assert "p4" not in [line.person_id for line in list_waiting(held, DAY).lines]
    assert "p4" in [line.person_id for line in list_waiting(held, DAY - timedelta(days=1)).lines]


def test_a_contract_long_past_wants_nobodys_attention_where_nobody_lives(held):
    def due(**asked):
        return [line.contract.id for line in due_contracts(held, DAY, **asked)]

    add(
        held,
        Service("quay", "Quay House", "lc", "supported", capacity=4),
        Contract("old", "lc", "Quay, 2014", ends_on=date(2017, 3, 31), service_ids="quay"),
    )
    assert due() == ["k1", "k2"], "people live at Canal View; the other ends ahead"
    assert "old" not in due(until=date(2029, 1, 1))
    add(held, Person("q1", "MHT-00900", "Namuna"), Placement("sq", "q1", "supported", DAY, service_id="quay"))
    assert "old" not in due(), "another contract of theirs carries it on"
    add(held, replace(held.get(Contract, "k2"), service_ids="beech"))
    assert due() == ["old", "k1", "k2"]


def test_who_has_a_place_held_is_ranked_last_with_where(held):
    fits = fits_for_vacancy(held, DAY, "canal").fits
    assert (fits[-1].waiting.person_id, fits[-1].waiting.held_at) == ("p5", "Canal View, Flat 4")
    assert not any(each.waiting.held_at for each in fits[:-1])


def test_a_place_kept_during_hospital_counts_in_the_saving(held):
    def saving():
        return next(e.saving_pence for e in fits_for_vacancy(held, DAY, "canal").fits if e.waiting.person_id == "p6")

    assert saving() == -71_200
    add(held, Placement("kept", "p6", "residential", date(2026, 1, 5), service_id="beech", weekly_cost_pence=90_000))
    assert saving() == 90_000 - 71_200
    add(held, CostLine("k", "p6", "accommodation", 80_000, date(2026, 1, 5), placement_id="kept"))
    assert saving() == 80_000 - 71_200, "a line counts once"


def test_very_many_lines_are_read_whole_and_say_what_they_say_of_each_few(held, monkeypatch):
    few = read_place_facts(held, DAY)
    assert few.lines
    monkeypatch.setattr(place_facts, "_MANY", 1)
    held.forget()
    assert read_place_facts(held, DAY) == few
    held.forget()
    assert read_place_facts(held, DAY, list_caseload(held, CaseloadQuery(), DAY)) == few


def test_a_long_period_of_a_provider_reaches_back_to_its_first_day(held):
    with held.operation("Add a stay of long ago") as work:
        work.add_many([
            Person("old", "MHT-9", "OLD", "Ann"),
            Placement("long ago", "old", "supported", date(2021, 1, 1), date(2022, 1, 1), "mill"),
        ])  # fmt: skip
    quarter = read_provider_quarter(held, "cp", DAY, from_on=date(2021, 7, 1))
    assert [each.stay.id for each in quarter.moved_out][:1] == ["long ago"]
    there = next(each.days for each in quarter.services if each.line.service.id == "mill")
    later = read_provider_quarter(held, "cp", DAY, from_on=date(2022, 1, 1))
    assert there.lived - next(each.days for each in later.services if each.line.service.id == "mill").lived == 184

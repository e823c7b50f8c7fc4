"""Who the measures are of: the people of ASCOF 2E, and stages by what they are, not by what they are called."""

from __future__ import annotations

from datetime import date

import pytest

from mhtracker.analysis.columns.flow import returns_of
from mhtracker.analysis.columns.measures import status_measures_of, still_home_of, sustained_of
from mhtracker.analysis.columns.reading import read_columns
from mhtracker.analysis.columns.spells import build_columns
from mhtracker.analysis.facts import read_everybody
from mhtracker.analysis.measures import (
    NO_SUPPORT,
    OTHER_AGES,
    OTHER_SUPPORT,
    UNKNOWN,
    held_code,
    status_measures,
    still_home,
    sustained,
)
from mhtracker.analysis.returned import returned_share, who_returned
from mhtracker.domain.records import LegalAndStatus, Person, Placement, Record, Service, Stage, StatusKind, new_id
from mhtracker.store import FixedClock, create_register

DAY = date(2026, 3, 31)
"""The year looked at is then that of the national return."""


@pytest.fixture
def store(tmp_path):
    with create_register(tmp_path / "register.mhtracker", who="Ann", clock=FixedClock(DAY)) as store:
        yield store


@pytest.fixture
def add(store):
    def add(name, *stays, settled=None, **facts):
        person = Person(name, f"MHT-{name}", name, born_on=facts.pop("born_on", date(1980, 1, 1)), **facts)
        records: list[Record] = [person]
        for stage_id, started_on, *rest in stays:
            ended_on, service_id, reason = (*rest, None, None, None)[:3]
            stay = Placement(new_id(), name, stage_id, started_on, ended_on, service_id=service_id, end_reason=reason)
            records.append(stay)
        if settled is not None:
            code = "tenant_social" if settled else "care_home"
            records.append(LegalAndStatus(new_id(), name, StatusKind.ACCOMMODATION, code, date(2020, 1, 1)))
        with store.operation("Add somebody") as work:
            work.add_many(records)

    return add


def settled(store):
    """From columns, having seen that one person at a time gives the same."""
    facts = read_everybody(store, DAY)
    found = status_measures_of(read_columns(store, DAY), facts.services)
    assert found == status_measures(facts)
    return found["settled"]


def test_settled_is_of_everybody_with_long_term_support_in_the_year_whoever_is_there_at_its_end(store, add):
    add("all year", ("supported", date(2020, 1, 1)), settled=True)
    add("left in the year", ("supported", date(2020, 1, 1)), left_on=date(2025, 6, 1), settled=True)
    add("died in the year", ("residential", date(2020, 1, 1)), died_on=date(2025, 4, 2), settled=False)
    add("left the night before", ("supported", date(2020, 1, 1)), left_on=date(2025, 4, 1), settled=True)
    add(
        "moved to hospital in the year",
        ("supported", date(2020, 1, 1), date(2025, 7, 1)),
        ("hospital", date(2025, 7, 1)),
    )
    found = settled(store)
    assert set(found.of) == {"all year", "left in the year", "died in the year", "moved to hospital in the year"}
    assert set(found.counted) == {"all year", "left in the year"}
    assert found.left_out == {}


def test_hospital_enablement_and_short_term_services_are_no_long_term_support_and_said_to_be_left_out(store, add):
    with store.operation("Add services") as work:
        work.add_many(
            [
                Service("crisis", "Crisis house", stage_id="residential", service_type="st_other"),
                Service("reable", "Long reablement", stage_id="enablement", service_type="community"),
            ]
        )
    add("on the ward", ("hospital", date(2025, 1, 1)), settled=True)
    add("enabled", ("enablement", date(2026, 1, 1)), settled=True)
    add("for a short time", ("residential", date(2026, 1, 1), None, "crisis"), settled=True)
    add("whose service says otherwise", ("enablement", date(2026, 1, 1), None, "reable"), settled=True)
    add("at home", ("independent", date(2020, 1, 1)), settled=True)
    found = settled(store)
    assert set(found.of) == {"whose service says otherwise", "at home"}
    assert set(found.left_out[NO_SUPPORT]) == {"on the ward", "enabled", "for a short time"}
    assert "the register does not know when support there ended" in found.definition


def test_of_other_ages_and_for_other_reasons_nobody_is_counted_but_the_unknown_stay_in(store, add):
    stay = ("supported", date(2020, 1, 1))
    add("17", stay, born_on=date(2008, 4, 1))
    add("18", stay, born_on=date(2008, 3, 31))
    add("64", stay, born_on=date(1961, 4, 1))
    add("65", stay, born_on=date(1961, 3, 31))
    add("not known", stay, born_on=None)
    add("sight", stay, primary_support="sensory")
    found = settled(store)
    assert set(found.of) == {"18", "64", "not known"}
    assert {why: set(who) for why, who in found.left_out.items()} == {
        OTHER_AGES: {"17", "65"},
        OTHER_SUPPORT: {"sight"},
    }


def test_sixty_settled_thirty_in_care_homes_and_ten_unknown_are_60_per_cent(store, add):
    for number in range(100):
        kind = None if number >= 90 else number < 60
        add(f"p{number}", ("supported" if number % 2 else "residential", date(2020, 1, 1)), settled=kind)
    assert settled(store).percent == 60.0


def test_still_home_goes_by_what_stages_are_whatever_a_council_calls_them(store, add):
    with store.operation("Add stages") as work:
        for number, (key, kind) in enumerate((("starling", "enablement"), ("ward_9", "hospital"), ("the_limes", None))):
            work.save(Stage(key, key.capitalize(), "Z", "other", 41 + number, kind=kind))
    left = date(2025, 10, 1)
    add("stayed", ("starling", date(2025, 8, 1), left), ("supported", left))
    add(
        "went in",
        ("starling", date(2025, 8, 1), left),
        ("supported", left, date(2025, 11, 1)),
        ("ward_9", date(2025, 11, 1)),
    )
    add("from nothing said", ("the_limes", date(2025, 8, 1), left), ("supported", left))
    found = still_home_of(build_columns(read_columns(store, DAY)), date(2025, 4, 1), DAY)
    assert found == still_home(read_everybody(store, DAY), date(2025, 4, 1), DAY)
    assert (set(found.of), set(found.counted)) == ({"stayed", "went in"}, {"stayed"})


def test_a_hospital_stay_with_the_place_kept_is_not_still_home_and_who_died_after_the_84_days_was(store, add):
    left = date(2025, 10, 1)
    home = (("enablement", date(2025, 8, 1), left), ("supported", left))
    add("place kept", *home, ("hospital", date(2025, 11, 1), date(2025, 11, 9)))
    add("in hospital later", *home, ("hospital", date(2026, 1, 1), date(2026, 1, 9)))
    add("in hospital before", *home, ("hospital", date(2025, 8, 2), date(2025, 8, 9)))
    add("died", *home, died_on=date(2025, 12, 24))
    add("died later", *home, died_on=date(2025, 12, 25))
    add("left and died", *home, left_on=date(2025, 11, 1), died_on=date(2025, 11, 2))
    add("moved after a gap", ("enablement", date(2025, 6, 1), date(2025, 8, 1)), ("supported", left))
    found = still_home_of(build_columns(read_columns(store, DAY)), date(2025, 12, 24), date(2025, 12, 24))
    assert found == still_home(read_everybody(store, DAY), date(2025, 12, 24), date(2025, 12, 24))
    assert len(found.of) == 7
    assert set(found.counted) == {"in hospital later", "in hospital before", "died later", "moved after a gap"}


def test_homes_of_one_s_own_one_after_another_are_one_and_who_left_from_there_is_not_watched(store, add):
    came, four_on = date(2025, 5, 1), date(2025, 9, 1)
    before = ("supported", date(2024, 1, 1), came)
    add("stays", before, ("independent", came))
    add("goes on", before, ("floating", came, four_on), ("independent", date(2025, 9, 2)))
    add("between homes", before, ("floating", came, four_on), ("independent", date(2025, 9, 20)))
    add("in hospital", before, ("independent", came), ("hospital", date(2025, 6, 1), date(2025, 7, 1)))
    add("was there first", ("independent", came))
    add("went back", before, ("independent", came, four_on), ("supported", four_on))
    add("died", before, ("independent", came), died_on=four_on)
    add("discharged", before, ("independent", came, four_on, None, "moved_on"), left_on=four_on)
    add("left and died", before, ("independent", came), left_on=four_on, died_on=date(2025, 10, 1))
    add("evicted", before, ("independent", came, four_on, None, "evicted"), left_on=four_on)
    add("not there yet", ("supported", date(2024, 1, 1), date(2026, 1, 1)), ("floating", date(2026, 1, 1)))
    days = date(2025, 11, 1), DAY
    found = sustained_of(build_columns(read_columns(store, DAY)), 6, *days)
    assert found == sustained(read_everybody(store, DAY), 6, *days)
    assert set(found.counted) == {"stays", "goes on", "in hospital", "between homes"}
    # Who was between homes moved to one twice: the first did not last, the second did.
    assert sorted(found.of) == sorted((*found.counted, "between homes", "went back", "died", "evicted"))
    assert {reason: set(people) for reason, people in found.left_out.items()} == {
        "Not there for 6 months yet": {"not there yet"},
        "Left the pathway from there before 6 months": {"discharged", "left and died"},
    }


def test_who_is_back_by_way_of_another_stage_or_on_a_ward_with_the_place_kept_has_returned(store, add):
    on = date(2024, 6, 1)
    add(
        "by way of another",
        ("residential", date(2019, 1, 1), on),
        ("supported", on, date(2024, 8, 1)),
        ("independent", date(2024, 8, 1), date(2024, 10, 1)),
        ("residential", date(2024, 10, 1)),
    )
    home = (("residential", date(2019, 1, 1), on), ("supported", on))
    add("place kept", *home, ("hospital", date(2025, 6, 1), date(2025, 6, 9)))
    add("in hospital a day too late", *home, ("hospital", date(2025, 6, 2), date(2025, 6, 9)))
    add(
        "to the same stage",
        ("residential", date(2019, 1, 1), on),
        ("supported", on, date(2024, 8, 1)),
        ("supported", date(2024, 9, 1)),
    )
    spells = build_columns(read_columns(store, DAY))
    found = who_returned(spells)
    assert sorted(found.back) == ["by way of another", "by way of another", "place kept"]
    assert sorted(set(found.of) - set(found.back)) == ["in hospital a day too late", "to the same stage"]
    assert returns_of(spells) == (len(found.back), len(found.of)) == (3, 5)


def test_returns_are_told_of_all_moves_and_of_those_whose_year_was_up_in_the_period(store, add):
    def moved(name, on, back=None):
        add(
            name,
            ("residential", date(2019, 1, 1), on),
            ("supported", on, back),
            *((("residential", back),) if back else ()),
        )

    moved("long ago, back", date(2022, 1, 1), date(2022, 3, 1))
    moved("a year ago, back", date(2024, 6, 1), date(2025, 1, 1))
    moved("a year ago, stayed", date(2024, 6, 1))
    moved("this year, back", date(2025, 6, 1), date(2025, 8, 1))
    spells = build_columns(read_columns(store, DAY))
    assert set(who_returned(spells).back) == {"long ago, back", "a year ago, back"}
    assert len(who_returned(spells).of) == 3
    found = returned_share(spells, date(2025, 4, 1))
    assert (set(found.of), found.counted) == ({"a year ago, back", "a year ago, stayed"}, ("a year ago, back",))


def test_a_status_that_has_run_out_contradicts_none_begun_on_the_same_day():
    day, began = date(2026, 7, 14), date(2026, 1, 5)
    over = LegalAndStatus("a", "p", StatusKind.EMPLOYMENT, "unemployed", began, expires_on=date(2026, 6, 30))
    runs = LegalAndStatus("b", "p", StatusKind.EMPLOYMENT, "paid", began)
    assert held_code([over, runs], StatusKind.EMPLOYMENT, day) == "paid"
    assert held_code([over, runs], StatusKind.EMPLOYMENT, date(2026, 6, 1)) == UNKNOWN
    assert held_code([over], StatusKind.EMPLOYMENT, day) == UNKNOWN

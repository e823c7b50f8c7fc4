"""Every field and code is told once, in words for people."""

from dataclasses import fields as fields_of
from datetime import date

import pytest

from mhtracker.domain.fields import FIELDS, field_label, label_of
from mhtracker.domain.lists import code_lists
from mhtracker.domain.lists.code_lists import CODE_LISTS
from mhtracker.domain.records import Person, Placement, ReviewKind, ReviewOutcome

# The program fills these in by itself, so nobody is ever asked for them.
OWN = {"id", "version", "person_id", "plan_id", "position", "list_name", "finished_at", "taper_id"}
NOT_OF_A_RECORD = {("Review", "next_on")}


@pytest.mark.parametrize("record_type", FIELDS, ids=lambda t: t.__name__)
def test_every_field_of_a_record_is_told(record_type):
    theirs = {item.name for item in fields_of(record_type)} - OWN
    told = {name for name in FIELDS[record_type] if (record_type.__name__, name) not in NOT_OF_A_RECORD}
    assert told == theirs - ({"id"} if "id" not in FIELDS[record_type] else set())


@pytest.mark.parametrize("record_type", FIELDS, ids=lambda t: t.__name__)
def test_a_field_without_a_default_is_required_and_labelled(record_type):
    for field in FIELDS[record_type].values():
        assert field.label
        assert field.label[0].isupper() or field.label.startswith("s117")
        assert not field.label.endswith(".")
        assert not field.help or field.help.endswith(".")
        assert not field.code_list or field.code_list in CODE_LISTS


def test_what_can_name_someone_is_personal():
    personal = {name for name, field in FIELDS[Person].items() if field.personal}
    assert {"surname", "given_names", "known_as", "born_on", "nhs_number", "local_id"} <= personal
    assert FIELDS[Placement]["address"].personal


@pytest.mark.parametrize("name", CODE_LISTS)
def test_a_code_list_has_each_code_and_each_label_once(name):
    items = CODE_LISTS[name]
    assert len({item.code for item in items}) == len({item.label for item in items}) == len(items)
    for number, item in enumerate(items, 1):
        assert (item.id, item.list_name, item.position) == (f"{name}/{item.code}", name, number)


def test_the_lists_cover_what_records_hold():
    assert {item.code for item in CODE_LISTS["review_kind"]} == {kind.value for kind in ReviewKind}
    assert {item.code for item in CODE_LISTS["review_outcome"]} == {outcome.value for outcome in ReviewOutcome}
    assert {"3", "37", "45A", "47", "48"} == code_lists.S117_SECTIONS
    assert {item.code for item in CODE_LISTS["s117"]} == {*code_lists.S117_SECTIONS, "unknown"}


def test_nine_kinds_of_accommodation_are_settled_and_care_homes_are_not():
    lives = {item.code: item.label for item in CODE_LISTS["accommodation"]}
    assert len(lives) == 20
    assert len(code_lists.SETTLED) == 9
    assert not {"care_home", "nursing_home", "hospital", "unknown"} & code_lists.SETTLED
    assert code_lists.OWN_TENANCY < code_lists.SETTLED < set(lives)
    assert lives["owner"] == "Owner occupier or shared ownership scheme"


def test_employed_is_paid_work_only():
    works = {item.code: item.label for item in CODE_LISTS["employment"]}
    assert {code for code, label in works.items() if label.startswith("Paid")} == code_lists.EMPLOYED


def test_census_groups_number_nineteen_and_not_stated():
    assert len(CODE_LISTS["ethnicity"]) == 20


def test_national_delay_reasons_begin_with_april_2024():
    reasons = {item.code: item for item in CODE_LISTS["delay_reason"]}
    assert len([code for code in reasons if code.isdigit()]) == 32
    assert not {"20", "21", "22", "23", "29", "30"} & set(reasons)
    assert not code_lists.is_current(reasons["18"], date(2024, 3, 31))
    assert code_lists.is_current(reasons["18"], date(2024, 4, 1))
    assert code_lists.is_current(reasons["arrears"], date(2020, 1, 1))


def test_earlier_labels_lead_to_codes_that_exist():
    for name, labels in code_lists.EARLIER_LABELS.items():
        assert set(labels.values()) <= {item.code for item in CODE_LISTS[name]}


def test_a_code_has_words_and_an_unknown_one_stands_for_itself():
    assert label_of("review_outcome", "continue") == "No change"
    assert label_of("s117", "99") == "99"
    assert label_of("gender", None) == ""
    assert field_label(Placement, "ended_on") == "Left on"
    assert field_label(Placement, "person_id") == "Person id"

"""People are found by what others call them, on every engine."""

from datetime import date

import pytest

from mhtracker.domain.errors import NotFound
from mhtracker.store.queries.person import find_person
from mhtracker.store.queries.search import search_people
from tests.store.registers import a_person, a_stay, add


@pytest.fixture
def found(register):
    store = register.open()
    marek = a_person(
        "MHT-00417", "Przykład", given_names="Marek", known_as="Mario", nhs_number="9999981801", local_id="M-20/7"
    )
    darcy = a_person("MHT-00418", "D’Arcy-Łoś", given_names="Zoë Anne", local_id="M-20/8")
    gone = a_person("MHT-00419", "Przykładowa", given_names="Ewa", left_on=date(2025, 1, 1))
    emoji = a_person("MHT-00420", "🦊", given_names="שרה")
    same = a_person("MHT-00421", "Other", local_id="m-20/7")
    add(store, marek, a_stay(marek), darcy, gone, emoji, same)

    def search(text, **more):
        return [each.ref[-3:] for each in search_people(store, text, **more)]

    return store, search


TYPED = [
    ("przyk", ["417", "419"]),
    ("PRZYKŁAD", ["417", "419"]),
    ("marek przy", ["417"]),
    ("przykład, ewa", ["419"]),
    ("mario", ["417"]),
    ("999 998 1801", ["417"]),
    ("999-998-1801", ["417"]),
    ("999 998", ["417"]),
    ("darcy", ["418"]),
    ("d'arcy", ["418"]),
    ("Zoe los", ["418"]),
    ("łoś", ["418"]),
    ("MHT-00418", ["418"]),
    ("mht-0042", ["420", "421"]),
    ("M-20/8", ["418"]),
    ("🦊", ["420"]),
    ("שר", ["420"]),
    ("\u200bmarek\u00a0", ["417"]),
    ("arek", []),
    ("", []),
    ("  ", []),
    ("%", []),
    ("_", []),
    ("*", []),
    ('"', []),
    ("NEAR(a b)", []),
    ("'; DROP TABLE people; --", []),
]


def test_every_word_typed_begins_one_of_the_person_s(found):
    _, search = found
    assert [(typed, sorted(search(typed))) for typed, _ in TYPED] == TYPED


def test_those_on_the_pathway_come_first_and_the_limit_holds(found):
    _, search = found
    assert search("przyk") == ["417", "419"]
    assert search("mht", limit=2) == search("mht")[:2]
    assert len(search("mht")) == 5


def test_a_person_is_found_by_any_of_their_numbers(found):
    store, _ = found
    for typed in ("MHT-00417", "mht-00417", " 9999981801 ", "999 998 1801"):
        assert find_person(store, typed).ref == "MHT-00417"
    assert find_person(store, find_person(store, "MHT-00418").id).ref == "MHT-00418"
    assert find_person(store, "M-20/8").ref == "MHT-00418"
    with pytest.raises(NotFound, match="MHT-00417, MHT-00421"):
        find_person(store, "M-20/7")
    for nobody in ("", "Przykład", "999 998 1802"):
        with pytest.raises(NotFound):
            find_person(store, nobody)

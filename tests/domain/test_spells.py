"""Spells: unbroken times in one stage, however many stays they are made of."""

from __future__ import annotations

from datetime import date

from mhtracker.domain.counting.spells import Exit, Spell, build_spells
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import Person, Placement

STAGES = {stage.id: stage for stage in DEFAULT_STAGES}
ANN = Person("p", "MHT-1", "Example", "Ann")
DAY = date(2026, 7, 14)


def stay(name: str, stage: str, start: date, end: date | None = None, **more: object) -> Placement:
    return Placement(name, "p", stage, start, end, **more)  # type: ignore[arg-type]


def test_moves_onward_and_back_and_what_still_lasts():
    spells = build_spells(
        ANN,
        [
            stay("1", "residential", date(2020, 1, 1), date(2023, 3, 1), planned=True),
            stay("2", "supported", date(2023, 3, 1), date(2024, 1, 10), planned=False),
            stay("3", "residential", date(2024, 1, 10)),
        ],
        STAGES,
        DAY,
    )
    assert spells == [
        Spell("p", "residential", date(2020, 1, 1), date(2023, 3, 1), Exit.ONWARD, "supported", planned=True),
        Spell("p", "supported", date(2023, 3, 1), date(2024, 1, 10), Exit.BACK, "residential", planned=False),
        Spell("p", "residential", date(2024, 1, 10)),
    ]
    assert spells[0].days(DAY) == 1155
    assert spells[2].days(DAY) == (DAY - date(2024, 1, 10)).days


def test_a_transfer_inside_a_stage_is_no_move():
    spells = build_spells(
        ANN,
        [
            stay("1", "residential", date(2020, 1, 1), date(2021, 6, 30)),
            stay("2", "residential", date(2021, 7, 1), date(2022, 1, 1)),
            stay("3", "supported", date(2022, 1, 1)),
        ],
        STAGES,
        DAY,
    )
    assert [(s.stage_id, s.started_on, s.ended_on) for s in spells] == [
        ("residential", date(2020, 1, 1), date(2022, 1, 1)),
        ("supported", date(2022, 1, 1), None),
    ]


def test_a_hospital_stay_while_the_place_is_kept_interrupts_nothing():
    spells = build_spells(
        ANN,
        [
            stay("1", "supported", date(2024, 1, 1)),
            stay("2", "hospital", date(2025, 2, 1), date(2025, 3, 1)),
        ],
        STAGES,
        DAY,
    )
    assert [(s.stage_id, s.ended_on) for s in spells] == [("supported", None)]


def test_a_kept_place_later_given_up_still_counts_the_hospital_stay_as_inside_it():
    placements = [
        stay("1", "supported", date(2024, 1, 1), date(2025, 6, 1)),
        stay("2", "hospital", date(2025, 2, 1), date(2025, 3, 1)),
        stay("3", "independent", date(2025, 6, 1)),
    ]
    spells = build_spells(ANN, placements, STAGES, DAY)
    assert [(s.stage_id, s.ended_on, s.exit) for s in spells] == [
        ("supported", date(2025, 6, 1), Exit.ONWARD),
        ("independent", None, None),
    ]


def test_death_and_leaving_end_a_spell_in_their_own_ways():
    home = [stay("1", "independent", date(2024, 1, 1))]
    dead = Person("p", "MHT-1", "Example", "Ann", died_on=date(2025, 5, 5))
    gone = Person("p", "MHT-1", "Example", "Ann", left_on=date(2025, 6, 6))
    assert build_spells(dead, home, STAGES, DAY)[0] == Spell(
        "p", "independent", date(2024, 1, 1), date(2025, 5, 5), Exit.DIED
    )
    assert build_spells(gone, home, STAGES, DAY)[0].exit == Exit.LEFT
    assert build_spells(gone, home, STAGES, date(2025, 1, 1))[0].exit is None


def test_who_left_and_died_later_had_left_and_who_died_before_the_case_was_closed_had_died():
    home = [stay("1", "independent", date(2024, 1, 1))]
    for left, died, on, way in (
        (date(2025, 5, 5), date(2025, 9, 9), date(2025, 5, 5), Exit.LEFT),
        (date(2025, 9, 9), date(2025, 5, 5), date(2025, 5, 5), Exit.DIED),
        (date(2025, 5, 5), date(2025, 5, 5), date(2025, 5, 5), Exit.DIED),
    ):
        person = Person("p", "MHT-1", "Example", "Ann", left_on=left, died_on=died)
        assert build_spells(person, home, STAGES, DAY) == [Spell("p", "independent", date(2024, 1, 1), on, way)]


def test_what_happened_after_the_day_asked_has_not_happened():
    placements = [
        stay("1", "residential", date(2020, 1, 1), date(2023, 3, 1)),
        stay("2", "supported", date(2023, 3, 1)),
    ]
    assert build_spells(ANN, placements, STAGES, date(2022, 1, 1)) == [Spell("p", "residential", date(2020, 1, 1))]

"""A person's story in lines: everything dated, as it stood on the day, with the events chosen for paper."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mhtracker.domain.around import Around, as_it_stood
from mhtracker.domain.chronology import Chapter, Choice, build_chronology, key_lines, narrowed
from mhtracker.domain.records import (
    Barrier,
    CareWarning,
    Document,
    Goal,
    KeyEvent,
    Note,
    NoteCorrection,
    Review,
)
from tests.figures.people import AS_AT, a_person, a_stay, a_summary, summary_of

P = "person-1"


def around(**records):
    return as_it_stood(Around(**records), AS_AT)


def words_of(summary):
    return [f"{line.day:%d.%m.%y} {line.words}" for line in build_chronology(summary)]


@pytest.fixture
def marek():
    return a_summary()


def test_everything_dated_is_told_newest_first(marek):
    lines = build_chronology(marek)
    days = [line.day for line in lines]
    assert days == sorted(days, reverse=True)
    said = words_of(marek)
    assert "12.02.18 Left hospital, Ashdown Ward: planned. Discharged from hospital" in said
    assert "12.02.18 Moved to residential, Beech Lodge" in said
    assert "09.11.17 Began in hospital, Ashdown Ward" in said
    assert "30.01.25 Target set for 30 Jan 2026, to move to own tenancy" in said
    assert "26.06.26 Visit: Visited with the keyworker." in said
    assert {line.chapter for line in lines} == {
        Chapter.PLACEMENT, Chapter.REVIEW, Chapter.PLAN, Chapter.STATUS, Chapter.NOTE,
    }  # fmt: skip


def test_a_gap_between_stays_is_told_with_its_length_and_reason(marek):
    (line,) = [words for words in words_of(marek) if words.startswith("13.05.24")]
    assert line.endswith("after 55 days elsewhere. stayed with sister while Step House was refitted")


def test_a_move_to_a_lower_stage_is_told_as_one_back():
    stays = [
        a_stay("supported", date(2025, 1, 1), date(2025, 6, 1), "Harbour Court"),
        a_stay("hospital", date(2025, 6, 1), None, "Ashdown Ward"),
    ]
    assert words_of(summary_of(a_person(), stays))[0] == "01.06.25 Moved back to hospital, Ashdown Ward"


def test_what_ended_stands_below_what_began_on_one_day(marek):
    there = [line.source_kind for line in build_chronology(marek) if line.day == date(2024, 8, 5)]
    assert there.index("placement") < there.index("placement/ended") < there.index("status")


def test_a_target_says_how_it_changed_and_why(marek):
    said = words_of(marek)
    assert any(line.startswith("01.12.25 Target slipped from 30 Jan 2026 to 30 Apr 2026: ") for line in said)
    plan = marek.move_on
    sooner = replace(plan.slips[-1], target_on=date(2026, 3, 1))
    told = words_of(replace(marek, move_on=replace(plan, slips=(plan.slips[0], sooner))))
    assert "11.05.26 Target brought forward from 30 Apr 2026 to 1 Mar 2026: No offer yet" in told


def test_what_lies_ahead_has_not_happened(marek):
    ahead = replace(marek, as_at=date(2024, 1, 1))
    assert all(line.day <= date(2024, 1, 1) for line in build_chronology(ahead))
    assert not [line for line in words_of(ahead) if "Left residential" in line]


def test_a_booking_alone_is_no_line_and_an_abandoned_review_is_one():
    person, stays = a_person(), [a_stay("supported", date(2025, 1, 1))]
    booked = Review("r1", P, "care_act", booked_on=date(2026, 7, 1))
    given_up = Review(
        "r2", P, "care_act", booked_on=date(2026, 6, 1), abandoned_on=date(2026, 6, 2), abandon_reason="Ill"
    )
    said = words_of(summary_of(person, stays, reviews=[booked, given_up]))
    assert [line for line in said if "review" in line.lower()] == ["02.06.26 Care Act review abandoned: Ill"]


def test_barriers_and_warnings_begin_and_end_in_lines_of_their_own(marek):
    there = around(
        barriers=[Barrier("b", P, "housing", date(2026, 3, 1), date(2026, 3, 2))],
        warnings=[CareWarning("w", P, "risk", "Dog in the yard", "Bites", date(2026, 2, 1))],
    )
    said = words_of(replace(marek, around=there))
    assert any(line.startswith("02.03.26 No longer held up by ") and line.endswith("after 1 day") for line in said)
    assert any(line.startswith("01.03.26 Held up by ") for line in said)
    assert "01.02.26 Warning raised: Dog in the yard" in said


def test_a_goal_ends_in_the_word_for_how(marek):
    goals = [Goal("g", P, "Swim every week", date(2026, 1, 5), ended_on=date(2026, 5, 5), end_reason="achieved")]
    said = words_of(replace(marek, around=around(goals=goals)))
    assert "05.01.26 Goal set: Swim every week" in said
    assert "05.05.26 Goal achieved: Swim every week" in said


def test_a_document_stands_on_its_own_date_or_the_day_it_was_added(marek):
    at = datetime(2026, 6, 3, 9, tzinfo=UTC)
    kept = Document("d", P, "Tenancy.pdf", "application/pdf", 100, "0" * 64, added_at=at)
    dated = replace(kept, id="e", name="Order.pdf", dated_on=date(2025, 4, 1))
    said = words_of(replace(marek, around=around(documents=[kept, dated])))
    assert "03.06.26 Document: Tenancy.pdf" in said
    assert "01.04.25 Document: Order.pdf" in said


def test_a_corrected_note_says_what_holds_now(marek):
    at = datetime(2026, 7, 1, 9, tzinfo=UTC)
    correction = NoteCorrection("c", P, "note-2", "Visited alone.", "Wrong", at)
    said = words_of(replace(marek, around=around(corrections=[correction])))
    assert "26.06.26 Visit: Visited alone." in said
    assert not [line for line in said if "keyworker" in line]


def test_an_unfinished_note_says_so(marek):
    note = Note("n", P, "visit", date(2026, 7, 10), "Half a")
    assert "10.07.26 Visit (unfinished): Half a" in words_of(replace(marek, notes=(note,)))


def test_an_event_chosen_prints_its_own_words_and_leaves_the_line_as_it_is(marek):
    event = KeyEvent("k", P, date(2026, 6, 26), "The keyworker came for the first time", "note", "note-2")
    lines = build_chronology(replace(marek, around=around(key_events=[event])))
    (chosen,) = key_lines(lines)
    assert chosen.words == "Visit: Visited with the keyworker."
    assert chosen.paper_words == event.words
    assert len(lines) == len(build_chronology(marek))


def test_a_chosen_end_of_a_stay_is_not_its_beginning(marek):
    stay = marek.stays[0].placement
    event = KeyEvent("k", P, stay.ended_on, "Home at last", "placement/ended", stay.id)
    (chosen,) = key_lines(build_chronology(replace(marek, around=around(key_events=[event]))))
    assert chosen.source_kind == "placement/ended"


def test_events_of_one_s_own_and_those_whose_record_is_gone_stay_in_the_story(marek):
    own = KeyEvent("k1", P, date(2010, 5, 1), "Came to the town")
    orphan = KeyEvent("k2", P, date(2020, 5, 1), "Saw the sea", "note", "a note taken away")
    lines = key_lines(build_chronology(replace(marek, around=around(key_events=[own, orphan]))))
    assert [(line.words, line.chapter) for line in lines] == [
        ("Saw the sea", Chapter.EVENT),
        ("Came to the town", Chapter.EVENT),
    ]


def test_a_choice_leaves_what_fits_all_of_it(marek):
    lines = build_chronology(marek)
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    found = narrowed(lines, Choice(frozenset({Chapter.PLACEMENT}), first, last))
    assert found
    assert all(line.chapter is Chapter.PLACEMENT and first <= line.day <= last for line in found)
    assert narrowed(lines, Choice(first=date(2024, 8, 5), last=date(2024, 8, 5))), "both days are counted in"
    assert narrowed(lines, Choice()) == lines
    assert not Choice().narrows
    assert Choice(typed="flat").narrows


def test_words_typed_begin_words_of_the_whole_note_and_not_of_its_first_line_alone(marek):
    lines = build_chronology(marek)
    assert [line.source_id for line in narrowed(lines, Choice(typed="anna REVIEW 22nd"))] == ["note-1"]
    assert narrowed(lines, Choice(typed="nna")) == []


def test_a_chosen_line_is_found_by_its_words_on_paper_too(marek):
    event = KeyEvent("k", P, date(2018, 2, 12), "Home at last", "placement/ended", marek.stays[0].placement.id)
    lines = build_chronology(replace(marek, around=around(key_events=[event])))
    assert len(narrowed(lines, Choice(typed="home last"))) == 1
    assert narrowed(lines, Choice(only_key=True)) == key_lines(lines)

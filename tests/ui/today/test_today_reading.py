"""What Today lists, and in which words: read from a register of a few people, without a window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mhtracker.domain.records import (
    Contact,
    LegalAndStatus,
    Person,
    Placement,
    Review,
    StatusKind,
    Target,
    Team,
    Worker,
)
from mhtracker.operations.moves import start_placement
from mhtracker.operations.notes import add_note
from mhtracker.operations.people import add_person
from mhtracker.operations.reviews import book_review
from mhtracker.operations.snoozing import put_off, take_up
from mhtracker.operations.targets import start_plan
from mhtracker.store import FixedClock, Store, create_register
from mhtracker.store.queries.snoozed import item_key
from mhtracker.ui.readings import read_news
from mhtracker.ui.today.reading import EVERYONE, MINE, Question, read_today, review_weeks
from mhtracker.ui.today.rows import (
    EVERYTHING,
    LATER,
    OVERDUE,
    PUT_OFF,
    SOON,
    TODAY,
    arguments_of,
    badge_of,
    counts,
    group_of,
    narrowed,
    sections,
    step_of,
)
from mhtracker.ui.today.since import read_since

DAY = date(2026, 7, 14)
OFFERS = ("book_review", "review", "target", "move", "take_up")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_register(tmp_path / "r.mhtracker", who="Ewa Fikcyjna", clock=FixedClock(DAY)) as made:
        with made.operation("Add workers") as work:
            work.add_many([Team("t", "Recovery North"), Worker("w", "Ewa Fikcyjna", "t"), Worker("o", "R. Ffug", "t")])
        yield made


def someone(store: Store, surname: str, since: date, worker: str = "w", stage: str = "residential") -> Person:
    person = add_person(store, surname=surname, given_names="Marek", worker_id=worker, team_id="t")
    start_placement(store, person.id, stage_id=stage, started_on=since)
    return person


def held(store: Store, person: Person, on: date) -> None:
    with store.operation("Hold review", person_id=person.id) as work:
        work.save(Review(f"held {person.id}", person.id, held_on=on))


def today(store: Store, scope: str = EVERYONE, as_at: date = DAY):
    return read_today(store, as_at, Question(scope, "w", "t", frozenset({"Ewa Fikcyjna"})))


def words(store: Store, kind: str = EVERYTHING) -> dict[str, list[str]]:
    found = narrowed(sections(today(store), store.stages(), offers=OFFERS), kind)
    return {section.key: [f"{row.badge.words}: {row.name}, {row.text} [{row.action}]" for row in section.rows]
            for section in found}  # fmt: skip


def test_reviews_stand_in_the_group_that_the_due_rule_gives_them(store: Store) -> None:
    someone(store, "Late", date(2026, 5, 1))
    someone(store, "Now", date(2026, 5, 19))
    someone(store, "Soonish", date(2026, 5, 25))
    someone(store, "Faroff", date(2026, 7, 13))
    assert words(store) == {
        OVERDUE: ["18 days overdue: LATE, Marek, First review of residential, 74 days in, not booked [Book]"],
        TODAY: ["Due today: NOW, Marek, First review of residential, 56 days in, not booked [Book]"],
        SOON: ["In 6 days: SOONISH, Marek, First review of residential, 50 days in, not booked [Book]"],
        LATER: ["In 8 weeks: FAROFF, Marek, First review of residential, 1 day in, not booked [Book]"],
    }


def test_a_booking_takes_nothing_out_of_overdue(store: Store) -> None:
    person = someone(store, "Late", date(2026, 5, 1))
    book_review(store, person.id, booked_on=date(2026, 7, 22), booked_time="10:30")
    (row,) = words(store)[OVERDUE]
    assert row.endswith("booked Wed 22 Jul 10:30 [Open]")


def test_a_review_booked_for_today_stands_under_today_with_its_hour(store: Store) -> None:
    person = someone(store, "Booked", date(2025, 1, 1))
    held(store, person, date(2025, 8, 1))
    book_review(store, person.id, booked_on=DAY, booked_time="14:00")
    (row,) = words(store)[TODAY]
    assert row == "Today 14:00: BOOKED, Marek, Last held 1 Aug 2025, booked Tue 14 Jul 14:00 [Record as held]"


def test_a_target_past_offers_to_be_changed_and_one_within_a_week_to_record_the_move(store: Store) -> None:
    for surname, day in (("Past", date(2026, 6, 30)), ("Near", date(2026, 7, 20)), ("Further", date(2026, 7, 27))):
        person = someone(store, surname, date(2025, 1, 1))
        held(store, person, date(2026, 7, 1))
        start_plan(store, person.id, aim_stage_id="supported", aim="", target_on=day)
    steps = {item.line.surname: step_of(item, DAY)[1] for item in today(store).items if item.kind == "target"}
    assert steps == {"Past": "Change target", "Near": "Record move", "Further": "Change target"}


def test_a_slipped_target_says_when_it_was_first_set_for(store: Store) -> None:
    person = someone(store, "Slip", date(2025, 1, 1))
    held(store, person, date(2026, 7, 1))
    plan = start_plan(store, person.id, aim_stage_id="independent", aim="", target_on=date(2026, 6, 30))
    with store.operation("Change target", person_id=person.id) as work:
        work.save(Target("second", plan.id, person.id, date(2026, 7, 24), DAY, position=1))
    (row,) = words(store)[SOON]
    assert row == "In 10 days: SLIP, Marek, Aim: Independent, first set for 30 Jun [Change target]"


def test_the_chips_count_what_needs_doing_and_not_what_lies_later(store: Store) -> None:
    someone(store, "Late", date(2026, 5, 1))
    someone(store, "Faroff", date(2026, 7, 13))
    data = today(store)
    assert counts(data) == {EVERYTHING: 1, "review": 1, "target": 0}
    assert [section.key for section in narrowed(sections(data, store.stages(), offers=OFFERS), "target")] == []


def test_mine_leaves_out_what_is_others(store: Store) -> None:
    someone(store, "Mine", date(2026, 5, 1))
    someone(store, "Theirs", date(2026, 5, 1), worker="o")
    assert [item.line.surname for item in today(store, MINE).items] == ["Mine"]
    assert today(store, MINE).people == 1
    assert today(store).people == 2


def test_without_leave_to_record_every_line_only_opens(store: Store) -> None:
    someone(store, "Late", date(2026, 5, 1))
    (section,) = sections(today(store), store.stages(), offers=())
    assert [row.action for row in section.rows] == ["Open"]


def test_a_line_put_off_stands_apart_with_who_and_why_and_is_not_counted(store: Store) -> None:
    person = someone(store, "Late", date(2026, 5, 1))
    (item,) = today(store).items
    put_off(store, person.id, item_key(item), until_on=date(2026, 7, 20), reason="Waits for the ward round")
    assert words(store) == {
        PUT_OFF: ["18 days overdue: LATE, Marek, Waits for the ward round (E. Fikcyjna, 14 Jul) [Take up]"]
    }
    assert counts(today(store))[EVERYTHING] == 0
    assert today(store).items == (item,), "what is due has changed"
    assert OVERDUE in [s.key for s in sections(today(store, as_at=date(2026, 7, 20)), store.stages(), offers=OFFERS)]


def test_a_line_taken_up_again_stands_where_it_stood(store: Store) -> None:
    person = someone(store, "Late", date(2026, 5, 1))
    (item,) = today(store).items
    before = words(store)
    snooze = put_off(store, person.id, item_key(item), until_on=date(2026, 7, 20), reason="Waits")
    take_up(store, snooze.id)
    assert words(store) == before


def test_the_rail_counts_what_is_listed_as_overdue_and_for_today_and_nothing_that_is_put_off(store: Store) -> None:
    aside = someone(store, "Aside", date(2026, 5, 2))
    someone(store, "Late", date(2026, 5, 1))
    someone(store, "Now", date(2026, 5, 19))
    someone(store, "Soonish", date(2026, 5, 25))
    someone(store, "Theirs", date(2026, 5, 1), worker="o")
    item = next(each for each in today(store, MINE).items if each.line.surname == "Aside")
    put_off(store, aside.id, item_key(item), until_on=date(2026, 7, 20), reason="Waits for the ward round")
    for day, now in ((DAY, 2), (date(2026, 7, 20), 4)):
        rows = {s.key: len(s.rows) for s in sections(today(store, MINE, as_at=day), store.stages(), offers=OFFERS)}
        assert read_news(store, day, "w", []).due_now == rows.get(OVERDUE, 0) + rows.get(TODAY, 0) == now


def test_once_done_a_thing_put_off_says_nothing_of_the_next_one(store: Store) -> None:
    person = someone(store, "Late", date(2026, 5, 1))
    (item,) = today(store).items
    put_off(store, person.id, item_key(item), until_on=date(2027, 7, 13), reason="Waits")
    held(store, person, DAY)
    (after,) = today(store, as_at=date(2027, 6, 14)).items
    assert group_of(after, date(2027, 6, 14)) == SOON
    assert item_key(after) not in today(store, as_at=date(2027, 6, 14)).put_off


def test_another_worker_s_and_another_team_s_day_can_be_looked_at(store: Store) -> None:
    someone(store, "Mine", date(2026, 5, 1))
    someone(store, "Theirs", date(2026, 5, 1), worker="o")
    data = today(store, "worker:o")
    assert [item.line.surname for item in data.items] == ["Theirs"]
    assert data.whose == "R. Ffug"
    assert len(today(store, "team:t").items) == 2


def test_as_at_another_day_the_same_review_stands_in_another_group(store: Store) -> None:
    someone(store, "Late", date(2026, 5, 1))
    (item,) = today(store, as_at=date(2026, 6, 20)).items
    assert group_of(item, date(2026, 6, 20)) == SOON
    assert badge_of(item, SOON, date(2026, 6, 20)).words == "In 6 days"


def test_reviews_fall_in_the_week_they_are_booked_for_else_in_the_one_they_are_due(store: Store) -> None:
    someone(store, "Late", date(2026, 5, 1))
    booked = someone(store, "Booked", date(2026, 5, 1))
    book_review(store, booked.id, booked_on=date(2026, 7, 22))
    someone(store, "Due", date(2026, 5, 21))
    weeks, unbooked = review_weeks(today(store).items, DAY)
    assert [week.reviews for week in weeks] == [1, 1, 0, 0, 0, 0]
    assert weeks[0].monday == date(2026, 7, 13)
    assert unbooked == 1


def test_since_tells_what_others_did_for_my_people_and_not_what_i_did(store: Store) -> None:
    person = someone(store, "Mine", date(2026, 5, 1))
    theirs = someone(store, "Theirs", date(2026, 5, 1), worker="o")
    add_note(store, person.id, kind="call", noted_on=DAY, text="my own note")
    seq = store.last_seq()
    store.who = "R. Ffug"
    book_review(store, person.id, booked_on=date(2026, 7, 21), booked_time="10:00")
    add_note(store, theirs.id, kind="call", noted_on=DAY, text="not about mine")
    store.who = "Ewa Fikcyjna"
    since = read_since(store, frozenset({person.id}), frozenset({"ewa fikcyjna"}), seq, None)
    assert [(news.name, news.who, [words for _, words in news.lines]) for news in since.people] == [
        ("MINE, Marek", "R. Ffug", ["Care Act review booked for Tue 21 Jul 2026, 10:00"])
    ]
    assert since.changes == 1


def test_what_was_undone_is_no_news(store: Store) -> None:
    person = someone(store, "Mine", date(2026, 5, 1))
    seq = store.last_seq()
    store.who = "R. Ffug"
    placement = store.find(Placement, person_id=person.id)[0]
    with store.operation("Change stay", person_id=person.id) as work:
        work.save(replace(placement, note="typed by mistake"))
    store.undo()
    since = read_since(store, frozenset({person.id}), frozenset({"Ewa Fikcyjna"}), seq, None)
    assert [words for news in since.people for _, words in news.lines if words == "Change stay"] == []


def test_once_seen_nothing_is_new(store: Store) -> None:
    person = someone(store, "Mine", date(2026, 5, 1))
    since = read_since(store, frozenset({person.id}), frozenset(), 0, None)
    assert since.changes > 0
    again = read_since(store, frozenset({person.id}), frozenset(), since.seq, None)
    assert again.people == ()


def test_carers_and_orders_stand_on_today_with_chips_of_their_own_and_open_what_is_to_be_done(store: Store) -> None:
    person = someone(store, "Wzor", date(2026, 6, 20))
    with store.operation("Add", person_id=person.id) as work:
        work.save(Contact("c", person.id, "carer", "Mo Ansah", assessment_due_on=DAY - timedelta(days=2)))
        work.save(LegalAndStatus("s", person.id, StatusKind.CTO, "cto", date(2026, 2, 1), expires_on=date(2026, 7, 31)))
    data = read_today(store, DAY, Question(EVERYONE))
    assert {kind: number for kind, number in counts(data).items() if number} == {EVERYTHING: 2, "carer": 1, "legal": 1}
    found = sections(data, store.stages(), offers=(*OFFERS, "edit_contact", "renew_status"))
    rows = {section.key: [(row.kind, row.text, row.action) for row in section.rows] for section in found}
    assert rows[OVERDUE] == [("Carer", "Carer’s assessment of Mo Ansah", "Record assessment")]
    assert rows[SOON] == [("Legal", "Community treatment order runs out", "Renew")]
    asked = {item.kind: arguments_of(item, "") for item in data.items if item.record_id}
    assert asked == {
        "carer": {"person_id": person.id, "contact_id": "c"},
        "legal": {"person_id": person.id, "status_id": "s"},
    }


def test_a_review_is_recorded_as_held_only_from_the_day_it_is_booked_for(store: Store) -> None:
    person = someone(store, "Wzor", date(2026, 1, 5))
    book_review(store, person.id, booked_on=date(2026, 7, 20))
    (item,) = [each for each in read_today(store, DAY, Question(EVERYONE)).items if each.kind == "review"]
    assert (item.state, step_of(item, DAY)) == ("overdue", ("rebook_review", "Change booking"))
    assert step_of(item, date(2026, 7, 20)) == ("review", "Record as held")

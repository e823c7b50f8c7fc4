"""Who fits a place: each thing asked for, the order, and the best filling against every possible one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.places.assigning import best_pairs
from mhtracker.domain.places.fitting import Answer, Asking, Offered, best_filling, fit, need_order, rank_key
from mhtracker.domain.records import Offer, Waiting

DAY = date(2026, 4, 9)
WORDS = {"ground_floor": "ground floor", "staff_24_hour": "24-hour staff", "women_only": "women only"}
PLACE = Offered("supported", "supported living", "canal", "Canal View", "Riverside",
                frozenset({"staff_24_hour", "ground_floor"}))  # fmt: skip


def asking(gender: str | None = None, **facts: object) -> Asking:
    waiting = Waiting("w", "p", **{"since_on": DAY, "stage_id": "supported", **facts})  # type: ignore[arg-type]
    return Asking(waiting, gender, "Supported living")


def answers(asked: Asking, offered: Offered = PLACE) -> dict[str, str]:
    return {each.code or each.kind: str(each.answer) for each in fit(asked, offered, WORDS).criteria}


def test_everything_asked_for_is_answered_with_its_words():
    asked = asking(localities="Riverside; Quayside", features="staff_24_hour ground_floor", own_wish=True,
                   funding_agreed=True)  # fmt: skip
    found = fit(asked, PLACE, WORDS)
    assert (found.fits, found.of, found.possible) == (6, 6, True)
    words = ["supported living", "Riverside", "24-hour staff", "ground floor", "own wish", "funding agreed"]
    assert [each.words for each in found.criteria] == words


def test_what_was_not_asked_is_not_known_and_not_a_no():
    found = answers(asking())
    assert found == {"stage": "yes", "wish": "not_known", "funding": "not_known"}


@pytest.mark.parametrize(
    ("facts", "code", "possible"),
    [
        ({"stage_id": "residential"}, "stage", False),
        ({"localities": "Quayside"}, "locality", True),
        ({"features": "lift"}, "lift", False),
        ({"own_wish": False}, "wish", False),
        ({"funding_agreed": False}, "funding", True),
        ({"service_id": "mill"}, "service", False),
    ],
)
def test_a_no_on_what_must_be_makes_it_impossible(facts, code, possible):
    found = fit(asking(**facts), PLACE, WORDS)
    assert answers(asking(**facts))[code] == "no"
    assert found.possible is possible


def test_a_feature_nobody_recorded_is_not_known():
    untold = replace(PLACE, has=frozenset({"staff_24_hour"}), unit_told=False)
    assert answers(asking(features="ground_floor"), untold)["ground_floor"] == "not_known"
    assert answers(asking(features="pets"), untold)["pets"] == "no"
    assert answers(asking(features="staff_day"), untold)["staff_day"] == "yes"


@pytest.mark.parametrize(("gender", "answer"), [("female", "yes"), ("male", "no"), (None, "not_known")])
def test_a_place_for_women_only_asks_who_somebody_is(gender, answer):
    women = replace(PLACE, has=PLACE.has | {"women_only"})
    assert answers(asking(gender), women)["women_only"] == answer
    assert "women_only" not in answers(asking(gender))
    assert answers(asking("female", features="women_only"))["women_only"] == "no"


def test_urgent_leads_then_fewest_crosses_then_hospital_then_more_ticks_then_the_longest_wait():
    def who(name: str, **facts: Any) -> Asking:
        made = asking(**{key: value for key, value in facts.items() if key != "in_hospital"})
        return replace(made, waiting=replace(made.waiting, id=name), in_hospital=bool(facts.get("in_hospital")))

    asked = [
        who("late", since_on=DAY + timedelta(days=9)),
        who("early"),
        who("ward", since_on=DAY + timedelta(days=20), in_hospital=True),
        who("urgent", since_on=DAY + timedelta(days=30), priority="urgent"),
        who("better", since_on=DAY + timedelta(days=40), own_wish=True),
        who("crossed", since_on=DAY - timedelta(days=90), own_wish=True, funding_agreed=False),
        who("cannot", own_wish=True, funding_agreed=True, stage_id="residential", priority="urgent"),
    ]
    ranked = sorted(asked, key=lambda each: rank_key(each, fit(each, PLACE, WORDS)))
    assert [each.waiting.id for each in ranked] == ["urgent", "ward", "better", "early", "late", "crossed", "cannot"]


def test_a_place_that_came_to_nothing_before_has_a_cross_for_it_and_is_not_out_of_the_question():
    def offer(unit_id: str | None, answer: str, service_id: str = PLACE.service_id) -> Offer:
        return Offer("o", "p", "w", service_id, date(2026, 6, 1), unit_id, answer, date(2026, 6, 9), "area")

    here, other = replace(PLACE, unit_id="flat5"), replace(PLACE, unit_id="flat6")

    def told(asked: Offer, place: Offered) -> list[str]:
        found = fit(replace(asking(), came_to_nothing=(asked,)), place, WORDS)
        assert found.possible
        return [each.words for each in found.criteria if each.kind == "offer"]

    assert told(offer("flat5", "refused"), here) == ["they refused it 9 Jun 2026"]
    assert told(offer("flat5", "refused"), other) == []
    assert told(offer(None, "refused"), other) == ["they refused it 9 Jun 2026"]
    assert told(offer("flat5", "declined"), other) == ["declined by the service 9 Jun 2026"]
    assert told(offer("flat5", "declined", "elsewhere"), here) == []
    before, never = replace(asking(), came_to_nothing=(offer("flat5", "declined"),)), asking()
    assert rank_key(before, fit(before, here, WORDS)) > rank_key(never, fit(never, here, WORDS))


def test_what_was_not_asked_never_puts_somebody_urgent_behind():
    asked = asking(own_wish=True, funding_agreed=True)
    urgent = replace(asking(priority="urgent"), in_hospital=True)
    assert fit(urgent, PLACE, WORDS).fits < fit(asked, PLACE, WORDS).fits
    assert rank_key(urgent, fit(urgent, PLACE, WORDS)) < rank_key(asked, fit(asked, PLACE, WORDS))
    assert best_filling([asked, urgent], [[fit(each, PLACE, WORDS)] for each in (asked, urgent)]) == [(1, 0)]


def test_greedy_would_house_one_where_two_can_be():
    everywhere = asking(localities="Riverside")
    only = asking(features="ground_floor", own_wish=True)
    ground, upstairs = PLACE, replace(PLACE, has=frozenset({"lift"}))
    people = [everywhere, only]
    fitted = [[fit(each, place, WORDS) for place in (ground, upstairs)] for each in people]
    assert sorted(best_filling(people, fitted)) == [(0, 1), (1, 0)]


def test_nobody_is_given_what_cannot_be():
    people = [asking(own_wish=False), asking(stage_id="residential")]
    assert best_filling(people, [[fit(each, PLACE, WORDS)] for each in people]) == []
    assert best_filling([], []) == []


def test_nobody_is_given_again_what_was_turned_down():
    declined = Offer("o", "p", "w", "canal", DAY, answer="declined", answered_on=DAY)
    person = replace(asking(), came_to_nothing=(declined,))
    other = replace(PLACE, service_id="mill", service="Mill Street")
    assert best_filling([person], [[fit(person, PLACE, WORDS)]]) == []
    assert best_filling([person], [[fit(person, each, WORDS) for each in (PLACE, other)]]) == [(0, 1)]


def test_a_place_in_the_wrong_area_with_less_than_half_a_yes_is_no_plan():
    elsewhere = replace(PLACE, locality="Quayside")
    person = asking(localities="Riverside")
    one_of_four = fit(person, elsewhere, WORDS)
    assert (one_of_four.fits, one_of_four.of, one_of_four.possible) == (1, 4, True)
    assert best_filling([person], [[one_of_four]]) == []
    assert best_filling([person], [[one_of_four, fit(person, PLACE, WORDS)]]) == [(0, 1)]
    half = fit(asking(localities="Riverside", own_wish=True), elsewhere, WORDS)
    assert (half.fits, half.of) == (2, 4)
    assert best_filling([person], [[half]]) == [(0, 0)]


WORTHS = st.integers(0, 5).flatmap(
    lambda columns: st.lists(st.lists(st.none() | st.integers(0, 12), min_size=columns, max_size=columns), max_size=5)
)


@given(WORTHS)
def test_the_best_pairs_are_worth_as_much_as_the_best_of_all_ways(worth):
    pairs = best_pairs(worth)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(worth[row][column] is not None for row, column in pairs)
    assert sum(worth[row][column] or 0 for row, column in pairs) == best_by_trying(worth)


def best_by_trying(worth: list[list[int | None]]) -> int:
    columns = len(worth[0]) if worth else 0
    places = [*range(columns), *([-1] * len(worth))]
    ways = set(permutations(places, len(worth)))
    return max(
        (sum(worth[row][column] or 0 for row, column in enumerate(way) if column >= 0) for way in ways), default=0
    )


@given(st.lists(st.tuples(st.sampled_from(["urgent", "high", "ordinary"]), st.integers(0, 3)), max_size=4),
       st.integers(0, 3), st.data())  # fmt: skip
def test_filling_moves_as_many_as_can_be_then_the_urgent_then_the_best_fits(people_told, number, data):
    people = []
    for place, (priority, days) in enumerate(people_told):
        made = asking(priority=priority, since_on=DAY + timedelta(days=days))
        people.append(replace(made, waiting=replace(made.waiting, id=str(place))))
    kinds = [fit(asking(own_wish=wish, funding_agreed=money), PLACE, WORDS)
             for wish in (True, False) for money in (True, False)]  # fmt: skip
    kinds.append(fit(asking(localities="Quayside"), PLACE, WORDS))
    fitted = [[data.draw(st.sampled_from(kinds)) for _ in range(number)] for _ in people]
    chosen = best_filling(people, fitted)

    def value(pairs: list[tuple[int, int]]) -> tuple[int, int, int, int]:
        told = [people[row].waiting.priority for row, _ in pairs]
        fits = sum(int(1000 * fitted[row][column].share) for row, column in pairs)
        return len(pairs), told.count("urgent"), told.count("high"), fits

    best = (0, 0, 0, 0)
    for way in set(permutations([*range(number), *([-1] * len(people))], len(people))):
        pairs = [(row, column) for row, column in enumerate(way) if column >= 0]
        if all(fitted[row][column].possible and 2 * fitted[row][column].fits >= fitted[row][column].of
               for row, column in pairs):  # fmt: skip
            best = max(best, value(pairs))
    assert value(chosen) == best


def test_who_comes_first_does_not_change_with_the_order_asked():
    people = [asking(priority="odd"), asking(priority="high")]
    assert sorted(people, key=need_order)[0].waiting.priority == "high"
    assert Answer.YES.value == "yes"

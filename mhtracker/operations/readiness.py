"""Readiness: rating somebody in several domains at once, and putting a rating right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mhtracker.domain import move_on_rules as rules
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.records import Person, Rating, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, previewed
from mhtracker.store import Store
from mhtracker.text import count


@dataclass(frozen=True, slots=True)
class Rated:
    """What is said of one domain: 0 to 3, and what shows it."""

    rating: int
    evidence: str = ""


def rate(store: Store, person_id: str, ratings: Mapping[str, Rated], *, rated_on: date) -> list[Rating]:
    """Rate domains on a day, in one step. What is said already, with the same evidence, is left as it is.

    A second rating of a domain on one day takes the place of the first. Raises Invalid by domain, or "rated_on".
    """
    with store.operation("Rate readiness", person_id=person_id) as work:
        made, _ = _rated(store, person_id, ratings, rated_on)
        work.label = f"Rate readiness in {count(len(made), 'domain')}"
        return [work.save(rating) for rating in made]


def preview_ratings(store: Store, person_id: str, ratings: Mapping[str, Rated], *, rated_on: date) -> Preview:
    """What rating would say."""
    return previewed(lambda: _rated(store, person_id, ratings, rated_on)[1])


def correct_rating(store: Store, rating_id: str, *, base: Rating | None = None, **changes: Any) -> Rating:
    """Put a rating right. What it was stays in the history. Raises Invalid, Conflict."""
    found = store.get(Rating, rating_id)
    with store.operation("Correct a rating", person_id=found.person_id) as work:
        rating = drafted(store, changed(store, work.get(Rating, rating_id), changes, base))
        rules.check_rating(rating, person=work.get(Person, rating.person_id), today=work.today)
        return work.save(rating)


def _rated(
    store: Store, person_id: str, ratings: Mapping[str, Rated], rated_on: date
) -> tuple[list[Rating], tuple[Caution, ...]]:
    person = store.get(Person, person_id)
    before = _held(store, person_id, rated_on)
    findings, made = Findings(), []
    for domain, said in ratings.items():
        was = before.get(domain)
        if was is not None and (was.rating, was.evidence) == (said.rating, said.evidence.strip()):
            continue
        try:
            rating = Rating(new_id(), person_id, domain, said.rating, rated_on, said.evidence, store.who)
            if was is not None and was.rated_on == rated_on:
                rating = replace(was, rating=said.rating, evidence=said.evidence, rated_by=store.who)
            rating = drafted(store, rating)
            for caution in rules.check_rating(rating, person=person, today=store.today):
                findings.caution(domain if caution.field == "evidence" else caution.field, caution.words)
            made.append(rating)
        except Invalid as invalid:
            for name, words in invalid.problems.items():
                findings.refuse("rated_on" if name == "rated_on" else domain, words, invalid.mends.get(name, ()))
    if not made and not findings.problems:
        findings.refuse("", "No rating differs from what is recorded. Change one, or leave it as it is.")
    return made, findings.settle()


def _held(store: Store, person_id: str, day: date) -> dict[str, Rating]:
    """The rating that holds in each domain on a day."""
    found = store.find(Rating, order_by=("rated_on", "id"), person_id=person_id)
    return {rating.domain: rating for rating in found if rating.rated_on <= day}

"""What all people of one import share, and a person as one row has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records import Person, Stage
from mhtracker.domain.reviews import ReviewRules
from mhtracker.operations.row_facts import RowFacts, Table


@dataclass(slots=True)
class Office:
    """What the drafts of one import share."""

    table: Table
    stages: Mapping[str, Stage]
    names: dict[str, str]
    rules: ReviewRules
    today: date
    who: str
    worker_teams: Mapping[str, str | None]
    ends_stated: bool


def person_of(facts: RowFacts, person_id: str, office: Office) -> Person:
    """The person as one row has them."""
    return Person(
        person_id,
        "",
        facts.surname,
        facts.given_names,
        facts.known_as or "",
        facts.born_on,
        facts.born_precision,
        facts.nhs_number,
        facts.local_id,
        facts.gender,
        facts.ethnicity,
        facts.locality or "",
        facts.worker,
        facts.team or office.worker_teams.get(facts.worker or ""),
        facts.care_coordinator or "",
        facts.died_on,
        facts.left_on,
        facts.left_reason,
    )

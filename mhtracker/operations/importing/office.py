"""What all people of one import share, and a person as one row has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mhtracker.domain.dates import write_date
from mhtracker.domain.records import Person, Stage
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.operations.importing.row_facts import RowFacts, Table
from mhtracker.operations.importing.stays import Change


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
        primary_support=facts.primary_support,
    )


def gone_words(facts: RowFacts, person: Person, *, last: bool) -> tuple[str, str] | None:
    """What to tell of somebody whose stay ended by death or far away, and whom nothing says to have gone.

    Returns our field and the words. `last`: no later stay of theirs follows.
    """
    who = f"{person.given_names} {person.surname}".strip()
    for name in ("end_reason", "destination"):
        said = getattr(facts, name)
        if said == "died" and person.died_on is None:
            return name, f"{who} died, and no date of death is given. Record the death on screen."
        if said == "out_of_area" and last and person.died_on is None and person.left_on is None:
            return name, f"{who} moved out of the area, and no date of leaving is given. Close the case on screen."
    return None


def corrected(changes: Iterable[Change], *, moved: bool) -> Iterator[tuple[str, str]]:
    """The birth dates and starts of stays that a sheet corrects, as a heading and words with before and after.

    `moved`: the row begins another stay, and its start corrects none.
    """
    for change in changes:
        birth = change.field_name == "born_on"
        if not birth and (moved or change.field_name != "started_on"):
            continue
        if isinstance(change.was, date) and isinstance(change.becomes, date):
            what = "date of birth" if birth else "start of the stay"
            words = f"The register’s {what} changes from {write_date(change.was)} to {write_date(change.becomes)}."
            yield change.column, words

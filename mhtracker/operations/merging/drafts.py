"""What merging two people would keep: field by field, record by record, and which stays cannot both hold."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from mhtracker import text
from mhtracker.domain import rules
from mhtracker.domain.better_value import Choice, WorkedOn, better_value
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.fields import field_label
from mhtracker.domain.likeness.score import Likeness, compare, facts_of
from mhtracker.domain.pathway import by_id, overlaps
from mhtracker.domain.records import KIND_OF, Note, NotSame, Person, Placement, Record, Review
from mhtracker.operations.merging.settling import settle
from mhtracker.store import Store
from mhtracker.store.codec import shape_of
from mhtracker.store.schema import RECORD_TABLES
from mhtracker.store.telling.values import Names, say_value

FIELDS_KEPT = (
    "surname", "given_names", "known_as", "born_on", "nhs_number", "local_id", "gender", "ethnicity", "locality",
    "worker_id", "team_id", "care_coordinator", "primary_support", "died_on", "left_on", "left_reason",
)  # fmt: skip

_WORDS = {
    "placement": ("stay", "stays"),
    "plan": ("move-on plan", "move-on plans"),
    "target": ("move-on date", "move-on dates"),
    "status": ("status", "statuses"),
    "attendance": ("person at a review", "people at reviews"),
    "correction": ("correction to a note", "corrections to notes"),
    "rating": ("readiness rating", "readiness ratings"),
    "snooze": ("line put off", "lines put off"),
}
"""One and several of a kind of record; the others are called by their kind."""


class Side(StrEnum):
    """Whose value a field keeps."""

    KEEP = "keep"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of the two people, in words, and whose value is kept unless somebody chooses otherwise, and why."""

    name: str
    label: str
    kept: str
    other: str
    side: Side
    why: str = ""

    @property
    def differs(self) -> bool:
        return self.kept != self.other

    @property
    def asks(self) -> bool:
        """Whether both say something, and not the same."""
        return self.differs and bool(self.kept) and bool(self.other)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two stays that cannot both hold: one of each record. `same` ones agree in stage, service and days."""

    kept: Placement
    other: Placement
    kept_words: str
    other_words: str
    same: bool


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging `other` into `keep` would do. Nothing has changed yet."""

    keep: Person
    other: Person
    fields: tuple[FieldLine, ...]
    counts: tuple[str, ...]
    clashes: tuple[Clash, ...]
    cautions: tuple[str, ...]
    likeness: Likeness


def preview_merge(store: Store, keep_id: str, other_id: str) -> MergePreview:
    """What merging one person into another would keep. Raises Invalid when they cannot be merged, NotFound."""
    keep, other = merging(store, keep_id, other_id)
    names = Names(store)
    clashes, chosen = clashes_of(store, keep_id, other_id), choices_for(store, keep, other)
    return MergePreview(
        keep,
        other,
        tuple(_field_line(names, keep, other, name, chosen[name]) for name in FIELDS_KEPT),
        tuple(_counts(store, other_id)),
        clashes,
        tuple(_cautions(store, keep, other)),
        compare(facts_of(other), facts_of(keep)),
    )


def merging(store: Store, keep_id: str, other_id: str) -> tuple[Person, Person]:
    """The two people. Raises Invalid when they are one, or one of them is part of another record already."""
    keep, other = store.get(Person, keep_id), store.get(Person, other_id)
    if keep.id == other.id:
        raise Invalid({"other": f"{keep.ref} is the same record. Choose the other one of the two."})
    for person in (keep, other):
        if person.merged_into is not None:
            into = store.get(Person, person.merged_into).ref
            raise Invalid({"other": f"{person.ref} was merged into {into} already. Choose {into} instead."})
    return keep, other


def choices_for(store: Store, keep: Person, other: Person) -> dict[str, Choice]:
    """For each field whose value is kept while nobody has chosen, and why."""
    worked_on = WorkedOn(_worked_on(store, keep.id), _worked_on(store, other.id))
    return {name: better_value(keep, other, name, worked_on) for name in FIELDS_KEPT}


def _worked_on(store: Store, person_id: str) -> date | None:
    """The last day on which something of a person happened that somebody recorded."""
    notes, reviews = store.find(Note, person_id=person_id), store.find(Review, person_id=person_id)
    days = [note.noted_on for note in notes] + [review.held_on for review in reviews if review.held_on is not None]
    days += [stay.started_on for stay in store.find(Placement, person_id=person_id)]
    return max((day for day in days if day <= store.today), default=None)


def merged_person(keep: Person, other: Person, choices: Mapping[str, str], chosen: Mapping[str, Choice]) -> Person:
    """The person as kept: the value chosen by somebody for each field, else the better one (`choices_for`)."""
    unknown = choices.keys() - set(FIELDS_KEPT)
    if unknown:
        raise Invalid({"choices": f"There is no field {', '.join(sorted(unknown))} to choose. See the list of fields."})
    taken: dict[str, Any] = {}
    for name in FIELDS_KEPT:
        if Side(choices.get(name, _side(chosen[name]))) is Side.OTHER:
            taken[name] = getattr(other, name)
            if name == "born_on":
                taken["born_precision"] = other.born_precision
    return replace(keep, **taken)


def _side(choice: Choice) -> Side:
    return Side.OTHER if choice.other else Side.KEEP


def clashes_of(store: Store, keep_id: str, other_id: str) -> tuple[Clash, ...]:
    """The stays of the two that cannot both hold, oldest first."""
    stays = {stay.id: stay for stay in store.find(Placement, person_id=[keep_id, other_id])}
    found = []
    for one, two in overlaps(stays.values(), by_id(store.stages())):
        if one.person_id != two.person_id:
            kept, other = (one, two) if one.person_id == keep_id else (two, one)
            found.append(Clash(kept, other, stay_words(store, kept), stay_words(store, other), _same_stay(kept, other)))
    return tuple(found)


def _same_stay(one: Placement, other: Placement) -> bool:
    return all(
        getattr(one, name) == getattr(other, name) for name in ("stage_id", "service_id", "started_on", "ended_on")
    )


def stay_words(store: Store, stay: Placement) -> str:
    """A stay as one line: where and when."""
    stage = next((each.label for each in store.stages() if each.id == stay.stage_id), stay.stage_id)
    service = Names(store).of("service", stay.service_id)
    place = f"{stage} at {service}" if service else stage
    until = f" to {write_date(stay.ended_on)}" if stay.ended_on else ", still there"
    return f"{place}, {write_date(stay.started_on)}{until}"


def moving_types() -> list[type[Record]]:
    """The types of record that belong to one person, and go where that person goes."""
    return [each for each in RECORD_TABLES if each is not NotSame and shape_of(each).person_field == "person_id"]


def _counts(store: Store, person_id: str) -> list[str]:
    counted = []
    for record_type in moving_types():
        if number := len(store.find(record_type, person_id=person_id)):
            kind = KIND_OF[record_type].replace("_", " ")
            counted.append(text.count(number, *_WORDS.get(kind, (kind, f"{kind}s"))))
    return counted


def _field_line(names: Names, keep: Person, other: Person, name: str, choice: Choice) -> FieldLine:
    words = [_value_words(names, person, name) for person in (keep, other)]
    return FieldLine(name, field_label(Person, name), words[0], words[1], _side(choice), choice.why)


def _value_words(names: Names, person: Person, name: str) -> str:
    value = getattr(person, name)
    if name == "nhs_number":
        return text.format_nhs(value) if value else ""
    if name == "born_on" and value is not None:
        return text.format_born(person, names.store.today)
    plain = value.isoformat() if isinstance(value, date | datetime) else value
    return say_value(names, Person, name, plain, {})


def _cautions(store: Store, keep: Person, other: Person) -> list[str]:
    found = []
    likeness = compare(facts_of(other), facts_of(keep))
    if not likeness.warns:
        found.append("Little speaks for these two being one person. Check both records before merging.")
    found += [f"{words}. Check which is right." for words in likeness.against]
    found += [each.words for each in settle(store, keep.id, other.id) if each.words]
    for person in (keep, other):
        if gone := person.died_on or person.left_on:
            what = "died" if person.died_on else "left the pathway"
            found.append(f"{person.ref} {what} on {write_date(gone)}.")
    return found


def not_kept_words(store: Store, keep: Person, other: Person, merged: Person, left_out: Set[str], words: str) -> str:
    """The note that stays on the record: who was merged, and everything that is not kept in a field of its own."""
    names = Names(store)
    lines = [f"{other.ref} {text.full_name(other)} was merged into this record."]
    lost = []
    for name in FIELDS_KEPT:
        kept = _value_words(names, merged, name)
        for person in (keep, other):
            value = _value_words(names, person, name)
            if value and value != kept:
                lost.append(f"{field_label(Person, name)}: {value} ({person.ref})")
    if lost:
        lines += ["", "Not kept in the fields:", *lost]
    stays = [stay for stay in store.find(Placement, person_id=[keep.id, other.id]) if stay.id in left_out]
    if stays:
        lines += ["", "Stays left out, since they ran at the same time as others:"]
        lines += [_whole_stay_words(store, stay, keep, other) for stay in stays]
    if words.strip():
        lines += ["", words.strip()]
    return "\n".join(lines)


def _whole_stay_words(store: Store, stay: Placement, keep: Person, other: Person) -> str:
    """A stay with everything it says, since it goes out of the list of stays."""
    names = Names(store)
    ref = keep.ref if stay.person_id == keep.id else other.ref
    told = [stay_words(store, stay)]
    for name in shape_of(Placement).columns:
        value = getattr(stay, name)
        if name in ("id", "person_id", "version", "stage_id", "service_id", "started_on", "ended_on") or not value:
            continue
        label = field_label(Placement, name)
        told.append(f"{label}: {say_value(names, Placement, name, value, {})}")
    return f"{'; '.join(told)} ({ref})"


def check_merged(store: Store, merged: Person) -> None:
    """Check the person as kept. Raises Invalid. The two may bear the same numbers, so those are not compared."""
    rules.check_person(merged, store.today, demo=store.is_demo)


def check_clashes(clashes: tuple[Clash, ...], left_out: Set[str], words: str) -> None:
    """Raises Invalid while two stays would hold at the same time, or one is left out without a word why."""
    for clash in clashes:
        if clash.kept.id not in left_out and clash.other.id not in left_out:
            told = f"{clash.kept_words} and {clash.other_words} cannot both hold. Choose the one that is right."
            raise Invalid({"stays": told})
    if any(not clash.same for clash in clashes) and not words.strip():
        raise Invalid({"words": "Say why the stays ran at the same time, and how it is known which one is right."})

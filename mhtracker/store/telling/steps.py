"""A recorded operation in words: what happened, to whom, and field by field what it was before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mhtracker import text
from mhtracker.domain.fields import field_label
from mhtracker.domain.records import KINDS, Operation
from mhtracker.store.journal import find_operation
from mhtracker.store.queries.history import Change, OperationLine, changed_fields
from mhtracker.store.register import Register
from mhtracker.store.telling.main_things import MOST_COUNTED, counted_words, main_words, people_changes, place_among
from mhtracker.store.telling.sentences import LEFT_OUT, noun, place_words, sentence, whole
from mhtracker.store.telling.told import Told
from mhtracker.store.telling.values import Names, lowered, say_value

MOST_SENTENCES = 6
MOST_READ = 40
"""How many changes of one operation are put into words: an import has thousands."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field: what it was and what it became; "" where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One record: "Stay added", "Review changed", "Note taken away"; whose; and its fields."""

    title: str
    kind: str
    record_id: str
    person: str
    fields: tuple[FieldWords, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, without its full stop. `person` is the name of whom it happened to; "" for the office."""

    words: str
    kind: str
    person_id: str | None = None
    person: str = ""

    def of_person(self) -> str:
        """`TRIAIL, Ciarán: target moved from …`."""
        return f"{self.person}: {lowered(self.words)}" if self.person else self.words


@dataclass(frozen=True, slots=True)
class StepWords:
    """One operation as history shows it. `sentences` are the first few, `more` counts what they leave out.

    `undone` says by whom and when it was taken back, "" while it holds. `takes_back` marks an undo or a redo.
    """

    id: str
    seq: int
    label: str
    who: str
    at: datetime
    reason: str
    sentences: tuple[Sentence, ...]
    more: int
    undone: str = ""
    takes_back: bool = False
    final: bool = False
    count: int = 0


def tell_steps(store: Register, lines: Sequence[OperationLine], names: Names | None = None) -> list[StepWords]:
    """Operations in words, in the order given. Their changes have to have been read, `MOST_READ` of each at most."""
    names = names or Names(store)
    names.read_people({change.person_id for line in lines for change in line.changes if change.person_id})
    return [_step(names, line) for line in lines]


def _step(names: Names, line: OperationLine) -> StepWords:
    step = line.operation
    told = sentences_of(names, line.changes, step)
    unread = max(0, line.count - len(line.changes))
    if line.count > MOST_READ and len(line.changes) >= MOST_READ:
        told, unread = [_of_many(names, line)], 0
    elif line.count > MOST_READ:
        unread = 0  # one person's part of it: the others' is not counted
    elif words := main_words(names, _directed(line.changes, step)):
        rest = [each for each in told if not _PASSED.match(each.words)]
        told = [Sentence(_as_undone(words, step), "person"), *rest]
    hidden = unread + max(0, len(told) - MOST_SENTENCES)
    return StepWords(
        step.id,
        step.seq,
        step.label,
        step.who,
        step.at,
        step.reason,
        tuple(told[:MOST_SENTENCES]),
        hidden,
        _undone_words(names, step),
        step.undoes is not None,
        step.final,
        line.count,
    )


_PASSED = re.compile(r"(?:Undone: )?(?:Passed from|Given to|No longer with|Found to be the same as)\b", re.IGNORECASE)
"""Sentences that what was done to several people tells already."""


def _of_many(names: Names, line: OperationLine) -> Sentence:
    """A large operation in one sentence: what it was for, and how many records of each kind."""
    step, store = line.operation, names.store
    if line.count > MOST_COUNTED or step.final:
        return Sentence(f"{step.label}: {text.count(line.count, 'record')}", "")
    words = main_words(names, _directed(people_changes(store, step), step))
    counted = counted_words(store, step, ("person",) if words else ())
    return Sentence(f"{_as_undone(words, step)}; {counted}" if words else f"{step.label}: {counted}", "")


def _is_undo(step: Operation | None) -> bool:
    return step is not None and step.undoes is not None and step.label.startswith("Undo")


def _directed(changes: Iterable[Change], step: Operation | None) -> list[Change]:
    """The changes as they were first made: an undo is told by what it took back."""
    return [_turned(change) for change in changes] if _is_undo(step) else list(changes)


def _as_undone(words: str, step: Operation | None) -> str:
    return f"Undone: {lowered(words)}" if _is_undo(step) else words


def _undone_words(names: Names, step: Operation) -> str:
    if step.undone_by is None:
        return ""
    by = find_operation(names.store, step.undone_by)
    at = by.at.astimezone()
    return ", ".join(filter(None, (by.who, f"{text.format_date(at.date())} {at:%H:%M}")))


def sentences_of(names: Names, changes: Iterable[Change], step: Operation | None = None) -> list[Sentence]:
    """What some changes did, a sentence for each; the two stays of one move become one."""
    told: list[Sentence] = []
    by_person: dict[str | None, list[Change]] = {}
    for change in changes:
        by_person.setdefault(change.person_id, []).append(change)
    for person_id, some in by_person.items():
        person = names.person(person_id)
        for kind, words in _of_one(names, _directed(some, step)):
            found = Sentence(_as_undone(words, step), kind, person_id, person)
            if found not in told:
                told.append(found)
    return told


def _turned(change: Change) -> Change:
    return replace(change, before=change.after, after=change.before)


def _of_one(names: Names, changes: Sequence[Change]) -> list[tuple[str, str]]:
    """The sentences of one person's changes, or the office's, what the operation was for before what came with it."""
    move = _move(names, changes)
    words, left_out = move if move is not None else ("", ())
    told = [(_place(each), each.kind, sentence(names, each)) for each in changes if each not in left_out]
    moved = [(1, "placement", words)] if words else []
    return [(kind, said) for _, kind, said in sorted([*moved, *told], key=lambda each: each[0])]


def _place(change: Change) -> int:
    return place_among(change.kind, whole(change.kind, change.after), whole(change.kind, change.before))


def _move(names: Names, changes: Sequence[Change]) -> tuple[str, tuple[Change, Change]] | None:
    """The sentence of one stay that ended and one that began, with the two changes it tells of."""
    stays = [change for change in changes if change.kind == "placement" and change.after is not None]
    ended = [
        c for c in stays if c.before is not None and not c.before.get("ended_on") and (c.after or {}).get("ended_on")
    ]
    begun = [change for change in stays if change.before is None]
    if len(ended) != 1 or len(begun) != 1:
        return None
    old, new = (
        Told(names, "placement", c.record, whole("placement", c.before), whole("placement", c.after))
        for c in (ended[0], begun[0])
    )
    left, came = old.day("ended_on"), new.day("started_on")
    days = f"on {came}" if left == came else f"leaving on {left} and coming on {came}"
    why = old.because(old.code("end_reason", "end_reason"))
    words = f"Moved from {place_words(old)} to {place_words(new)}, {days}{why}"
    return words, (ended[0], begun[0])


def tell_changes(names: Names, changes: Iterable[Change]) -> list[ChangeWords]:
    """Record by record and field by field what an operation changed. Records without a field to tell are left out."""
    return [words for change in changes if (words := _change(names, change)).fields or change.before is None]


def _change(names: Names, change: Change) -> ChangeWords:
    done = "added" if change.before is None else "taken away" if change.after is None else "changed"
    kind = noun(change.kind)
    fields: tuple[FieldWords, ...] = ()
    if change.kind in KINDS:
        record_type = KINDS[change.kind]
        before, after = whole(change.kind, change.before), whole(change.kind, change.after)
        fields = tuple(
            field
            for name, was, now in changed_fields(replace(change, before=before, after=after))
            if name not in LEFT_OUT
            and (
                field := FieldWords(
                    field_label(record_type, name),
                    say_value(names, record_type, name, was, before) if before else "",
                    say_value(names, record_type, name, now, after) if after else "",
                )
            )
            and field.before != field.after
        )
    return ChangeWords(
        f"{kind[:1].upper()}{kind[1:]} {done}", change.kind, change.record, names.person(change.person_id), fields
    )


def step_words(step: StepWords) -> str:
    """The whole operation in a line, people named: what `mhtracker history` prints."""
    said = "; ".join(each.of_person() for each in step.sentences[:2]) or step.label
    left = step.more + max(0, len(step.sentences) - 2)
    if left and len({each.person_id for each in step.sentences}) > 2 and step.sentences[0].person_id is not None:
        said = f"{step.label}: {said}"
    return f"{said}, and {text.format_number(left)} more" if left else said


def name_of_operation(store: Register, step: Operation) -> str:
    """`hold review, TRIAIL, Ciarán`: what undo calls it. An undo or a redo is called by what it takes back."""
    label = step.label.partition(": ")[2] if step.undoes is not None else step.label
    person_id = step.person_id or _only_person(store, step)
    name = Names(store).person(person_id)
    return ", ".join(filter(None, (text.first_lower(label), name)))


def _only_person(store: Register, step: Operation) -> str | None:
    """Whom an operation concerned, if it was one person."""
    from mhtracker.store.queries.history import people_of

    people = people_of(store, step.id, 2)
    return people[0] if len(people) == 1 else None

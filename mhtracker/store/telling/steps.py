"""A recorded operation in words: what happened, to whom, and field by field what it was before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mhtracker import text
from mhtracker.domain.fields import field_label
from mhtracker.domain.records import KINDS, Operation
from mhtracker.store.queries.history import Change, OperationLine, changed_fields
from mhtracker.store.store import Store
from mhtracker.store.telling.sentences import LEFT_OUT, Told, noun, place_words, sentence, whole
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


def tell_steps(store: Store, lines: Sequence[OperationLine], names: Names | None = None) -> list[StepWords]:
    """Operations in words, in the order given. Their changes have to have been read, `MOST_READ` of each at most."""
    names = names or Names(store)
    names.read_people({change.person_id for line in lines for change in line.changes if change.person_id})
    return [_step(names, line) for line in lines]


def _step(names: Names, line: OperationLine) -> StepWords:
    step = line.operation
    told = sentences_of(names, line.changes, step)
    hidden = max(0, line.count - len(line.changes)) + max(0, len(told) - MOST_SENTENCES)
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


def _undone_words(names: Names, step: Operation) -> str:
    if step.undone_by is None:
        return ""
    by = names.store.operation_of(step.undone_by)
    at = by.at.astimezone()
    return ", ".join(filter(None, (by.who, f"{text.format_date(at.date())} {at:%H:%M}")))


def sentences_of(names: Names, changes: Iterable[Change], step: Operation | None = None) -> list[Sentence]:
    """What some changes did, a sentence for each; the two stays of one move become one."""
    undo = step is not None and step.undoes is not None and step.label.startswith("Undo")
    told: list[Sentence] = []
    by_person: dict[str | None, list[Change]] = {}
    for change in changes:
        by_person.setdefault(change.person_id, []).append(change)
    for person_id, some in by_person.items():
        person = names.person(person_id)
        for kind, words in _of_one(names, [_turned(change) for change in some] if undo else some):
            words = f"Undone: {lowered(words)}" if undo else words
            found = Sentence(words, kind, person_id, person)
            if found not in told:
                told.append(found)
    return told


def _turned(change: Change) -> Change:
    return replace(change, before=change.after, after=change.before)


def _of_one(names: Names, changes: Sequence[Change]) -> list[tuple[str, str]]:
    """The sentences of one person's changes, or the office's."""
    move = _move(names, changes)
    if move is None:
        return [(change.kind, sentence(names, change)) for change in changes]
    words, left_out = move
    rest = [(change.kind, sentence(names, change)) for change in changes if change not in left_out]
    return [("placement", words), *rest]


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
    if step.count > MOST_READ:
        return f"{step.label}: {text.count(step.count, 'record')}"
    said = "; ".join(each.of_person() for each in step.sentences[:2]) or step.label
    left = step.more + max(0, len(step.sentences) - 2)
    return f"{said}, and {text.format_number(left)} more" if left else said


def name_of_operation(store: Store, step: Operation) -> str:
    """`hold review, TRIAIL, Ciarán`: what undo calls it. An undo or a redo is called by what it takes back."""
    label = step.label.partition(": ")[2] if step.undoes is not None else step.label
    person_id = step.person_id or _only_person(store, step)
    name = Names(store).person(person_id)
    return ", ".join(filter(None, (text.first_lower(label), name)))


def _only_person(store: Store, step: Operation) -> str | None:
    """Whom an operation concerned, if it was one person."""
    from mhtracker.store.queries.history import people_of

    people = people_of(store, step.id, 2)
    return people[0] if len(people) == 1 else None

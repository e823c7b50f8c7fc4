"""A caseload changes hands: people, what is still to be done for them, and a note of it, in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.names import fold
from mhtracker.domain.records import Action, Note, Person, Worker, new_id
from mhtracker.operations.drafting import drafted
from mhtracker.store import Store, Work
from mhtracker.text import count, join_words


@dataclass(frozen=True, slots=True)
class Handed:
    """One person who is handed over: to whom, and what the one who takes over is to know."""

    person_id: str
    worker_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandoverDone:
    """What was handed over: the people by id, how many open actions went along, and from whom to whom in words."""

    people: tuple[str, ...]
    actions: int
    given_by: str
    taken_by: str
    on: date


def hand_over(store: Store, handed: Sequence[Handed], *, on: date, leaver_id: str | None = None) -> HandoverDone:
    """Give people to other workers, their open actions too, each with a note of it. Raises Invalid, by person's id.

    `leaver_id` is the worker who leaves the office on that day; all their people must be among those handed over.
    """
    _check(store, handed, on)
    workers = {worker.id: worker for worker in store.find(Worker)}
    label = f"Hand over {count(len(handed), 'person', 'people')}"
    one = handed[0].person_id if len(handed) == 1 else None
    actions = 0
    givers: dict[str, None] = {}
    with store.operation(label, person_id=one) as work:
        for each in handed:
            person, taker = work.get(Person, each.person_id), workers[each.worker_id]
            giver = workers.get(person.worker_id or "")
            givers[giver.name if giver is not None else "nobody"] = None
            work.save(replace(person, worker_id=taker.id, team_id=taker.team_id or person.team_id))
            work.save(_note(store, work, person, giver, taker, on, each.note))
            actions += _pass_actions_on(work, person, giver, taker)
        if leaver_id is not None:
            _leave(work, work.get(Worker, leaver_id), on)
    takers = list(dict.fromkeys(workers[each.worker_id].name for each in handed))
    people = tuple(each.person_id for each in handed)
    return HandoverDone(people, actions, join_words(list(givers)), join_words(takers), on)


def _check(store: Store, handed: Sequence[Handed], on: date) -> None:
    if not handed:
        raise Invalid({"": "Nobody is handed over. Choose who takes over at least one person."})
    if on > store.today:
        words = f"{write_date(on)} lies ahead. Hand over on the day itself, or write today."
        raise Invalid({"on": words}, {"on": (store.today,)})
    workers = {worker.id: worker for worker in store.find(Worker)}
    people = {person.id: person for person in store.find(Person, id=[each.person_id for each in handed])}
    problems = {}
    for each in handed:
        taker, person = workers.get(each.worker_id), people.get(each.person_id)
        if taker is None or person is None:
            problems[each.person_id] = "This person or worker is no longer in the register."
        elif taker.left_on is not None and taker.left_on <= store.today:
            words = f"{taker.name} left on {write_date(taker.left_on)}. Choose somebody who holds cases now."
            problems[each.person_id] = words
        elif person.worker_id == taker.id:
            problems[each.person_id] = f"{taker.name} holds this case already. Choose somebody else, or leave it out."
    if problems:
        raise Invalid(problems)


def _note(store: Store, work: Work, person: Person, giver: Worker | None, taker: Worker, on: date, words: str) -> Note:
    given_by = f"from {giver.name} " if giver is not None else ""
    text = f"Handed over {given_by}to {taker.name} on {write_date(on)}."
    kinds = {item.code for item in store.codes("note_kind")}
    kind = next((code for code in ("handover", "record", "other") if code in kinds), "other")
    if words.strip():
        text = f"{text}\n{words.strip()}"
    return drafted(store, Note(new_id(), person.id, kind, on, text, work.who, work.now))


def _pass_actions_on(work: Work, person: Person, giver: Worker | None, taker: Worker) -> int:
    if giver is None:
        return 0
    passed = 0
    for action in work.find(Action, person_id=person.id, done_on=None, dropped_on=None):
        if action.worker_id == giver.id or (action.worker_id is None and fold(action.owner) == fold(giver.name)):
            work.save(replace(action, worker_id=taker.id, owner=""))
            passed += 1
    return passed


def _leave(work: Work, worker: Worker, on: date) -> None:
    kept = [person for person in work.find(Person, worker_id=worker.id, left_on=None) if person.died_on is None]
    if kept:
        still = count(len(kept), "person", "people")
        raise Invalid({"leaves": f"{worker.name} would still hold {still}. Hand them over too, or do not tick this."})
    work.save(replace(worker, left_on=on))

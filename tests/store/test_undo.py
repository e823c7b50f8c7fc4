"""Whatever was recorded can be undone, redone and undone again, also after reopening, and undo never guesses."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhtracker.domain.contradictions import Picture, contradictions
from mhtracker.domain.errors import Conflict, NotFound, Refused
from mhtracker.domain.records import Note, NoteCorrection, Person, Placement, Team, Worker, new_id
from mhtracker.domain.truths import TRUTHS
from mhtracker.store import create_register, open_register
from mhtracker.store.check import check
from mhtracker.store.obstacles import obstacles
from mhtracker.store.queries.history import list_operations
from tests.store.life import UNRULY, UNSHRUNK, Life, snapshot
from tests.store.registers import AS_AT, Hands, a_person, a_stay, add, every_record


def test_undo_and_redo_bring_back_exactly_what_was_also_after_reopening(register):
    store = register.open()
    empty = snapshot(store)
    saved = add(store, *every_record("Everything"))
    full = snapshot(store)
    person = next(record for record in saved if isinstance(record, Person))
    with store.operation("Edit") as work:
        work.save(replace(person, surname="Other", born_on=None))
    edited = snapshot(store)
    assert store.undo().label == "Edit"
    assert snapshot(store) == full
    register.close()
    store = register.open()
    assert store.undo().label == "Add"
    assert snapshot(store) == empty
    register.close()
    store = register.open()
    store.redo()
    assert snapshot(store) == full
    store.redo()
    assert snapshot(store) == edited
    assert check(store).problems == ()
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo()
    store.undo()
    store.undo()
    assert snapshot(store) == empty
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo()
    assert check(store).problems == ()


def test_undo_of_a_bulk_add_restores_every_row(register):
    store = register.open()
    (known,) = add(store, a_person("MHT-00001", "Known"))
    before = snapshot(store)
    people = [a_person(f"MHT-{n:05d}", f"Imported {n}") for n in range(2, 1300)]
    worker = Worker(new_id(), "New worker")
    with store.operation("Import") as work:
        work.add_many([worker, *people, *(a_stay(person) for person in people)])
        work.save(replace(known, locality="North", worker_id=worker.id))
    after = snapshot(store)
    assert len(after) == len(before) + 2 * 1298 + 1
    assert store.undo().label == "Import"
    assert snapshot(store) == before
    store.redo()
    assert snapshot(store) == after
    assert check(store).problems == ()


def test_undo_of_an_edit_that_brought_its_own_worker_takes_both_back(register):
    store = register.open()
    (person,) = add(store, a_person())
    before = snapshot(store)
    with store.operation("Give to a new worker") as work:
        worker = work.save(Worker(new_id(), "Ewa Fikcyjna"))
        work.save(replace(person, worker_id=worker.id))
    store.undo()
    assert snapshot(store) == before
    store.redo()
    assert store.get(Person, person.id).worker_id == worker.id
    assert check(store).ok


def test_an_operation_changed_later_is_not_undone_and_the_later_one_is_named(register):
    store = register.open(who="Ann Example")
    (person,) = add(store, a_person(), label="Add person")
    with store.operation("Edit once") as work:
        person = work.save(replace(person, surname="Once"))
    first = store.next_undo()
    store.who = "Bob Sample"
    with store.operation("Edit twice") as work:
        work.save(replace(person, surname="Twice"))
    before = snapshot(store)
    with pytest.raises(Conflict, match=r"“Edit once” cannot be undone by itself\. What .*“Edit twice” \(Bob Sample, "):
        store.undo(first.id)
    assert snapshot(store) == before
    store.undo()
    store.undo(first.id)
    assert store.get(Person, person.id).surname == "Przykład"
    assert check(store).ok


def test_an_addition_that_later_records_stand_on_is_not_undone(register):
    store = register.open()
    (person,) = add(store, a_person(), label="Add person")
    added = store.next_undo()
    add(store, a_stay(person), label="Add stay")
    before, seq = snapshot(store), store.last_seq()
    with pytest.raises(
        Conflict, match=r"“Add person” cannot be undone by itself\. .*: “Add stay” \(.*\d{4} \d\d:\d\d\)"
    ):
        store.undo(added.id)
    assert snapshot(store) == before
    assert store.last_seq() == seq
    assert check(store).ok


def test_an_added_worker_who_was_given_somebody_later_is_named_in_the_refusal(register):
    store = register.open(who="Ann Example")
    (person,) = add(store, a_person(), label="Add person")
    (worker,) = add(store, Worker(new_id(), "Ewa Fikcyjna"), label="Add worker")
    added = store.next_undo()
    with store.operation("Give to Ewa", person_id=person.id) as work:
        person = work.save(replace(person, worker_id=worker.id))
    with pytest.raises(Conflict, match=r"“Add worker” .*stands on it: “Give to Ewa” \(Ann Example, "):
        store.undo(added.id)
    assert "“Give to Ewa”" in obstacles(store, list_operations(store))[added.id]
    with store.operation("Give back", person_id=person.id) as work:
        work.save(replace(person, worker_id=None))
    assert added.id not in obstacles(store, list_operations(store))
    store.undo(added.id)
    assert store.find(Worker) == []


def test_finishing_a_note_is_not_undone_while_a_correction_stands_on_it(register):
    store = register.open(who="Ann Example")
    at = datetime(2026, 7, 14, 10, 41, tzinfo=UTC)
    (person,) = add(store, a_person())
    (note,) = add(store, Note(new_id(), person.id, "visit", date(2026, 7, 14), "Half", "Ann Example"))
    with store.operation("Finish note", person_id=person.id) as work:
        work.save(replace(note, finished_at=at))
    finished = store.next_undo()
    add(
        store, NoteCorrection(new_id(), person.id, note.id, "Whole", "Cut off", at, "Ann Example"), label="Correct note"
    )
    with pytest.raises(
        Conflict, match=r"“Finish note” .*A correction stands on the note: “Correct note” \(Ann Example"
    ):
        store.undo(finished.id)
    assert "“Correct note”" in obstacles(store, list_operations(store))[finished.id]
    store.undo()
    store.undo(finished.id)
    assert store.get(Note, note.id).finished_at is None
    assert check(store).ok


def test_an_earlier_operation_that_nothing_stands_on_is_undone_by_itself(register):
    store = register.open()
    team, other = add(store, Team(new_id(), "North"), Team(new_id(), "South"))
    with store.operation("Rename north") as work:
        work.save(replace(team, name="Far north"))
    named = store.next_undo()
    with store.operation("Rename south") as work:
        work.save(replace(other, name="Far south"))
    store.undo(named.id)
    assert {each.name for each in store.find(Team)} == {"North", "Far south"}
    with pytest.raises(Refused, match="undone already"):
        store.undo(named.id)
    assert store.next_undo().label == "Rename south"


def test_an_undo_can_be_undone_by_its_own_name(register):
    store = register.open()
    add(store, a_person())
    full = snapshot(store)
    store.undo()
    newest = list_operations(store, limit=1)[0].operation
    assert newest.label == "Undo: Add"
    store.undo(newest.id)
    assert snapshot(store) == full
    redone = list_operations(store, limit=1)[0].operation
    assert redone.label == "Redo: Add"
    store.undo(redone.id)
    assert snapshot(store) != full
    assert list_operations(store, limit=1)[0].operation.label == "Undo: Add"
    assert check(store).ok


def test_undo_reaches_back_past_any_number_of_operations_already_undone(file_register):
    store = file_register.open()
    add(store, a_person(), label="The first")
    for number in range(120):
        add(store, Team(new_id(), f"Team {number}"))
        store.undo()
    assert store.next_undo().label == "The first"
    assert store.next_redo().label == "Undo: Add"


def test_recording_something_new_ends_redo(register):
    store = register.open()
    add(store, a_person("MHT-00001"))
    store.undo()
    assert store.next_redo() is not None
    add(store, a_person("MHT-00002"))
    assert store.next_redo() is None
    with pytest.raises(Refused):
        store.redo()


def test_where_a_register_begins_cannot_be_undone(register):
    store = register.open()
    first = list_operations(store)[-1].operation
    assert store.next_undo() is None
    with pytest.raises(Refused, match="begins"):
        store.undo(first.id)
    with pytest.raises(NotFound):
        store.undo("no-such-operation")


def test_what_was_taken_away_comes_back_with_the_same_id(register):
    store = register.open()
    person, stay = add(store, *(lambda p: (p, a_stay(p)))(a_person()))
    with store.operation("Remove") as work:
        work.delete(stay)
        work.delete(person)
    assert store.find(Person) == []
    store.undo()
    assert store.get(Placement, stay.id) == stay
    assert check(store).ok


MOVES = st.sampled_from(["do", "do", "do", "do", "undo", "undo", "redo", "named", "reopen"])


@settings(max_examples=25, phases=UNSHRUNK)
@given(moves=st.lists(MOVES, min_size=4, max_size=22), seed=st.integers(0, 10**6))
def test_rows_follow_a_model_through_any_walk_of_edits_undo_and_redo(tmp_path_factory, moves, seed):
    path = tmp_path_factory.mktemp("walk") / "register.mhtracker"
    clock, life = Hands(), Life(seed)
    store = create_register(path, who="Ann", clock=clock)
    try:
        walk = Walk(store)
        for move in moves:
            if move == "reopen":
                walk.store.close()
                walk.store = open_register(path, who="Ann", clock=clock)
            else:
                walk.take(move, life)
            assert snapshot(walk.store) == walk.rows
            in_effect = max(walk.in_effect, default=None)
            latest = walk.store.next_undo()
            assert (latest.seq if latest else None) == in_effect
            assert (walk.store.next_redo() is not None) == bool(walk.undone)
        assert {problem.what for problem in check(walk.store).problems} <= UNRULY
    finally:
        walk.store.close()


class Walk:
    """The model: rows, what each operation did to them, which are in effect, and which were undone, latest last."""

    def __init__(self, store):
        self.store = store
        self.rows = snapshot(store)
        self.did = {}
        self.before = {}
        self.in_effect = set()
        self.undone = []

    def take(self, move, life):
        if move == "do":
            self._do(life)
        elif move == "redo" and self.undone:
            seq = self.undone.pop()
            self.store.redo()
            self._apply(self.did[seq], forwards=True)
            self.in_effect.add(seq)
        elif move in ("undo", "named") and self.in_effect:
            seqs = sorted(self.in_effect)
            self._undo(seqs[-1] if move == "undo" else life.chance.choice(seqs), named=move == "named")

    def _do(self, life):
        before = self.rows
        seq = self.store.last_seq()
        life.step(self.store)
        self.rows = snapshot(self.store)
        keys = {key for key in before.keys() | self.rows.keys() if before.get(key) != self.rows.get(key)}
        # An operation that changed nothing was not recorded, so it ends no redo either.
        assert (self.store.last_seq() == seq + 1) == bool(keys)
        if keys:
            self.before[seq + 1] = before
            self.did[seq + 1] = {key: (before.get(key), self.rows.get(key)) for key in keys}
            self.in_effect.add(seq + 1)
            self.undone.clear()

    def _undo(self, seq, *, named):
        did = self.did[seq]
        if any(self.rows.get(key) != after for key, (_, after) in did.items()):
            possible = False
        else:
            rows = {**self.rows, **{key: before for key, (before, _) in did.items()}}
            rows = {key: row for key, row in rows.items() if row is not None}
            # What stood side by side before the step, or does now, is no reason to refuse.
            possible = stands(rows) and amiss(rows) <= amiss(self.rows) | amiss(self.before[seq])
        identity = next(
            line.operation.id for line in list_operations(self.store, limit=None) if line.operation.seq == seq
        )
        if not possible:
            with pytest.raises(Conflict):
                self.store.undo(identity)
            return
        self.store.undo(identity if named else None)
        self._apply(did, forwards=False)
        self.in_effect.remove(seq)
        self.undone.append(seq)

    def _apply(self, did, *, forwards):
        self.rows = dict(self.rows)
        for key, pair in did.items():
            value = pair[1 if forwards else 0]
            if value is None:
                self.rows.pop(key, None)
            else:
                self.rows[key] = value


POINTERS = {
    "person_id": "person", "worker_id": "worker", "team_id": "team", "stage_id": "stage", "service_id": "service",
    "provider_id": "provider", "plan_id": "plan", "aim_stage_id": "stage",
}  # fmt: skip


def amiss(rows):
    """What rows say side by side that cannot be so: a random life does not look after that."""
    return contradictions(Picture(rows, AS_AT), TRUTHS)


def stands(rows):
    """Whether every record that one points to is there."""
    for record in rows.values():
        for field, kind in POINTERS.items():
            to = getattr(record, field, None)
            if to is not None and (kind, to) not in rows:
                return False
    return True

"""A register that is open: reading, operations, undo."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from mhtracker.domain.counting.stay_lengths import StayLengths
from mhtracker.domain.errors import Conflict, NotFound, Refused, Unavailable
from mhtracker.domain.records import KIND_OF, Changes, CodeItem, Operation, Record, ReviewType, Setting, Stage, new_id
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.store import contents, journal
from mhtracker.store.clock import Clock
from mhtracker.store.codec import from_image, from_rows
from mhtracker.store.engine import Database
from mhtracker.store.schema import RECORD_TABLES, changes, operations, register

R = TypeVar("R", bound=Record)
T = TypeVar("T")

KEPT_KINDS = frozenset(
    {"review_type", "measure_tool", "stage", "code", "setting", "worker", "team", "service", "provider"}
)
"""The records that `Store.kept` may hold something of."""


class Store:
    """An open register. Used by one thread at a time; a file has one store only.

    `listeners` are called with the `Changes` after each commit, on the thread that recorded.
    """

    def __init__(
        self, database: Database, *, address: str, who: str, clock: Clock, as_known: date | None = None
    ) -> None:
        self.database = database
        self.address = address
        self.who = who
        self.clock = clock
        self.as_known_on = as_known
        self.beneath: Store | None = None
        """The register that this one was copied from, to be read as it was known; None for a register itself."""
        self.listeners: list[Callable[[Changes], None]] = []
        self.new_id: Callable[[], str] = new_id
        self.put_off: dict[str, Callable[[], None]] = {}
        self.lengths_of: Callable[[Store, date], dict[str, StayLengths] | None] | None = None
        """How `queries.stuck` may count lengths of stay sooner than from one person after another. A floor above this
        one brings it: it counts with what the store does without."""
        self._kept: dict[str, Any] = {}
        self._working = False
        self.ended_badly = False
        """Whether the program that had the register open before was not closed but stopped."""

    @property
    def read_only(self) -> bool:
        return self.database.read_only or self.as_known_on is not None

    @property
    def is_recording(self) -> bool:
        """Whether an operation is under way."""
        return self._working

    @property
    def today(self) -> date:
        return self.clock.today()

    def close(self) -> None:
        """Let go of the register."""
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    def peek(self, record_type: type[R], record_id: str) -> R | None:
        """The record, or None."""
        table = RECORD_TABLES[record_type]
        rows = self.database.connection.execute(select(table).where(table.c.id == record_id)).all()
        return from_rows(record_type, rows)[0] if rows else None

    def get(self, record_type: type[R], record_id: str) -> R:
        """The record. Raises NotFound."""
        found = self.peek(record_type, record_id)
        if found is None:
            raise NotFound(f"This {KIND_OF[record_type].replace('_', ' ')} is no longer in the register.")
        return found

    def find(self, record_type: type[R], *, order_by: Sequence[str] = (), **equals: Any) -> list[R]:
        """All records whose fields equal the given values: None matches empty, a list or set any of its members."""
        table = RECORD_TABLES[record_type]
        query = select(table)
        for name, value in equals.items():
            column = table.c[name]
            query = query.where(column.in_(list(value)) if isinstance(value, (list, set, tuple)) else column == value)
        return from_rows(record_type, self.database.connection.execute(query.order_by(*(table.c[n] for n in order_by))))

    def content(self, sha256: str) -> bytes:
        """What a document holds. Raises NotFound."""
        return contents.read(self, sha256)

    def stages(self) -> tuple[Stage, ...]:
        """The pathway, from the least to the most independent stage, retired ones included."""
        return self.kept("stages", lambda: tuple(self.find(Stage, order_by=("level", "id"))))

    def review_types(self) -> tuple[ReviewType, ...]:
        """The kinds of review in their order, retired ones included."""
        return self.kept("review types", lambda: tuple(self.find(ReviewType, order_by=("position", "id"))))

    def codes(self, list_name: str) -> list[CodeItem]:
        """A code list in its order, entries no longer valid included."""
        return self.kept("codes", self._read_codes).get(list_name, [])

    def _read_codes(self) -> dict[str, list[CodeItem]]:
        lists: dict[str, list[CodeItem]] = {}
        for item in self.find(CodeItem, order_by=("position", "label")):
            lists.setdefault(item.list_name, []).append(item)
        return lists

    def kept(self, key: str, read: Callable[[], T]) -> T:
        """What seldom changes – stages, codes, rules, names – read once and kept until an operation changes any of it.

        Of a register on a server, others' changes come in with `changes_since` and with the next operation here.
        """
        if key not in self._kept:
            self._kept[key] = read()
        return cast("T", self._kept[key])

    def forget(self) -> None:
        """Forget all that was kept: something else than an operation of this store has written."""
        self._kept.clear()

    def make_ready(self, name: str) -> None:
        """Make a derived table that was put off until somebody asks for it. Only a register as it was known has any."""
        make = self.put_off.pop(name, None)
        if make is not None:
            make()

    def _forget(self, kinds: Iterable[str]) -> None:
        if not KEPT_KINDS.isdisjoint(kinds):
            self._kept.clear()

    def code_label(self, list_name: str, code: str | None) -> str:
        """The words for a code; the code itself when the list does not know it; "" for None."""
        if code is None:
            return ""
        # A contact is no review and so not in its list; that it is not needed is told by its name all the same.
        types = self.review_types() if list_name == "review_kind" else ()
        labels = {each.id: each.label for each in types}
        return next((item.label for item in self.codes(list_name) if item.code == code), labels.get(code, code))

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting of this register."""
        found = self.peek(Setting, key)
        return json.loads(found.value) if found is not None else default

    def review_rules(self) -> ReviewRules:
        """The office's review rules."""
        return self.kept("rules", lambda: ReviewRules(**self.setting("review_rules", {})))

    @property
    def council(self) -> str:
        return cast("str", self.setting("council", ""))

    def fact(self, key: str) -> str | None:
        """What the register's maker wrote of it ("demo", "made_by"); None when nothing."""
        return self.database.connection.execute(select(register.c.value).where(register.c.key == key)).scalar()

    @property
    def is_demo(self) -> bool:
        return self.fact("demo") is not None

    # Writing

    @contextmanager
    def operation(
        self,
        label: str,
        *,
        person_id: str | None = None,
        reason: str = "",
        undoes: str | None = None,
        final: bool = False,
    ) -> Iterator[journal.Work]:
        """One recorded change: everything saved inside is committed together with its journal, or not at all.

        An operation that changes nothing leaves no trace. What is known only inside may name it: `work.label`. Raises
        Refused on a register opened to read.
        """
        if self.read_only:
            raise Refused("This register is open to be read only; nothing can be recorded in it.")
        if self._working:
            raise RuntimeError("operations do not nest")
        self._working = True
        changed: Changes | None = None
        work = journal.Work(self)
        try:
            self._guarded(self.database.begin)
            if self.database.flavour == "postgresql":
                self._kept.clear()
            try:
                yield work
                if work.changes:
                    self._forget(kind for kind, *_ in work.changes)
                    changed = journal.record_operation(
                        self, work, work.label or label, reason=reason, person_id=person_id, undoes=undoes, final=final
                    )
                self._guarded(self.database.commit)
            except BaseException as error:
                self._kept.clear()
                self.database.rollback()
                if isinstance(error, DBAPIError):
                    raise self._plain(error) from error
                raise
        finally:
            self._working = False
        if changed is not None:
            for listener in self.listeners:
                listener(changed)

    def undo(self, operation_id: str | None = None) -> Operation:
        """Undo the latest operation still in effect, or the one named; an undo named is thereby redone.

        Returns the operation undone. Raises Refused or Conflict in words that say why not.
        """
        if operation_id is None:
            latest = self.next_undo()
            if latest is None:
                raise Refused("There is nothing to undo.")
            operation_id = latest.id
        return self._take_back(operation_id)

    def redo(self) -> Operation:
        """Redo the latest undo. Raises Refused when something new was recorded since, or there is none."""
        latest = self.next_redo()
        if latest is None:
            raise Refused("There is nothing to redo.")
        return self._take_back(latest.id)

    def _take_back(self, operation_id: str) -> Operation:
        from mhtracker.store.obstacles import refusal

        taken = self.operation_of(operation_id)
        done, _, name = taken.label.partition(": ") if taken.undoes else ("", "", taken.label)
        words = f"Redo: {name}" if done == "Undo" else f"Undo: {name}"
        try:
            with self.operation(words, person_id=taken.person_id, undoes=operation_id) as work:
                journal.undo(self, work, operation_id)
        except Conflict as conflict:
            # Asked only now: after a refused statement a server answers nothing more within that transaction.
            raise Conflict(refusal(self, operation_id, str(conflict)), theirs=conflict.theirs) from conflict
        return taken

    def next_undo(self) -> Operation | None:
        return journal.next_undo(self)

    def next_redo(self) -> Operation | None:
        """The undo that `redo` would take back; its own label says "Undo: …"."""
        return journal.next_redo(self)

    def operation_of(self, operation_id: str) -> Operation:
        """The operation of an id. Raises NotFound."""
        return journal.find_operation(self, operation_id)

    def last_seq(self) -> int:
        """The number of the newest operation (0: none)."""
        return self.database.connection.execute(select(func.max(operations.c.seq))).scalar() or 0

    def changes_since(self, seq: int) -> list[Changes]:
        """What operations newer than `seq` changed, oldest first."""
        found = []
        query = select(operations).where(operations.c.seq > seq).order_by(operations.c.seq)
        for row in self.database.connection.execute(query).all():
            picked = select(changes.c.kind, changes.c.record_id, changes.c.person_id)
            rows = self.database.connection.execute(
                picked.where(changes.c.seq.between(row.first_change, row.last_change))
            ).all()
            people = frozenset(each.person_id for each in rows if each.person_id)
            self._forget(each.kind for each in rows)
            found.append(Changes(row.id, row.label, frozenset((each.kind, each.record_id) for each in rows), people))
        return found

    def conflict(self, *, mine: Record, theirs: Record | None) -> Conflict:
        """The conflict between a record about to be saved and what stands there, with the one both began from."""
        kind = KIND_OF[type(mine)]
        query = (
            select(changes.c.before, operations.c.who, operations.c.at_utc)
            .join(operations, changes.c.seq.between(operations.c.first_change, operations.c.last_change))
            .where(changes.c.record_id == mine.id, changes.c.kind == kind)
            .order_by(changes.c.seq.desc())
        )
        latest = self.database.connection.execute(query).first()
        who = latest.who if latest and latest.who else "Somebody"
        original = from_image(kind, mine.id, latest.before, mine.version) if latest and latest.before else None
        at = datetime.fromisoformat(latest.at_utc) if latest else None
        words = (
            f"{who} changed this while you were typing." if theirs else f"{who} took this away while you were typing."
        )
        return Conflict(words, mine=mine, theirs=theirs, original=original, who=who, at=at)

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except DBAPIError as error:
            raise self._plain(error) from error

    def _plain(self, error: DBAPIError) -> Exception:
        words = str(error.orig).lower()
        if isinstance(error, IntegrityError):
            return Conflict(
                "This points to something that is no longer in the register, or repeats a reference in use."
            )
        if "full" in words or "disk i/o" in words:
            return Unavailable("The disk is full or cannot be written. Nothing was recorded; what was before is safe.")
        if "readonly" in words or "read-only" in words:
            return Unavailable("The register may no longer be written here. Nothing was recorded.")
        if "locked" in words or "busy" in words:
            return Unavailable("Somebody else is recording just now. Nothing was recorded; try again in a moment.")
        if isinstance(error, OperationalError):
            return Unavailable(
                "The register cannot be reached. Nothing was recorded; check the connection or the drive."
            )
        return error

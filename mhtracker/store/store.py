"""A register that is open to be recorded in: operations, undo, what others changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from mhtracker.domain.counting.stay_lengths import StayLengths
from mhtracker.domain.errors import Conflict, Refused, Unavailable
from mhtracker.domain.records import Changes, Operation
from mhtracker.store import contents, journal
from mhtracker.store.clock import Clock
from mhtracker.store.engine import Database
from mhtracker.store.obstacles import refusal
from mhtracker.store.register import Register
from mhtracker.store.schema import changes, operations


class Store(Register):
    """An open register. Used by one thread at a time; a file has one store only.

    `listeners` are called with the `Changes` after each commit, on the thread that recorded.
    """

    def __init__(
        self, database: Database, *, address: str, who: str, clock: Clock, as_known: date | None = None
    ) -> None:
        super().__init__(database, address=address, who=who, clock=clock, as_known=as_known)
        self.listeners: list[Callable[[Changes], None]] = []
        self.lengths_of: Callable[[Store, date], dict[str, StayLengths] | None] | None = None
        """How `queries.stuck` may count lengths of stay sooner than from one person after another. A floor above this
        one brings it: it counts with what the store does without."""
        self._working = False
        self.ended_badly = False
        """Whether the program that had the register open before was not closed but stopped."""

    @property
    def is_recording(self) -> bool:
        """Whether an operation is under way."""
        return self._working

    def close(self) -> None:
        """Let go of the register."""
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    def content(self, sha256: str) -> bytes:
        """What a document holds. Raises NotFound."""
        return contents.read(self, sha256)

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

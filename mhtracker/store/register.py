"""A register as it is read: its records, what is kept of them, and what its maker wrote of it.

Whatever works on an open register without recording in it takes this half; `store.Store` adds operations and undo.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import select

from mhtracker.domain.errors import Conflict, NotFound
from mhtracker.domain.records import KIND_OF, CodeItem, Record, ReviewType, Setting, Stage, new_id
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.store.clock import Clock
from mhtracker.store.codec import from_image, from_rows
from mhtracker.store.engine import Database
from mhtracker.store.schema import RECORD_TABLES, changes, operations, register

R = TypeVar("R", bound=Record)
T = TypeVar("T")

KEPT_KINDS = frozenset(
    {"review_type", "measure_tool", "stage", "code", "setting", "worker", "team", "service", "provider"}
)
"""The records that `Register.kept` may hold something of."""


class Register:
    """An open register's reading half. Used by one thread at a time; a file has one only."""

    def __init__(
        self, database: Database, *, address: str, who: str, clock: Clock, as_known: date | None = None
    ) -> None:
        self.database = database
        self.address = address
        self.who = who
        self.clock = clock
        self.as_known_on = as_known
        self.beneath: Register | None = None
        """The register that this one was copied from, to be read as it was known; None for a register itself."""
        self.new_id: Callable[[], str] = new_id
        self.put_off: dict[str, Callable[[], None]] = {}
        self._kept: dict[str, Any] = {}

    @property
    def read_only(self) -> bool:
        return self.database.read_only or self.as_known_on is not None

    @property
    def today(self) -> date:
        return self.clock.today()

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

"""The values of recorded images as people read them: dates written out, codes in their words, ids as names."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from mhtracker import text
from mhtracker.domain.fields import FIELDS
from mhtracker.domain.records import KINDS, LegalAndStatus, Person, Record, Setting
from mhtracker.store.codec import image_values, shape_of, to_values
from mhtracker.store.register import Register
from mhtracker.store.schema import changes

LONGEST = 300
GONE = "no longer there"
_OTHER_ENDS = {"other_id": "person", "merged_into": "person", "tool_id": "measure_tool"}
_CALLED = ("name", "label", "words", "what", "text", "aim")
_PROPER = re.compile(r"Care Act|Section \d|DoLS|Court of")
_NO_LABEL_NEEDED = {"s117": "s117", "cto": "CTO", "dols": "DoLS"}


class Names:
    """Reads each name once. One is made for one answer, so that nothing it knows grows old."""

    def __init__(self, store: Register) -> None:
        self.store = store
        self._names: dict[tuple[str, str], str] = {}

    def person(self, person_id: str | None) -> str:
        """`TRIAIL, Ciarán`; "" for nobody."""
        return self.of("person", person_id) if person_id else ""

    def of(self, kind: str, record_id: str | None) -> str:
        """What a record is called, also one that has been taken away since; "" for None."""
        if record_id is None:
            return ""
        key = (kind, record_id)
        if key not in self._names:
            self._names[key] = self._read(kind, record_id)
        return self._names[key]

    def read_people(self, ids: set[str]) -> None:
        """Read many people's names in one go."""
        wanted = [each for each in ids if ("person", each) not in self._names]
        for start in range(0, len(wanted), 500):
            for person in self.store.find(Person, id=wanted[start : start + 500]):
                self._names["person", person.id] = text.full_name(person)

    def _read(self, kind: str, record_id: str) -> str:
        found = self.store.peek(KINDS[kind], record_id)
        if found is None:
            last = self.last_image(kind, record_id)
            return name_of_values(kind, last) if last is not None else GONE
        if isinstance(found, Person):
            return text.full_name(found)
        return name_of_values(kind, {name: getattr(found, name) for name in shape_of(type(found)).columns})

    def last_image(self, kind: str, record_id: str) -> dict[str, Any] | None:
        """The last values of a record that is gone."""
        query = (
            select(changes.c.before)
            .where(changes.c.record_id == record_id, changes.c.kind == kind, changes.c.before.is_not(None))
            .order_by(changes.c.seq.desc())
            .limit(1)
        )
        return image_values(self.store.database.connection.execute(query).scalar())

    def values_of(self, kind: str, record_id: str | None) -> dict[str, Any]:
        """A record's values as an image has them, present or last; {} when there never was one."""
        if record_id is None:
            return {}
        found = self.store.peek(KINDS[kind], record_id)
        if found is None:
            return self.last_image(kind, record_id) or {}
        shape = shape_of(type(found))
        return dict(zip(shape.columns, to_values(found), strict=True))


def name_of_values(kind: str, values: dict[str, Any]) -> str:
    """What to call a record by its values."""
    if kind == "person":
        return text.name_in_order(str(values.get("surname", "")), str(values.get("given_names", "")))
    return next((str(values[name]) for name in _CALLED if values.get(name)), "")


def kind_pointed_to(name: str) -> str | None:
    """The kind of record that a field of this name holds the id of; None when it holds none."""
    if name in _OTHER_ENDS:
        return _OTHER_ENDS[name]
    if not name.endswith("_id"):
        return None
    bare = name.removesuffix("_id")
    for kind in (bare, bare.rpartition("_")[2]):
        if kind in KINDS:
            return kind
    return None


def say_value(names: Names, record_type: type[Record], name: str, value: Any, others: dict[str, Any]) -> str:
    """A value of an image as people read it. `others` are the values beside it: a status's kind names its list."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if (kind := kind_pointed_to(name)) is not None:
        return names.of(kind, str(value))
    if isinstance(value, str) and (day := _moment(record_type, name, value)):
        return day
    if name.endswith("_pence"):
        return text.format_pence(int(value))
    if name == "nhs_number":
        return text.format_nhs(str(value))
    if record_type is Setting and name == "value":
        return shortened(_setting_words(str(value)))
    if isinstance(value, float):
        return f"{value:g}".replace("-", text.MINUS)
    list_name = code_list_of(record_type, name, others)
    if list_name:
        return code_words(names.store, list_name, str(value))
    return shortened(str(value))


def code_list_of(record_type: type[Record], name: str, others: dict[str, Any]) -> str:
    """The code list that a field's values come from; "" for none."""
    if record_type is LegalAndStatus and name in ("code", "kind"):
        return str(others.get("kind", "")) if name == "code" else "status_kind"
    told = FIELDS.get(record_type, {}).get(name)
    return told.code_list if told is not None else ""


def code_words(store: Register, list_name: str, code: str) -> str:
    """The words of a code; of one that no list knows, the code without its underscores."""
    words = store.code_label(list_name, code)
    if words != code:
        return words
    return _NO_LABEL_NEEDED.get(code, code.replace("_", " "))


def day_words(value: Any, *, weekday: bool = False) -> str:
    """`3 May 2026` of a day as an image has it; "" for none."""
    return text.format_date(date.fromisoformat(value), weekday=weekday) if isinstance(value, str) and value else ""


def lowered(words: str) -> str:
    """A sentence as it stands behind a colon: `target moved from …`, with `Care Act review held` as it is."""
    return words if _PROPER.match(words) else text.first_lower(words)


def shortened(words: str, longest: int = LONGEST) -> str:
    """Words on one line, cut where they are too long."""
    words = " ".join(words.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _moment(record_type: type[Record], name: str, value: str) -> str:
    """A day or a time written out; "" when the field holds neither."""
    real = next((field.real for field in shape_of(record_type).fields if field.name == name), None)
    try:
        if real == date.fromisoformat:
            return text.format_date(date.fromisoformat(value))
        if real == datetime.fromisoformat:
            at = datetime.fromisoformat(value).astimezone()
            return f"{text.format_date(at.date())} {at:%H:%M}"
    except ValueError:
        return value
    return ""


def _setting_words(value: str) -> str:
    """A setting's JSON without its signs."""
    try:
        read = json.loads(value)
    except ValueError:
        return value
    if isinstance(read, dict):
        return ", ".join(
            f"{str(key).replace('_', ' ')} {_setting_words(json.dumps(each))}" for key, each in read.items()
        )
    if isinstance(read, list):
        return ", ".join(str(each) for each in read)
    return {True: "yes", False: "no", None: ""}.get(read, str(read)) if isinstance(read, bool | None) else str(read)

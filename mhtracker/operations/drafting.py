"""What every operation does before it saves: clean, check the codes, see whether somebody else was quicker.

An operation drafts its records from what the register holds, checks them, and saves them. Its preview drafts the same
and saves nothing, so a form can show what recording would do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from mhtracker.domain.clean_text import clean_line, clean_record
from mhtracker.domain.errors import Invalid
from mhtracker.domain.fields import FIELDS
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.number_limits import check_numbers
from mhtracker.domain.records import LegalAndStatus, Record
from mhtracker.store import Store

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Consequence:
    """Something that follows from recording. `kind` names its icon: review, target, plan, gap, place or stage."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What recording a form as it stands would do. Nothing has changed yet.

    `problems` and `mends` are those of Invalid: with any, recording is refused.
    """

    problems: Mapping[str, str] = field(default_factory=dict)
    mends: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    cautions: tuple[Caution, ...] = ()
    consequences: tuple[Consequence, ...] = ()


def previewed(draft: Callable[[], tuple[Caution, ...]], *consequences: Consequence) -> Preview:
    """The preview of one draft: its cautions, or the problems it raises."""
    try:
        return Preview(cautions=draft(), consequences=consequences)
    except Invalid as invalid:
        return Preview(invalid.problems, invalid.mends, (), consequences)


def previewed_record(
    record: R | None, new: Callable[[], R], edited: Callable[[R], R], check: Callable[[R], tuple[Caution, ...]]
) -> Preview:
    """The preview of a record as it would be: made new, or changed where there is one; nothing is saved."""
    return previewed(lambda: check(new() if record is None else edited(record)))


def drafted(store: Store, record: R) -> R:
    """The record with its texts cleaned. Raises Invalid for what cannot be kept and codes no list has."""
    record = clean_record(record)
    findings = Findings()
    check_numbers(record, findings)
    for name, told in FIELDS.get(type(record), {}).items():
        list_name = told.code_list
        if isinstance(record, LegalAndStatus) and name == "code":
            list_name = record.kind
        value = getattr(record, name, None) if list_name else None
        known = {item.code for item in store.codes(list_name)} if value else set()
        # Only what a place has or somebody needs is several codes, parted by spaces.
        for code in (value.split() if name == "features" else [value]) if value else ():
            if code not in known:
                findings.refuse(
                    name, f"{told.label} “{code}” is not in its list. Choose one that is, or add it to the list."
                )
    findings.settle()
    return record


def changed(store: Store, record: R, changes: Mapping[str, Any], base: R | None) -> R:
    """The record with changes made to it, as it stands in the register.

    `base` is the record as the person who made the changes saw it. What somebody else changed since is kept; raises
    Conflict where both changed the same field.
    """
    unknown = changes.keys() - (FIELDS[type(record)].keys() - {"next_on"})
    if unknown:
        raise TypeError(f"{type(record).__name__} has no field {', '.join(sorted(unknown))} that may be changed")
    wanted: dict[str, Any] = dict(changes)
    mine = replace(record, **wanted)
    if base is not None and base.version != record.version:
        for name, value in wanted.items():
            if getattr(record, name) not in (getattr(base, name), value):
                raise store.conflict(mine=mine, theirs=record)
    return mine


def reason_of(typed: str) -> str:
    """A reason as the history keeps it. Raises Invalid("reason")."""
    try:
        return clean_line(typed)
    except Invalid as invalid:
        raise Invalid({"reason": str(invalid)}) from invalid


def none_if_empty(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The values with "" turned to None for the named ones, which forms cannot tell apart."""
    empty = set(names)
    return {name: None if name in empty and value == "" else value for name, value in values.items()}

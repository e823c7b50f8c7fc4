"""`duplicates` and `merge`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from mhtracker import text
from mhtracker.cli import plain
from mhtracker.cli.session import answer, opened
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Person
from mhtracker.operations.merging.drafts import FIELDS_KEPT, Clash, MergePreview, Side, preview_merge
from mhtracker.operations.merging.people import merge_people
from mhtracker.store import Store
from mhtracker.store.queries.history import list_operations
from mhtracker.store.queries.likely import LikelyPair, find_all_likely
from mhtracker.store.queries.person import find_person


def duplicates(asked: argparse.Namespace) -> int:
    """`mhtracker duplicates`."""
    with opened(asked) as store:
        pairs = find_all_likely(store, limit=None)
    shown = pairs[: asked.limit] if asked.limit else pairs
    facts = {"count": len(pairs), "pairs": [_pair(each) for each in shown]}
    return answer(asked, facts, lambda: _told(shown, len(pairs)))


def _pair(pair: LikelyPair) -> dict[str, Any]:
    likeness = pair.likeness
    return {
        "one": _person(pair.one),
        "other": _person(pair.other),
        "score": likeness.score,
        "reasons": list(likeness.reasons),
        "against": list(likeness.against),
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "ref": person.ref,
        "name": text.full_name(person),
        "born_on": person.born_on.isoformat() if person.born_on else None,
        "nhs_number": person.nhs_number,
        "local_id": person.local_id,
    }


def _told(pairs: Sequence[LikelyPair], count: int) -> str:
    if not pairs:
        return "Nobody seems to be in this register twice."
    rows = (
        (
            str(pair.likeness.score),
            f"{pair.one.ref} {text.full_name(pair.one)}",
            f"{pair.other.ref} {text.full_name(pair.other)}",
            "; ".join(pair.likeness.reasons),
        )
        for pair in pairs
    )
    shown = text.count(count, "pair")
    if len(pairs) < count:
        shown = f"{text.format_number(len(pairs))} of {shown}"
    return f"{plain.table(('Score', 'One', 'Other', 'Why'), rows, right=(0,))}\n\n{shown}, the likeliest first."


def merge(asked: argparse.Namespace) -> int:
    """`mhtracker merge`."""
    choices = dict(map(_choice, asked.choices))
    with opened(asked) as store:
        keep, other = find_person(store, asked.keep), find_person(store, asked.other)
        told = preview_merge(store, keep.id, other.id)
        left_out = [_left_out(clash, asked.stays) for clash in told.clashes if not clash.same and asked.stays]
        operation = None
        if not asked.dry_run:
            merge_people(
                store, keep.id, other.id, choices=choices, leave_out=left_out, words=_why(told, asked)
            )  # fmt: skip
            operation = _latest(store)
    facts = _facts(told, choices) | {"dry_run": asked.dry_run, "operation": operation}
    facts["written"] = None if asked.dry_run else str(asked.file)
    return answer(asked, facts, lambda: _merged(told, choices, dry_run=asked.dry_run))


def _choice(typed: str) -> tuple[str, str]:
    name, _, side = typed.partition("=")
    if name not in FIELDS_KEPT or side not in (Side.KEEP, Side.OTHER):
        raise Invalid({"choose": f"“{typed}” is not FIELD=keep or FIELD=other. Fields: {', '.join(FIELDS_KEPT)}."})
    return name, side


def _left_out(clash: Clash, stays: str) -> str:
    return clash.other.id if stays == Side.KEEP else clash.kept.id


def _why(told: MergePreview, asked: argparse.Namespace) -> str:
    clash = next((each for each in told.clashes if not each.same), None)
    if clash is not None and not asked.stays:
        words = f"{clash.kept_words} and {clash.other_words} cannot both hold. Say whose stays are right with --stays."
        raise Invalid({"stays": words})
    if clash is not None and not asked.words.strip():
        raise Invalid({"words": "Say with --words why both stays were recorded, and how it is known which is right."})
    return str(asked.words)


def _latest(store: Store) -> str:
    (newest,) = list_operations(store, limit=1, with_changes=0)
    return newest.operation.id


def _facts(told: MergePreview, choices: dict[str, str]) -> dict[str, Any]:
    return {
        "kept": _person(told.keep),
        "merged": _person(told.other),
        "score": told.likeness.score,
        "fields": [
            {"field": line.name, "kept": line.kept, "other": line.other, "side": choices.get(line.name, line.side)}
            for line in told.fields
            if line.differs
        ],
        "goes_over": list(told.counts),
        "stays": [{"kept": each.kept_words, "other": each.other_words, "same": each.same} for each in told.clashes],
        "cautions": list(told.cautions),
    }


def _merged(told: MergePreview, choices: dict[str, str], *, dry_run: bool) -> str:
    rows = [
        (line.label, line.kept, line.other, "other" if choices.get(line.name, line.side) == Side.OTHER else "keep")
        for line in told.fields
        if line.differs
    ]
    parts = [plain.table(("Field", told.keep.ref, told.other.ref, "Kept"), rows)] if rows else []
    parts += [f"Goes over: {', '.join(told.counts)}."] if told.counts else []
    parts += [f"Cannot both hold: {each.kept_words}; {each.other_words}." for each in told.clashes if not each.same]
    parts += [f"Note: {words}" for words in told.cautions]
    done = "would be merged" if dry_run else "was merged"
    return "\n".join([*parts, f"{told.other.ref} {done} into {told.keep.ref}."])

"""What is kept of an import: the match of columns in the register, and a half-done import as a draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mhtracker.operations.importing.headings import OUR_FIELDS, squash
from mhtracker.operations.importing.mends import Decision, MendKind
from mhtracker.operations.settings import change_setting
from mhtracker.store import Store
from mhtracker.store.drafts import drop_draft, get_draft, save_draft

DRAFT = "import"


def match_key(headings: Sequence[str]) -> str:
    """Which setting keeps the match of a set of headings, in whatever order they stand."""
    written = "\n".join(sorted(squash(heading) for heading in headings if heading))
    return "import_match/" + hashlib.sha256(written.encode()).hexdigest()[:16]


def kept_match(store: Store, headings: Sequence[str]) -> dict[str, str | None] | None:
    """The match saved for these headings, by the sheet's own; None when there is none."""
    kept: Any = store.setting(match_key(headings))
    if not isinstance(kept, dict):
        return None
    by_key = {squash(heading): heading for heading in headings if heading}
    return {
        by_key[key]: name or None for key, name in kept.items() if key in by_key and (not name or name in OUR_FIELDS)
    }


def keep_match(store: Store, headings: Sequence[str], mapping: Mapping[str, str | None]) -> None:
    """Save a match for sheets with these headings. Undoable."""
    change_setting(store, match_key(headings), {squash(heading): name for heading, name in mapping.items()})


@dataclass(frozen=True, slots=True)
class HalfDone:
    """An import that was begun: where the file is, how it was read and what was decided. None of its rows.

    `sha256` is the sheet's content then: decisions speak of rows by their number, so they hold for that content only.
    """

    path: Path
    how: Mapping[str, Any]
    mapping: Mapping[str, str | None]
    decisions: tuple[Decision, ...]
    sha256: str


def keep_draft(store: Store, half: HalfDone) -> None:
    """Keep a half-done import."""
    texts = {
        "file": str(half.path),
        "how": json.dumps(dict(half.how)),
        "mapping": json.dumps(dict(half.mapping)),
        "decisions": json.dumps([asdict(decision) for decision in half.decisions]),
        "sha256": half.sha256,
    }
    save_draft(store, DRAFT, person_id=None, label=f"Import of {half.path.name}", texts=texts)


def forget_draft(store: Store) -> None:
    """Forget it, once it is imported."""
    drop_draft(store, DRAFT)


def read_draft(store: Store) -> HalfDone | None:
    """The half-done import, if one is kept and can be understood."""
    draft = get_draft(store, DRAFT)
    if draft is None:
        return None
    try:
        texts = draft.texts
        decisions = tuple(
            Decision(int(each["row"]), MendKind(each["kind"]), each["column"], each["value"])
            for each in json.loads(texts["decisions"])
        )
        how, mapping = json.loads(texts["how"]), json.loads(texts["mapping"])
        return HalfDone(Path(texts["file"]), how, mapping, decisions, texts["sha256"])
    except (KeyError, TypeError, ValueError):
        return None

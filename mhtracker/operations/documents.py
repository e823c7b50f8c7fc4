"""Documents of a person: kept inside the register, never opened by themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.file_names import clean_name
from mhtracker.domain.file_types import TYPES, FileType, find_type
from mhtracker.domain.records import Document, Person, new_id
from mhtracker.operations.drafting import changed, drafted
from mhtracker.operations.settings import change_setting
from mhtracker.store import Store

LIMIT_SETTING = "document_megabytes"
USUAL_MEGABYTES, MOST_MEGABYTES = 25, 200
MEGABYTE = 1_000_000


def largest_size(store: Store) -> int:
    """The most bytes a document may have in this register."""
    return int(store.setting(LIMIT_SETTING, USUAL_MEGABYTES)) * MEGABYTE


def set_largest_size(store: Store, megabytes: int) -> None:
    """Change the most that a document may have. Raises Invalid."""
    if not 1 <= megabytes <= MOST_MEGABYTES:
        raise Invalid({"megabytes": f"Largest document is {megabytes} MB. Choose 1 to {MOST_MEGABYTES}."})
    change_setting(store, LIMIT_SETTING, megabytes)


def check_document(name: str, content: bytes, most: int) -> FileType:
    """The type of a file, found from its bytes. Raises Invalid({"": words}) for one that is not taken."""
    if len(content) > most:
        size, largest = text.format_size(len(content)), text.format_size(most)
        words = f"This file has {size} and the most is {largest}. Make it smaller, such as by scanning in grey."
        raise Invalid({"": words})
    return find_type(name, content)


def add_document(
    store: Store,
    person_id: str,
    *,
    name: str,
    content: bytes,
    about: str | None = None,
    dated_on: date | None = None,
    note: str = "",
    in_packs: bool = False,
) -> Document:
    """Keep a file in a person's record. Raises Invalid for one that is not taken, and for one that is there already."""
    file_type = check_document(name, content, largest_size(store))
    with store.operation("Add document", person_id=person_id) as work:
        work.get(Person, person_id)
        document = Document(
            new_id(), person_id, clean_name(name, file_type.ending), file_type.media_type, len(content),
            work.keep_content(content), work.now, work.who, about, dated_on, note, in_packs,
        )  # fmt: skip
        for other in work.find(Document, person_id=person_id, sha256=document.sha256):
            raise Invalid({"": f"This very file is in the record already, as {other.name}."})
        _check_dated(document, work.today)
        return work.save(drafted(store, document))


def edit_document(store: Store, document_id: str, *, base: Document | None = None, **changes: Any) -> Document:
    """Rename a document, say what it is about, choose it for packs. What it holds stays. Raises Invalid, Conflict."""
    fixed = changes.keys() & {"media_type", "size", "sha256", "added_at", "added_by"}
    if fixed:
        raise TypeError(f"what a document holds does not change: {', '.join(sorted(fixed))}")
    found = store.get(Document, document_id)
    with store.operation("Change document", person_id=found.person_id) as work:
        document = work.get(Document, document_id)
        if "name" in changes:
            if not str(changes["name"]).strip():
                raise Invalid({"name": "Name is empty. Write what the document is called."})
            changes["name"] = clean_name(str(changes["name"]), TYPES[document.media_type].ending)
        document = changed(store, document, changes, base)
        _check_dated(document, work.today)
        return work.save(drafted(store, document))


def remove_document(store: Store, document_id: str) -> Document:
    """Take a document out of the record. Undo brings it back, so what it held stays in the register."""
    found = store.get(Document, document_id)
    with store.operation("Remove document", person_id=found.person_id) as work:
        work.delete(work.get(Document, document_id))
    return found


def _check_dated(document: Document, today: date) -> None:
    if document.dated_on is not None and document.dated_on > today:
        words = f"Dated {text.format_date(document.dated_on)} lies ahead. Give the day that stands on the paper."
        raise Invalid({"dated_on": words}, {"dated_on": (today,)})

"""The office's kinds of review: added, renamed, given other rules, taken out of use."""

from __future__ import annotations

from dataclasses import replace

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import CodeItem, ReviewType, Stage
from mhtracker.domain.reviewing.needs import main_type
from mhtracker.domain.reviewing.rules import check_review_type
from mhtracker.operations.drafting import drafted
from mhtracker.store import Store, Work

_LIST = "review_kind"


def save_review_type(store: Store, review_type: ReviewType) -> ReviewType:
    """Add a kind (version 0) or change one: what it asks for changes for everybody and at once. Raises Invalid."""
    with store.operation("Add kind of review" if review_type.version == 0 else "Change kind of review") as work:
        return put_review_type(work, drafted(store, review_type))


def put_review_type(work: Work, review_type: ReviewType) -> ReviewType:
    """`save_review_type` as a part of an operation that does more."""
    others = sorted(work.find(ReviewType), key=lambda each: (each.position, each.id))
    main = main_type(others)
    is_main = main is not None and main.id == review_type.id
    review_type = check_review_type(review_type, others, work.find(Stage), is_main=is_main)
    if review_type.version == 0 and any(other.id == review_type.id for other in others):
        raise Invalid({"label": f"There is a kind with the key {review_type.id} already. Choose another name."})
    if review_type.position == 0:
        last = max((other.position for other in others), default=0)
        review_type = replace(review_type, position=last + 1)
    if not review_type.contact:
        _name_in_the_list(work, review_type)
    return work.save(review_type)


def _name_in_the_list(work: Work, review_type: ReviewType) -> None:
    """Reviews are named by the code list: the kind stands there under its key."""
    listed = work.find(CodeItem, list_name=_LIST)
    known = next((item for item in listed if item.code == review_type.id), None)
    if known is None:
        place = max((item.position for item in listed), default=0) + 1
        known = CodeItem(f"{_LIST}/{review_type.id}", _LIST, review_type.id, review_type.label, place)
    work.save(replace(known, label=review_type.label))

"""What the forms of reviews read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.domain.records import Placement, Review, ReviewType
from mhtracker.store import Store
from mhtracker.store.queries.reviews import (
    Invited,
    LastReview,
    has_after_care,
    present_stay,
    read_invited,
    read_last_review,
)
from mhtracker.ui.choice_edit import Choice
from mhtracker.ui.dialogs.form_parts import code_choices

LISTS = ("review_outcome", "review_method", "unplanned_reason", "s117_decision", "support_change", "attendance")


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """The reviews that are still open, those booked first and earliest first, and what may be chosen."""

    open: tuple[Review, ...]
    kinds: tuple[Choice, ...]
    lists: dict[str, tuple[Choice, ...]]
    types: tuple[ReviewType, ...]
    last: LastReview | None
    invited: tuple[Invited, ...]
    after_care: bool
    stay: Placement | None
    words_of: dict[str, str]

    def review(self, review_id: str | None) -> Review | None:
        """An open review by its id."""
        return next((review for review in self.open if review.id == review_id), None)

    def type_of(self, kind: str | None) -> ReviewType | None:
        """The kind of that key."""
        return next((each for each in self.types if each.id == kind), None)

    def words(self, review: Review) -> str:
        """`Care Act review, booked 22 Jul 2026 10:30`."""
        kind = next((choice.words for choice in self.kinds if choice.value == review.kind), review.kind)
        if review.booked_on is not None:
            return f"{kind}, booked {text.format_date(review.booked_on)} {review.booked_time}".rstrip()
        return f"{kind}, due {text.format_date(review.due_on)}" if review.due_on else kind


def read_reviews(store: Store, person_id: str, review_id: str | None = None) -> ReviewFacts:
    """What the forms of reviews need. `review_id` is the one in hand: those asked to it come first."""
    found = store.find(Review, person_id=person_id, held_on=None, abandoned_on=None)
    ordered = sorted(found, key=lambda r: (r.booked_on is None, r.booked_on or r.due_on or date.max, r.id))
    come = [r for r in ordered if r.booked_on is not None and r.booked_on <= store.today]
    in_hand = review_id or (come[-1].id if come else ordered[0].id if ordered else None)
    listed = ("review_kind", "contact_kind", *LISTS)
    return ReviewFacts(
        open=tuple(ordered),
        kinds=tuple(kinds_offered(store)),
        lists={name: tuple(code_choices(store, name)) for name in LISTS},
        types=store.review_types(),
        last=read_last_review(store, person_id),
        invited=tuple(read_invited(store, person_id, in_hand)),
        after_care=has_after_care(store, person_id),
        stay=present_stay(store, person_id),
        words_of={f"{name}/{item.code}": item.label for name in listed for item in store.codes(name)},
    )


def kinds_offered(store: Store) -> list[Choice]:
    """The kinds of review that may be chosen: those in use, contacts apart."""
    return [Choice(each.id, each.label) for each in store.review_types() if not each.retired and not each.contact]

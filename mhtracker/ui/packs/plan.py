"""What a pack is to be: its kind, its people in order, its title and day. And packs kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mhtracker.settings import PackSettings

SUMMARIES, REVIEW = "summaries", "review"


@dataclass(frozen=True, slots=True)
class PackKind:
    """A kind of pack, as it is offered. `many` and `one` are what it is called in the document."""

    key: str
    title: str
    about: str
    icon: str
    document: str


KINDS: tuple[PackKind, ...] = (
    PackKind(
        SUMMARIES,
        "Individual review",
        "Each person’s case summary, for a visit or review",
        "mdi6.account-outline",
        "Case summary",
    ),
    PackKind(
        REVIEW,
        "Review pack",
        "Cover, contents and a summary for each person",
        "mdi6.account-group-outline",
        "Review pack",
    ),
)


def kind_of(key: str) -> PackKind:
    """The kind of that key; a review pack for one that this version does not know."""
    return next((kind for kind in KINDS if kind.key == key), KINDS[-1])


@dataclass(frozen=True, slots=True)
class PackPlan:
    """People by id, in the order of their pages. `title` is "" for the kind's own; `as_at` None for the page's day."""

    kind: str = REVIEW
    people: tuple[str, ...] = ()
    title: str = ""
    as_at: date | None = None

    @property
    def heading(self) -> str:
        """The title as it is printed."""
        return self.title.strip() or kind_of(self.kind).document

    def with_people(self, more: Sequence[str]) -> PackPlan:
        """The plan with people added at its end; nobody stands in it twice."""
        return replace(self, people=tuple(dict.fromkeys((*self.people, *more))))

    def without(self, person_id: str) -> PackPlan:
        return replace(self, people=tuple(each for each in self.people if each != person_id))

    def moved(self, person_id: str, to: int) -> PackPlan:
        """The plan with one person at another place."""
        if person_id not in self.people:
            return self
        people = [each for each in self.people if each != person_id]
        people.insert(max(0, min(to, len(people))), person_id)
        return replace(self, people=tuple(people))


def to_keep(plan: PackPlan) -> PackSettings:
    """A plan as this computer remembers it."""
    return PackSettings(plan.kind, list(plan.people), plan.title, plan.as_at.isoformat() if plan.as_at else "")


def from_kept(kept: PackSettings) -> PackPlan:
    """The plan again; a day that cannot be read is the page's."""
    try:
        as_at = date.fromisoformat(kept.as_at) if kept.as_at else None
    except ValueError:
        as_at = None
    return PackPlan(kind_of(kept.kind).key, tuple(dict.fromkeys(kept.people)), kept.title, as_at)

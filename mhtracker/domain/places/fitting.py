"""Who fits a free place, and which place fits whom: each thing asked for answered yes, no or not known.

Asked are the stage wanted, the one service if it must be that, where, each feature needed, women or men only where the
place is that, the person's own wish, and the funding; and where the place came to nothing for them before, that counts
against it. The score is how many are yes. What was not asked yet never puts somebody behind another of less priority.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from mhtracker.domain.dates import write_date
from mhtracker.domain.names import fold
from mhtracker.domain.places.assigning import best_pairs
from mhtracker.domain.records import Offer, Waiting

PRIORITIES = ("urgent", "high", "ordinary")

OF_THE_UNIT = frozenset({"self_contained", "ground_floor", "step_free", "lift"})
"""Features that a unit has by itself: where a service lists units, only they can say that one is missing."""

_MET_BY = {"staff_day": frozenset({"staff_24_hour"})}
_ONLY = {"women_only": "female", "men_only": "male"}


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing asked for. `kind` is stage, service, locality, feature, only, wish, funding or offer.

    `code` is the feature's, or the reason's for which an offer came to nothing.
    `words` say it as it is: "Riverside", "wants Quayside", "ground floor not known".
    """

    kind: str
    answer: Answer
    words: str
    code: str = ""


MUST_BE = frozenset({"stage", "service", "feature", "only", "wish"})
"""What a place must not fail to be given to somebody at all; where it is and who pays can still be settled."""


PLANNED_FROM = Fraction(1, 2)
"""The share of what was asked for that must be a yes before a place with a cross is planned for somebody."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a free place is, as far as fitting asks.

    `has` are the features recorded; `unit_told` says that its unit's own are, `service_told` that the service's are.
    """

    stage_id: str | None
    stage: str
    service_id: str
    service: str
    locality: str
    has: frozenset[str]
    unit_told: bool = True
    service_told: bool = True
    unit_id: str | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who waits, as far as fitting asks. `came_to_nothing` are the offers they or a service turned down."""

    waiting: Waiting
    gender: str | None = None
    stage: str = ""
    service: str = ""
    in_hospital: bool = False
    came_to_nothing: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Fitted:
    """How a place fits somebody: every criterion, and how many of them are yes."""

    criteria: tuple[Criterion, ...]

    @property
    def fits(self) -> int:
        return sum(each.answer == Answer.YES for each in self.criteria)

    @property
    def crosses(self) -> int:
        """How many are no; what is not known is none."""
        return sum(each.answer == Answer.NO for each in self.criteria)

    @property
    def of(self) -> int:
        return len(self.criteria)

    @property
    def share(self) -> Fraction:
        return Fraction(self.fits, self.of) if self.of else Fraction(1)

    @property
    def possible(self) -> bool:
        """Whether nothing that must be speaks against it."""
        return not any(each.answer == Answer.NO and each.kind in MUST_BE for each in self.criteria)

    @property
    def came_to_nothing(self) -> bool:
        """Whether it was refused or declined before: it may be asked again, but by somebody, never by a sum."""
        return any(each.answer == Answer.NO and each.kind == "offer" for each in self.criteria)


def fit(asking: Asking, offered: Offered, labels: Mapping[str, str]) -> Fitted:
    """Hold what somebody needs against a place. `labels` are the words of the list "feature" by code."""
    waiting = asking.waiting
    found = []
    if waiting.stage_id is not None:
        found.append(_stage(asking, offered))
    if waiting.service_id is not None:
        same = waiting.service_id == offered.service_id
        words = offered.service if same else f"only at {asking.service or 'another service'}"
        found.append(Criterion("service", Answer.YES if same else Answer.NO, words))
    if wanted := localities(waiting):
        found.append(_locality(wanted, offered))
    found += [_feature(code, offered, labels) for code in waiting.features.split() if code not in _ONLY]
    found += _only(asking, offered, labels)
    found.append(_yes_or_no("wish", waiting.own_wish, "own wish", "does not wish to", "wish not asked"))
    funding = "funding agreed", "funding not agreed", "funding not known"
    found.append(_yes_or_no("funding", waiting.funding_agreed, *funding))
    found += _before(asking, offered)
    return Fitted(tuple(found))


def localities(waiting: Waiting) -> tuple[str, ...]:
    """The localities that would do, as typed; none for anywhere."""
    return tuple(name.strip() for name in waiting.localities.split(";") if name.strip())


def _stage(asking: Asking, offered: Offered) -> Criterion:
    if offered.stage_id is None:
        return Criterion("stage", Answer.NOT_KNOWN, "stage not known")
    if asking.waiting.stage_id == offered.stage_id:
        return Criterion("stage", Answer.YES, offered.stage)
    return Criterion("stage", Answer.NO, f"wants {asking.stage or 'another stage'}")


def _locality(wanted: Sequence[str], offered: Offered) -> Criterion:
    if not offered.locality.strip():
        return Criterion("locality", Answer.NOT_KNOWN, "locality not known")
    if fold(offered.locality) in {fold(name) for name in wanted}:
        return Criterion("locality", Answer.YES, offered.locality)
    return Criterion("locality", Answer.NO, f"wants {' or '.join(wanted)}")


def _feature(code: str, offered: Offered, labels: Mapping[str, str]) -> Criterion:
    words = labels.get(code, code)
    if code in offered.has or offered.has & _MET_BY.get(code, frozenset()):
        return Criterion("feature", Answer.YES, words, code)
    told = offered.unit_told if code in OF_THE_UNIT else offered.service_told
    if not told:
        return Criterion("feature", Answer.NOT_KNOWN, f"{words}: not known", code)
    return Criterion("feature", Answer.NO, f"{words}: no", code)


def _only(asking: Asking, offered: Offered, labels: Mapping[str, str]) -> list[Criterion]:
    """A place for women or men only asks who somebody is; somebody who needs one asks whether the place is one."""
    found = []
    needs = set(asking.waiting.features.split())
    for code, gender in _ONLY.items():
        words = labels.get(code, code)
        if code in offered.has:
            known = Answer.YES if asking.gender == gender else Answer.NO
            answer = Answer.NOT_KNOWN if asking.gender in (None, "", "not_stated") else known
            found.append(Criterion("only", answer, words if answer == Answer.YES else f"{words} there", code))
        elif code in needs:
            answer = Answer.NO if offered.service_told else Answer.NOT_KNOWN
            found.append(Criterion("only", answer, f"{words}: {'no' if offered.service_told else 'not known'}", code))
    return found


def _before(asking: Asking, offered: Offered) -> list[Criterion]:
    """The last time it came to nothing: a service declines for all its places, people refuse the one they saw."""
    here = [each for each in asking.came_to_nothing if each.service_id == offered.service_id]
    here = [each for each in here if each.answer == "declined" or each.unit_id in (None, offered.unit_id)]
    last = max(here, key=lambda each: (each.answered_on or date.min, each.id), default=None)
    if last is None:
        return []
    who = "declined by the service" if last.answer == "declined" else "they refused it"
    day = f" {write_date(last.answered_on)}" if last.answered_on is not None else ""
    return [Criterion("offer", Answer.NO, f"{who}{day}", last.reason_code or "")]


def _yes_or_no(kind: str, value: bool | None, yes: str, no: str, not_known: str) -> Criterion:
    if value is None:
        return Criterion(kind, Answer.NOT_KNOWN, not_known)
    return Criterion(kind, Answer.YES, yes) if value else Criterion(kind, Answer.NO, no)


def need_order(asking: Asking) -> tuple[int, bool, date, str]:
    """Who comes first on the list, and of those whom a place fits alike."""
    return _priority(asking), not asking.in_hospital, asking.waiting.since_on, asking.waiting.id


def _priority(asking: Asking) -> int:
    """0 for the most urgent; one not of the list stands last."""
    known = asking.waiting.priority in PRIORITIES
    return PRIORITIES.index(asking.waiting.priority) if known else len(PRIORITIES)


def rank_key(
    asking: Asking, fitted: Fitted, *, has_place: bool = False
) -> tuple[bool, bool, int, int, bool, Fraction, date, str]:
    """Whom to ask first: by priority, then fewest crosses, from hospital, the larger part ticked, the longest wait.

    Behind all of them stand those who cannot live there, last those who have a place held for them already.
    """
    priority, at_home, since_on, waiting_id = need_order(asking)
    last = has_place, not fitted.possible
    return *last, priority, fitted.crosses, at_home, -fitted.share, since_on, waiting_id


def may_be_planned(fitted: Fitted) -> bool:
    """Whether a sum may give somebody a place: one that is a yes for at least half of what was asked for.

    With less than that a single cross is too much; what is only not known yet keeps nobody out.
    """
    enough = fitted.share >= PLANNED_FROM or not fitted.crosses
    return fitted.possible and not fitted.came_to_nothing and enough


def best_filling(people: Sequence[Asking], fitted: Sequence[Sequence[Fitted]]) -> list[tuple[int, int]]:
    """Which person (by number) gets which place, nobody twice.

    As many people as can be, of those the most of high priority, then the best fits, then those who come first.
    `fitted` holds for each person how each place fits; what cannot be is never given, nor what came to nothing before,
    nor a place that something speaks against where fewer than half of what was asked for is a yes.
    """
    order = sorted(range(len(people)), key=lambda number: need_order(people[number]))
    turn = {number: len(people) - place for place, number in enumerate(order)}
    # Everybody's turn together weighs less than one thousandth of a fit, all fits together less than one person of high
    # priority, all of those less than one urgent one, and these less than one person more.
    fit_weighs = sum(turn.values()) + 1
    high_weighs = 1001 * fit_weighs * (len(people) + 1)
    urgent_weighs = high_weighs * (len(people) + 1)
    person_weighs = urgent_weighs * (len(people) + 1)
    more = {"urgent": urgent_weighs, "high": high_weighs}
    base = [person_weighs + more.get(each.waiting.priority, 0) + turn[number] for number, each in enumerate(people)]
    worth = [
        [base[number] + int(1000 * each.share) * fit_weighs if may_be_planned(each) else None for each in row]
        for number, row in enumerate(fitted)
    ]
    return best_pairs(worth)

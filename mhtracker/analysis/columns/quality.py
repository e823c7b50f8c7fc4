"""What is missing or doubtful among very many people: `analysis.quality` from columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from mhtracker.analysis.columns.packed import People, days_of, words_of
from mhtracker.analysis.columns.reading import ALWAYS, EVER, UNTOLD, Everybody
from mhtracker.analysis.columns.shapes import DAY_BITS
from mhtracker.analysis.columns.spells import in_order
from mhtracker.analysis.quality import LONG_ENOUGH_DAYS, QUESTIONS, RECENT_DAYS, Doubt, ranked
from mhtracker.domain.legal.orders import is_charged_after_care
from mhtracker.domain.money.costs import charge_on
from mhtracker.domain.pathway import gaps
from mhtracker.domain.records import DatePrecision, FundingSplit, LegalAndStatus, Person, Placement, Review
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.store.bulk import not_collecting
from mhtracker.store.lines import read_rows
from mhtracker.store.queries.columns import Packed, read_columns_of, read_packed, read_packed_lines
from mhtracker.store.queries.gap_reasons import explained_stays
from mhtracker.store.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Numbers
    from mhtracker.analysis.columns.reading import Truths

_CHUNK = 500
_OF_LINES = (
    "person_id", "nhs_number", "born_on", "born_precision", "gender", "service_id", "accommodation", "employment",
    "plan_id", "target_on", "last_reviewed_on", "weekly_cost_pence", "charge", "barriers", "worker_id",
)  # fmt: skip


def doubts_of(store: Store, everybody: Everybody) -> list[Doubt]:
    """What `quality.count_doubts` finds, with the same people."""
    import numpy as np

    with not_collecting():
        look = _Look(store, everybody)
        there = np.flatnonzero(everybody.on_pathway)
        there = there[np.argsort(everybody.ids[there], kind="stable")]
        found = []
        for question in QUESTIONS:
            concerns, doubtful = _ANSWERS[question.key](look)
            asked = there[concerns[there]]
            people = asked[doubtful[asked]]
            if len(people):
                told = (question.key, question.words, question.harms, question.mend)
                found.append(Doubt(*told, tuple(everybody.ids[people].tolist()), len(asked)))
    return ranked(found)


class _Look:
    """Everybody as they are looked at: by the place of each what their line says, and the stay they are in."""

    def __init__(self, store: Store, everybody: Everybody) -> None:
        self.store, self.everybody = store, everybody
        self._people = People(everybody.ids.tolist())
        self._lines = read_packed_lines(store, everybody.as_at, _OF_LINES)
        self._of_line = self._people.find(self._lines, "person_id")

    def place(self, person_id: str) -> int:
        """Where somebody stands among everybody; UNTOLD for somebody else."""
        return self.everybody.places.get(person_id, UNTOLD)

    def days(self, name: str) -> Days:
        """A column of days of the lines, EVER for none."""
        import numpy as np

        found = np.full(len(self.everybody.ids), EVER, np.int32)
        known = self._of_line >= 0
        found[self._of_line[known]] = days_of(self._lines, name, EVER)[known]
        return found

    def among(self, name: str, *wanted: str) -> Truths:
        """Whose line holds one of some words; "" stands for none."""
        return self._among(self._lines, self._of_line, name, wanted)

    def without(self, name: str) -> Truths:
        """Whose own record has nothing there."""
        packed = read_packed(self.store, Person, ("id", name))
        return self._among(packed, self._people.find(packed, "id"), name, ("",))

    def _among(self, packed: Packed, places: Numbers, name: str, wanted: Sequence[str]) -> Truths:
        import numpy as np

        found, known = np.zeros(len(self.everybody.ids), bool), places >= 0
        words = words_of(packed, name)
        which = np.fromiter(map(frozenset(wanted).__contains__, words), bool, packed.rows)
        found[places[known]] = which[known]
        return found

    @cached_property
    def everyone(self) -> Truths:
        import numpy as np

        return np.ones(len(self.everybody.ids), bool)

    @cached_property
    def stay(self) -> NDArray[np.int64]:
        """The row of the stay each is in, UNTOLD for none; the one begun last where a place is kept."""
        import numpy as np

        stays = self.everybody.stays
        rows = np.flatnonzero(stays.ended == EVER)
        found = np.full(len(self.everybody.ids), UNTOLD, np.int64)
        # Stays of one person stand in the order they began: the last one written is the one that stays.
        found[stays.person[rows]] = rows
        return found

    @cached_property
    def came(self) -> Days:
        """The first day of that stay; EVER for none."""
        import numpy as np

        started = self.everybody.stays.started
        if not len(started):
            return np.full(len(self.everybody.ids), EVER, np.int32)
        return np.where(self.stay == UNTOLD, EVER, started[self.stay]).astype(np.int32)

    @cached_property
    def should_move(self) -> Truths:
        """Who is in a stage that is no home of their own."""
        import numpy as np

        stage = self.everybody.stays.stage
        own = np.array([each.own_home for each in self.everybody.stages] or [False])
        if not len(stage):
            return ~self.everyone
        found: Truths = (self.stay != UNTOLD) & ~own[stage[self.stay]]
        return found

    @cached_property
    def on_ward(self) -> Truths:
        """Who is in a hospital."""
        import numpy as np

        stage = self.everybody.stays.stage
        wards = np.array([is_hospital(each) for each in self.everybody.stages] or [False])
        if not len(stage):
            return ~self.everyone
        found: Truths = (self.stay != UNTOLD) & wards[stage[self.stay]]
        return found


_Answer = tuple["Truths", "Truths"]


def _old_accommodation(look: _Look) -> Truths:
    import numpy as np

    statuses, day = look.everybody.statuses, look.everybody.day
    rows = statuses.lives & (statuses.expires >= day)
    latest = np.full(len(look.everybody.ids), EVER, np.int32)
    latest[statuses.person[rows]] = ALWAYS
    np.maximum.at(latest, statuses.person[rows], statuses.started[rows])
    found: Truths = (latest != ALWAYS) & (look.came != EVER) & (latest < look.came - 1)
    return found


def _moves_untold(look: _Look) -> Truths:
    stays = look.everybody.stays
    since = (look.everybody.as_at - timedelta(days=RECENT_DAYS)).toordinal()
    return _have(look, (stays.ended != EVER) & (stays.ended >= since) & (stays.planned == UNTOLD))


def _have(look: _Look, stays: Truths | NDArray[np.intp]) -> Truths:
    """Who has one of some stays."""
    import numpy as np

    found = np.zeros(len(look.everybody.ids), bool)
    found[look.everybody.stays.person[stays]] = True
    return found


def _charged(look: _Look) -> Truths:
    """As lines say. Who is in no place has no charge there, and is looked at as `quality` does."""
    found = look.among("charge", "1")
    split = {row[0] for row in read_columns_of(look.store, FundingSplit, ("person_id",))}
    for chunk in _chunks([each for each in _ids(look, look.stay == UNTOLD) if each in split]):
        statuses: dict[str, list[LegalAndStatus]] = {each: [] for each in chunk}
        splits: dict[str, list[FundingSplit]] = {each: [] for each in chunk}
        for status in read_rows(look.store, LegalAndStatus, "person_id", chunk):
            statuses[status.person_id].append(status)
        for one in read_rows(look.store, FundingSplit, "person_id", chunk):
            splits[one.person_id].append(one)
        as_at = look.everybody.as_at
        for person_id in chunk:
            charge = charge_on(None, splits[person_id], as_at)
            found[look.place(person_id)] = is_charged_after_care(charge, statuses[person_id], as_at)
    return found


def _gap_unexplained(look: _Look) -> Truths:
    import numpy as np

    everybody, stays = look.everybody, look.everybody.stays
    order = in_order(everybody)
    order = np.arange(len(stays.person)) if order is None else order
    person, started = stays.person[order].astype(np.int64), stays.started[order]
    # How far the stays before one reach, told apart by person: one begun after that comes after days without any.
    base = person * (EVER + 1)
    reached = np.maximum.accumulate(base + stays.ended[order]) - base if len(order) else started
    same_person = person[1:] == person[:-1]
    after = np.flatnonzero(same_person & (started[1:] > reached[:-1])) + 1
    found = ~look.everyone
    if not len(after):
        return found
    told = [
        (look.place(person_id) << DAY_BITS) + date.fromisoformat(day).toordinal()
        for person_id, day in explained_stays(look.store)
        if look.place(person_id) != UNTOLD
    ]
    untold = ~np.isin((person[after] << DAY_BITS) + started[after], np.array(told, np.int64))
    found[person[after][untold]] = True
    # Which of two stays begun on one day was explained is not told by that day.
    twice = _have(look, order[1:][same_person & (started[1:] == started[:-1])])
    gap = _have(look, order[after])
    for person_id, mine in _stays_of(look.store, _ids(look, twice & gap)).items():
        found[look.place(person_id)] = any(not each.after.gap_reason for each in gaps(mine, everybody.as_at))
    return found


def _stays_of(store: Store, ids: Sequence[str]) -> dict[str, list[Placement]]:
    found: dict[str, list[Placement]] = {}
    for chunk in _chunks(ids):
        for each in read_rows(store, Placement, "person_id", chunk):
            found.setdefault(each.person_id, []).append(each)
    return found


def _ids(look: _Look, which: Truths) -> list[str]:
    found: list[str] = look.everybody.ids[which].tolist()
    return found


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def _past_target(look: _Look) -> Truths:
    return (look.days("target_on") < look.everybody.day) & look.among("barriers", "0")


def _reviewed(look: _Look) -> _Answer:
    """Somebody whom the rules do not ask about may have been reviewed all the same."""
    concerns = (look.came != EVER) & (look.everybody.day - look.came > LONG_ENOUGH_DAYS)
    never = look.everybody.on_pathway & concerns & (look.days("last_reviewed_on") == EVER)
    for chunk in _chunks(_ids(look, never)):
        for person_id, held_on in read_columns_of(look.store, Review, ("person_id", "held_on"), person_id=chunk):
            if held_on:
                never[look.place(person_id)] = False
    return concerns, never


_DAY = str(DatePrecision.DAY)
_ANSWERS: Mapping[str, Callable[[_Look], _Answer]] = {
    "nhs_number": lambda look: (look.everyone, look.among("nhs_number", "")),
    "born_on": lambda look: (look.everyone, (look.days("born_on") == EVER) | ~look.among("born_precision", _DAY)),
    "ethnicity": lambda look: (look.everyone, look.without("ethnicity")),
    "gender": lambda look: (look.everyone, look.among("gender", "")),
    "primary_support": lambda look: (look.everyone, look.without("primary_support")),
    "service": lambda look: (look.should_move, look.among("service_id", "")),
    "accommodation": lambda look: (look.everyone, look.among("accommodation", "", "unknown")),
    "accommodation_old": lambda look: (look.everyone, _old_accommodation(look)),
    "employment": lambda look: (look.everyone, look.among("employment", "", "unknown")),
    "planned": lambda look: (look.everyone, _moves_untold(look)),
    "charge": lambda look: (look.everyone, _charged(look)),
    "cost": lambda look: (look.everyone, look.among("weekly_cost_pence", "") & ~look.on_ward),
    "gap": lambda look: (look.everyone, _gap_unexplained(look)),
    "no_plan": lambda look: (look.should_move, look.among("plan_id", "")),
    "no_barrier": lambda look: (look.everyone, _past_target(look)),
    "worker": lambda look: (look.everyone, look.among("worker_id", "")),
    "reviewed": _reviewed,
}
"""By the key of each question of `quality`: whom it concerns, and of whom the answer is a doubt."""

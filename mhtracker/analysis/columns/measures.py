"""The outcome measures of very many people: `analysis.measures` from columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from mhtracker.analysis import measures
from mhtracker.analysis.columns.reading import EVER, Everybody
from mhtracker.analysis.columns.spells import DIED, LEFT, ONWARD, Spells
from mhtracker.analysis.share import Share
from mhtracker.domain.dates import add_months
from mhtracker.domain.lists.code_lists import EMPLOYED, OWN_TENANCY, SETTLED
from mhtracker.domain.records import Service, StatusKind
from mhtracker.domain.stage_kinds import IN_CARE, is_long_term, kind_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mhtracker.analysis.columns.packed import Days, Numbers, Words
    from mhtracker.analysis.columns.reading import Truths


def status_measures_of(everybody: Everybody, services: Mapping[str, Service]) -> dict[str, Share]:
    """Settled, own tenancy and employed, of the same people. `services` are all there are."""
    import numpy as np

    there, supported_long = _in_year(everybody, services)
    people = np.flatnonzero(there)
    people = people[np.argsort(everybody.ids[people], kind="stable")]
    no_support = people[~supported_long[people]]
    people = people[supported_long[people]]
    day = everybody.as_at
    # A birth date as the number 19680214: eighteen years more are 180,000 more.
    today, born = day.year * 10_000 + day.month * 100 + day.day, everybody.columns.born[people]
    in_age = (born == 0) | ((born + 180_000 <= today) & (born + 650_000 > today))
    supported = _among(everybody.columns.support[people], frozenset({None, "mental_health", measures.UNKNOWN}))
    of = people[in_age & supported]
    left_out = {
        measures.OTHER_AGES: _ids(everybody, people[~in_age]),
        measures.OTHER_SUPPORT: _ids(everybody, people[in_age & ~supported]),
        measures.NO_SUPPORT: _ids(everybody, no_support),
    }
    left_out = {reason: found for reason, found in left_out.items() if found}
    lives, works = (_held_places(everybody, kind)[of] for kind in (StatusKind.ACCOMMODATION, StatusKind.EMPLOYMENT))
    counted = {"settled": (lives, SETTLED), "own_tenancy": (lives, OWN_TENANCY), "employed": (works, EMPLOYED)}
    names, ids = (*everybody.statuses.codes, measures.UNKNOWN), _ids(everybody, of)
    found = {}
    for key, (places, codes) in counted.items():
        among = np.array([name in codes for name in names])[places]
        found[key] = measures.status_share(key, _ids(everybody, of[among]), ids, left_out)
    return found


def _ids(everybody: Everybody, people: NDArray[np.intp]) -> tuple[str, ...]:
    return tuple(everybody.ids[people].tolist())


def _in_year(everybody: Everybody, services: Mapping[str, Service]) -> tuple[Truths, Truths]:
    """Who was in any place in the year, and who of them had long-term support there."""
    import numpy as np

    stays, stages = everybody.stays, everybody.stages
    gone = np.minimum(everybody.columns.died, everybody.columns.left)
    ended = np.minimum(stays.ended, gone[stays.person])
    in_year = (ended > measures.year_begun(everybody.as_at).toordinal()) & (ended > stays.started)
    # Few pairs of stage and service stand in very many rows.
    of = [None, *(services.get(service_id) for service_id in stays.service_ids)]
    lasting = np.array([[is_long_term(stage, service) for service in of] for stage in stages] or [[False]])
    there, supported = np.zeros(len(everybody.ids), bool), np.zeros(len(everybody.ids), bool)
    there[stays.person[in_year]] = True
    supported[stays.person[in_year & lasting[stays.stage, stays.service + 1]]] = True
    return there, supported


def held_codes(everybody: Everybody, kind: StatusKind) -> Words:
    """The code of the status that holds, for each person: as `measures.held_code` gives it."""
    import numpy as np

    return np.array([*everybody.statuses.codes, measures.UNKNOWN], object)[_held_places(everybody, kind)]


def _held_places(everybody: Everybody, kind: StatusKind) -> Numbers:
    """The same as its place in the codes of statuses; -1, the last of a list that has one more, where none is known."""
    import numpy as np

    statuses = everybody.statuses
    mine = statuses.lives == (kind == StatusKind.ACCOMMODATION)
    rows = np.flatnonzero(mine & (statuses.expires >= everybody.day))
    found = np.full(len(everybody.ids), -1, np.int32)
    if not len(rows):
        return found
    person, started, codes = statuses.person[rows], statuses.started[rows], statuses.code[rows]
    # Rows come by person and first day: those of somebody's last first day stand at the end of theirs.
    new = np.append(True, (person[1:] != person[:-1]) | (started[1:] != started[:-1]))
    first = np.flatnonzero(new)
    last = np.append(person[first][1:] != person[first][:-1], True)
    lowest, highest = np.minimum.reduceat(codes, first)[last], np.maximum.reduceat(codes, first)[last]
    found[person[first[last]]] = np.where(lowest == highest, lowest, -1)
    return found


def _among(values: Words, wanted: frozenset[str | None]) -> Truths:
    import numpy as np

    return np.fromiter(map(wanted.__contains__, values), bool, len(values))


def still_home_of(spells: Spells, from_on: date, to_on: date) -> Share:
    """84 days after enablement: neither dead, nor in hospital or a care home since, whether a place was kept or not."""
    import numpy as np

    everybody = spells.everybody
    kinds = [kind_of(stage) for stage in everybody.stages]
    enabled = np.array([each in measures.ENABLING for each in kinds] or [False])
    away = np.array([each in IN_CARE for each in kinds] or [False])
    until = spells.arrived.astype(np.int64) + measures.DAYS_AT_HOME
    in_period = (until >= from_on.toordinal()) & (until <= to_on.toordinal())
    rows = np.flatnonzero(enabled[spells.stage] & (spells.exit == ONWARD) & in_period)
    person, moved, until = spells.person[rows], spells.arrived[rows], until[rows]
    died_on = everybody.columns.died[person]
    home = died_on > until
    # Without a day of death the last stay may say that somebody died there.
    last = np.searchsorted(spells.person, person, side="right") - 1
    home &= (died_on != EVER) | (spells.exit[last] != DIED) | (spells.ended[last] > until)
    stays = everybody.stays
    theirs = np.flatnonzero(away[stays.stage] & np.isin(stays.person, person)) if len(rows) else rows
    for found, stay in _pairs(person, stays.person[theirs]):
        stay = theirs[stay]
        there = (stays.started[stay] >= moved[found]) | (stays.ended[stay] > moved[found])
        home[found[there & (stays.started[stay] <= until[found])]] = False
    return measures.home_share(tuple(spells.people(rows[home])), tuple(spells.people(rows)))


def _pairs(person: Numbers, of: Numbers) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Some people with the rows that are theirs in a table sorted by person: the first row of each, the second, ..."""
    import numpy as np

    row, last = np.searchsorted(of, person), np.searchsorted(of, person, side="right")
    found = np.arange(len(person))
    while len(found := found[row[found] < last[found]]):
        yield found, row[found]
        row[found] += 1


def sustained_of(spells: Spells, months: int, from_on: date, to_on: date) -> Share:
    """Moves to a home of one's own that lasted some months; those not there yet are left out."""
    import numpy as np

    own = np.array([stage.own_home for stage in spells.everybody.stages] or [False])[spells.stage]
    # Which goes on from a home of one's own to the next, with at most a day between.
    goes_on = spells.has_next & own & np.append(own[1:], False)[: len(own)]
    goes_on &= spells.arrived <= spells.ended.astype(np.int64) + 1
    before = np.append(False, goes_on)[: len(own)]
    ends = np.flatnonzero(own & ~goes_on)
    begins = np.flatnonzero(own & ~before)
    # Of what began longer before the period than so many of the longest months, the day was up before it. Where
    # somebody was first is none that they moved to.
    recent = spells.started[begins] >= from_on.toordinal() - 31 * months
    recent &= np.append(False, spells.has_next)[begins]
    begins, ends = begins[recent], ends[recent]
    reached = _months_on(spells.started[begins], months)
    not_yet, lasted = reached > to_on.toordinal(), spells.ended[ends] >= reached
    of = ~not_yet & (reached >= from_on.toordinal())
    not_watched = of & ~lasted & (spells.exit[ends] == LEFT) & ~spells.lost[ends]
    of &= ~not_watched
    told = (tuple(spells.people(begins[each])) for each in (of & lasted, of, not_yet, not_watched))
    return measures.sustained_share(months, *told)


def _months_on(days: Days, months: int) -> Numbers:
    """`add_months` of each: few days stand in very many rows."""
    import numpy as np

    distinct, places = np.unique(days, return_inverse=True)
    later = [add_months(date.fromordinal(day), months).toordinal() for day in distinct.tolist()]
    found: Numbers = np.array(later, np.int32)[places]
    return found

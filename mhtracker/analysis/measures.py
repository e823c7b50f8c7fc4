"""The outcome measures, counted locally from the recorded facts.

Settled accommodation follows ASCOF 2E: of everybody with long-term support at some time in the year. Unknown stays
below the line and is never guessed from the service.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from mhtracker.analysis.facts import Facts
from mhtracker.analysis.flow import Flow
from mhtracker.analysis.share import Share
from mhtracker.domain.caseload import PersonFacts
from mhtracker.domain.counting.spells import Exit, Spell
from mhtracker.domain.dates import add_months, age_on
from mhtracker.domain.legal.orders import all_held
from mhtracker.domain.lists.code_lists import EMPLOYED, OWN_TENANCY, SETTLED
from mhtracker.domain.records import LegalAndStatus, Person, Placement, Stage, StatusKind
from mhtracker.domain.stage_kinds import IN_CARE, StageKind, is_long_term, kind_of

UNKNOWN = "unknown"
NO_SUPPORT = "No long-term support in the year"
OTHER_AGES, OTHER_SUPPORT = "Under 18 or over 64", "Another primary support reason"
DAYS_AT_HOME = 84
OF_WHOM = (
    "People with long-term support at some time in the twelve months to the last day, also if they have left or died "
    "since, aged 18 to 64 on that day or of unknown age, with mental health as primary support reason, or none. "
    "Hospital, enablement and short-term services are no long-term support. A home of one’s own counts as such: "
    "the register does not know when support there ended. The status is the one that holds on the last day; two begun "
    "on one day that disagree are Unknown."
)
"""Whom the measures of statuses are of; each one's own definition begins with it."""


_STATUS_SHARES: dict[str, tuple[str, StatusKind, frozenset[str], str]] = {
    "settled": (
        "Settled accommodation", StatusKind.ACCOMMODATION, SETTLED,
        "Counted: the recorded accommodation is settled. Not recorded or Unknown counts as not settled.",
    ),
    "own_tenancy": (
        "A home of their own", StatusKind.ACCOMMODATION, OWN_TENANCY,
        "Counted: owner or shared owner, or tenant of a council, association or landlord.",
    ),
    "employed": ("In paid work", StatusKind.EMPLOYMENT, EMPLOYED, "Counted: in paid work of any hours."),
}  # fmt: skip
"""By key: the name, the status that is looked at and the codes of it that are counted, and what that means."""


def status_measures(facts: Facts) -> dict[str, Share]:
    """Settled, own tenancy and employed, of the same people."""
    of, left_out = _adults(facts)
    found = {}
    for key, (_, kind, wanted, _) in _STATUS_SHARES.items():
        held = ((each, held_code(facts.people[each].statuses, kind, facts.as_at)) for each in of)
        found[key] = status_share(key, tuple(each for each, code in held if code in wanted), of, left_out)
    return found


def status_share(
    key: str, counted: tuple[str, ...], of: tuple[str, ...], left_out: dict[str, tuple[str, ...]]
) -> Share:
    """One of the status measures, its people having been found."""
    name, _, _, means = _STATUS_SHARES[key]
    return Share(name, f"{OF_WHOM} {means}", "Recorded statuses, by ASCOF 2E’s method", counted, of, left_out)


SETTLED_WORDS = ("Settled", "Not settled", "Not known")


def year_begun(as_at: date) -> date:
    """The first of the twelve months that end on a day."""
    return add_months(as_at, -12) + timedelta(days=1)


def settled_words(code: str) -> str:
    """What the measure makes of a recorded accommodation."""
    return SETTLED_WORDS[2 if code in ("", UNKNOWN) else 0 if code in SETTLED else 1]


def _was_there(person: Person, stay: Placement, from_on: date, to_on: date) -> bool:
    """Whether somebody was in a place at the end of any day between two."""
    ends = (stay.ended_on, person.died_on, person.left_on)
    ended = min((day for day in ends if day is not None and day <= to_on), default=date.max)
    return stay.started_on <= to_on and ended > from_on and ended > stay.started_on


def _stays_in_year(each: PersonFacts, facts: Facts) -> list[Placement]:
    first = year_begun(facts.as_at)
    return [stay for stay in each.placements if _was_there(each.person, stay, first, facts.as_at)]


def _adults(facts: Facts) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    of: list[str] = []
    no_support: list[str] = []
    other_ages: list[str] = []
    other_support: list[str] = []
    for person_id, each in sorted(facts.people.items()):
        stays = _stays_in_year(each, facts)
        if not any(
            is_long_term(facts.stages[stay.stage_id], facts.services.get(stay.service_id or "")) for stay in stays
        ):
            if stays:
                no_support.append(person_id)
            continue
        person = each.person
        age = age_on(person.born_on, facts.as_at) if person.born_on is not None else None
        if age is not None and not 18 <= age <= 64:
            other_ages.append(person_id)
        elif person.primary_support not in (None, "mental_health", UNKNOWN):
            other_support.append(person_id)
        else:
            of.append(person_id)
    left_out = {OTHER_AGES: tuple(other_ages), OTHER_SUPPORT: tuple(other_support), NO_SUPPORT: tuple(no_support)}
    return tuple(of), {reason: people for reason, people in left_out.items() if people}


def held_code(statuses: list[LegalAndStatus], kind: StatusKind, as_at: date) -> str:
    """The status that holds; unknown where none is recorded, or two begun on one day disagree."""
    holding = all_held(statuses, kind, as_at)
    if not holding:
        return UNKNOWN
    latest = holding[0].started_on
    codes = {each.code for each in holding if each.started_on == latest}
    return codes.pop() if len(codes) == 1 else UNKNOWN


def still_home(facts: Facts, from_on: date, to_on: date) -> Share:
    """84 days after enablement: neither dead, nor in hospital or a care home since, whether a place was kept or not."""
    enabling, away = of_kind(facts.stages.values(), ENABLING), of_kind(facts.stages.values(), IN_CARE)
    counted: list[str] = []
    of: list[str] = []
    for person_id, spells in facts.spells.items():
        for place, spell in enumerate(spells):
            if spell.stage_id not in enabling or spell.exit != Exit.ONWARD or spell.moved_on is None:
                continue
            until = spell.moved_on + timedelta(days=DAYS_AT_HOME)
            if not from_on <= until <= to_on:
                continue
            of.append(person_id)
            each = facts.people[person_id]
            died = _has_died(each.person, spells[place + 1 :], until)
            if not died and not any(_is_away(stay, spell.moved_on, until, away) for stay in each.placements):
                counted.append(person_id)
    return home_share(tuple(counted), tuple(of))


def _has_died(person: Person, after: Sequence[Spell], until: date) -> bool:
    """Whether somebody died by a day: by the day of death, or else as the last stay says."""
    if person.died_on is not None:
        return person.died_on <= until
    return any(each.exit == Exit.DIED and each.ended_on is not None and each.ended_on <= until for each in after)


def _is_away(stay: Placement, from_on: date, until: date, away: Collection[str]) -> bool:
    """Whether somebody came to hospital or a care home between two days, or was there already."""
    if stay.stage_id not in away or stay.started_on > until:
        return False
    return stay.started_on >= from_on or stay.ended_on is None or stay.ended_on > from_on


def home_share(counted: tuple[str, ...], of: tuple[str, ...]) -> Share:
    """Still at home, the people having been found."""
    return Share(
        "Still at home after 84 days",
        "Moves onward from stages of enablement whose 84th day fell in the period. Counted: alive, and not in hospital "
        "or a care home since, also not with their place kept; who left the pathway meanwhile is counted by what is "
        "recorded of them. What a stage is, is set with the stage, whatever it is called.",
        "Placements, by ASCOF 2D’s method",
        counted,
        of,
    )


ENABLING = frozenset({StageKind.ENABLEMENT})


def of_kind(stages: Iterable[Stage], kinds: Collection[StageKind]) -> frozenset[str]:
    """The keys of the stages that are one of some kinds, whatever they are called."""
    return frozenset(stage.id for stage in stages if kind_of(stage) in kinds)


def planned_moves(flow: Flow) -> Share:
    """Moves that were planned, of those of which that is recorded."""
    told = [move for move in flow.moves if move.planned is not None]
    untold = tuple(move.person_id for move in flow.moves if move.planned is None)
    return Share(
        "Planned moves",
        "Moves between stages made in the period, on the first day in the new stage. Counted: recorded as planned.",
        "Placements",
        tuple(move.person_id for move in told if move.planned),
        tuple(move.person_id for move in told),
        {"Not recorded whether planned": untold} if untold else {},
    )


def sustained(facts: Facts, months: int, from_on: date, to_on: date) -> Share:
    """Moves to a home of one's own that lasted some months; those not there yet or not watched so long are left out."""
    own = frozenset(stage.id for stage in facts.stages.values() if stage.own_home)
    counted: list[str] = []
    of: list[str] = []
    not_yet: list[str] = []
    not_watched: list[str] = []
    for person_id, spells in facts.spells.items():
        for came, last in _homes(spells, own):
            reached = add_months(came, months)
            lasted = last.ended_on is None or last.ended_on >= reached
            if reached > to_on:
                not_yet.append(person_id)
            elif reached >= from_on and not lasted and last.exit == Exit.LEFT and not last.lost:
                not_watched.append(person_id)
            elif reached >= from_on:
                of.append(person_id)
                counted += [person_id] * lasted
    return sustained_share(months, *(tuple(each) for each in (counted, of, not_yet, not_watched)))


def _homes(spells: Sequence[Spell], own: Collection[str]) -> Iterator[tuple[date, Spell]]:
    """The day of each move to a home of one's own, and the last spell of the time in such homes that began with it.

    Where somebody was first is none that they moved to.
    """
    came: date | None = None
    for place, spell in enumerate(spells):
        if spell.stage_id not in own:
            continue
        before = spells[place - 1] if place else None
        if before is None or before.stage_id not in own or not _goes_on(before, spell):
            came = spell.started_on if before is not None else None
        after = spells[place + 1] if place + 1 < len(spells) else None
        if came is not None and (after is None or after.stage_id not in own or not _goes_on(spell, after)):
            yield came, spell


def _goes_on(spell: Spell, after: Spell) -> bool:
    """Whether one spell follows another with at most a day between, as stays do that make one spell."""
    return spell.ended_on is not None and after.started_on <= spell.ended_on + timedelta(days=1)


def sustained_share(
    months: int,
    counted: tuple[str, ...],
    of: tuple[str, ...],
    not_yet: tuple[str, ...],
    not_watched: tuple[str, ...],
) -> Share:
    """Still in their own home after some months, the people having been found."""
    left_out = {
        f"Not there for {months} months yet": not_yet,
        f"Left the pathway from there before {months} months": not_watched,
    }
    return Share(
        f"Still in their own home after {months} months",
        f"Moves to a home of one’s own from another stage whose {months} months were up in the period; going on to "
        "another home of one’s own is no new move. Counted: in a home of their own all that time, also with stays in "
        "hospital while it was kept. Not counted: moved elsewhere, died, or in no place. Who left the pathway alive "
        "from there before is left out, unless the stay’s end says that the home was lost.",
        "Placements",
        counted,
        of,
        {reason: people for reason, people in left_out.items() if people},
    )

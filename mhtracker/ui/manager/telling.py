"""What a pressed figure tells: who is behind it, and a few words beside each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mhtracker import text
from mhtracker.analysis.flow import Flow, StageFlow
from mhtracker.analysis.money import Money
from mhtracker.analysis.paths import Ribbon
from mhtracker.analysis.programme import ProgrammeProgress
from mhtracker.analysis.progress import ReviewCount
from mhtracker.analysis.quality import HARMS, Doubt
from mhtracker.analysis.savings import MEANING as SAVING
from mhtracker.analysis.share import Share
from mhtracker.analysis.stay_ranges import StayRange
from mhtracker.domain.counting.programmes import course_words, planned_people
from mhtracker.domain.records import Stage
from mhtracker.ui.manager.reading import Figures


@dataclass(frozen=True, slots=True)
class Told:
    """A figure's people; `notes` by person."""

    share: Share
    notes: Mapping[str, str] = field(default_factory=dict)


def of_people(name: str, definition: str, source: str, people: Iterable[str], left_out: dict[str, tuple[str, ...]]
              | None = None, notes: Mapping[str, str] | None = None, period: tuple[date, date] | None = None,
              ) -> Told:  # fmt: skip
    """A plain count: all of them are counted, each once. `period` as in `Share`."""
    counted = tuple(dict.fromkeys(people))
    return Told(Share(name, definition, source, counted, counted, left_out or {}, period), notes or {})


_FLOW_WORDS = {
    "opening": ("at the beginning", "there at the end of the day before {first}"),
    "came": ("who came", "whose time there began from {first} to {last}; a person may have come more than once"),
    "went": ("who went", "whose time there ended from {first} to {last}; a person may have gone more than once"),
    "closing": ("at the end", "there at the end of {last}"),
}


def of_flow(flow: Flow, which: str, label: str = "Everyone", stage: StageFlow | None = None) -> Told:
    """One number of the flow card: `which` is opening, came, went or closing."""
    head, means = _FLOW_WORDS[which]
    days = {"first": text.format_date(flow.from_on), "last": text.format_date(flow.to_on)}
    people = getattr(stage, which) if stage is not None else [p for each in flow.stages for p in getattr(each, which)]
    definition = f"People {means.format(**days)}. A hospital stay with the place kept interrupts nothing: who is there "
    definition += "counts in the stage of that place."
    period = (flow.from_on, flow.to_on) if which in ("came", "went") else None
    return of_people(f"{label}, {head}", definition, "Placements", people, period=period)


def of_month(found: ProgrammeProgress, day: date) -> Told | None:
    """A point of the programme's picture: who had moved on by then, and who no longer has since the point before."""
    place = next((n for n, each in enumerate(found.months) if each.day == day), None)
    if place is None:
        return None
    now = found.months[place]
    before = found.months[place - 1] if place else None
    since = text.format_date(before.day if before is not None else found.programme.baseline_on)
    had = set(before.moved if before is not None else ())
    new = [each for each in now.moved if each not in had]
    left_out = {
        f"Came back since {since}": tuple(each for each in now.waiting if each in had),
        f"Died or left since {since}": tuple(each for each in now.gone if each in had),
    }
    words = f"Of {text.count(found.cohort, 'person', 'people')} in the baseline, those in a higher stage on "
    how_many = text.format_number(len(new)) if new else "None"
    words += f"{text.format_date(day)}. {how_many} of them moved on since {since}."
    planned = planned_people(found.programme, found.cohort, day)
    words += f" Planned by then: {text.format_number(planned)}, so {course_words(len(now.moved), planned)}."
    return of_people(
        f"Moved on by {text.format_date(day)}", words, "The programme’s people and their placements",
        [*new, *(each for each in now.moved if each in had)],
        {why: people for why, people in left_out.items() if people},
        dict.fromkeys(new, f"moved on since {since}"),
    )  # fmt: skip


def of_ribbon(ribbon: Ribbon, words: str, period: tuple[date, date]) -> Told:
    """One ribbon's people."""
    definition = "People by where they were before the period began and where they were at its end, each once."
    return of_people(words, definition, "Placements", ribbon.people, period=period)


def of_stays(label: str, found: StayRange, stage: Stage) -> Told:
    """Whose stays a box is drawn from: those that have ended, and those that go on."""
    words = "Stays of any time, ended or not; one that goes on counts as at least its days. The line is when half had "
    words += "left, the box the middle half, and the whiskers reach from 1 in 20 to 19 in 20. "
    words += "A hospital stay with the place kept interrupts nothing."
    if stage.limit_days:
        words += f" The flag is the longest usual stay, {text.format_duration(stage.limit_days)}."
    notes = {person: f"there {text.format_duration(days)}" for person, days in found.so_far.items()}
    there = tuple(found.so_far)
    return of_people(f"Length of stay: {label}", words, "Placements", there, {"Stay has ended": found.ended}, notes)


def of_delay(
    label: str,
    people: Iterable[str],
    days: int,
    way: str,
    period: tuple[date, date],
    barriers: Mapping[str, tuple[str, ...]] | None = None,
) -> Told:
    """One bar of delayed days; `way` says how they were parted, `barriers` is as in `Share`."""
    words = f"{text.count(days, 'day')} in the period on which a barrier was open, {way}. A day of a person is counted "
    words += "once under each heading, however many barriers were open on it."
    told = of_people(f"Delayed days: {label}", words, "Barriers", people, period=period)
    return replace(told, share=replace(told.share, barriers=barriers))


_REVIEWS = {
    "in_date": ("Reviews not due yet", "The main review is due later than the office’s “due soon”."),
    "due_soon": ("Reviews due soon", "The main review falls due within the office’s “due soon”; it is in date still."),
    "overdue": ("Reviews overdue", "The main review was due before the day looked at. A booking clears nothing."),
    "never": ("Never reviewed", "Those of the overdue who have never had a review recorded."),
}


def of_reviews(reviews: ReviewCount, key: str) -> Told:
    """One row of the reviews card."""
    name, words = _REVIEWS[key]
    return of_people(name, words, "Reviews, by the office’s rules", getattr(reviews, key))


def of_stuck(data: Figures) -> Told:
    """Everybody stuck, with their days and what holds them up."""
    notes = {}
    for each in data.first.stuck:
        why = data.labels.get(each.barrier, each.barrier) if each.barrier else "no barrier recorded"
        notes[each.person_id] = (
            f"{text.format_number(each.days)} days, {text.format_number(each.over_days)} over; {why}"
        )
    return of_people(
        "Stuck",
        "People longer in their stage than its longest usual stay, or, where at least ten stays have ended, than "
        "three in four of them. Nobody is stuck in a home of their own.",
        "Placements and barriers", [each.person_id for each in data.first.stuck], None, notes,
    )  # fmt: skip


def of_doubt(doubt: Doubt) -> Told:
    """One row of the card of doubtful records."""
    harms = dict(HARMS)[doubt.harms]
    words = f"Looked for in {text.count(doubt.of, 'person', 'people')} on the pathway. It harms: {harms}. {doubt.mend}"
    return of_people(doubt.words, words, "The whole register", doubt.people)


def moves_back_words(money: Money) -> str:
    """What moves back saved or cost, which is no part of what moves onward saved."""
    found = money.savings
    if not found.back and not found.back_unknown:
        return "Moves back would stand apart; there were none in the period."
    pence = money.saving_back
    what = "saved" if pence >= 0 else "cost more by"
    words = f"{text.count(len(found.back), 'move')} back, to a hospital say, {what} "
    return words + f"{text.format_pence(abs(pence), whole=True)}, which is no part of this."


def of_money(money: Money, key: str, period: tuple[date, date]) -> Told:
    """A row of the money card."""
    whole = {each: text.format_pence(cost.gross, whole=True) for each, cost in money.of.items()}
    net = {each: text.format_pence(cost.net, whole=True) for each, cost in money.of.items()}
    groups = {"Cost not recorded": money.unknown, "On an NHS ward, for which the council does not pay": money.on_wards}
    unknown = {why: people for why, people in groups.items() if people}
    saved = {each.person_id: f"{text.format_pence(each.a_week, whole=True)} a week" for each in money.saved}
    not_counted = {"Cost before or after not recorded": money.not_counted} if money.not_counted else {}
    movers = tuple(each.person_id for each in money.saved)
    source = "Costs and funding"
    if key == "gross":
        words = "What the places of everybody on the pathway cost in the week of the day looked at, before anybody’s "
        return of_people("Cost a week, gross", f"{words}contribution.", source, money.of, unknown, whole)
    if key == "net":
        words = "Gross less what the person pays and what the NHS pays. A place kept for somebody in hospital counts."
        return of_people("Cost a week, net", words, source, money.of, unknown, net)
    if key == "unknown":
        words = "People in a place whose cost is not recorded. They stand in no sum."
        return of_people("Cost not recorded", words, source, money.unknown)
    if key == "wards":
        words = "People on an NHS ward, no cost recorded. The council does not pay there; they stand in no sum."
        return of_people("On NHS wards", words, source, money.on_wards)
    if key == "once":
        once = {each.person_id: text.format_pence(each.transition, whole=True) for each in money.saved}
        paid = [each.person_id for each in money.saved if each.transition]
        words = "Transition costs due from 90 days before a move of the period. They stand beside the saving."
        return of_people("Paid once around moves", words, source, paid, None, once, period)
    words = f"Of moves onward in the period. {SAVING}"
    if key == "year":
        words = (
            "What the moves onward of the period save in a week, as at each move, times 52. It says what they would "
            "come to."
        )
    words += f" A move that costs more is taken off. {moves_back_words(money)}"
    return of_people("Net saving", words, "Placements and their costs", movers, not_counted, saved, period)

"""What each of the manager's figures counts and from what, by where it stands in the answer of `progress`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mhtracker.analysis.savings import MEANING as SAVING
from mhtracker.domain.counting.stuck import MEANING


class Told(NamedTuple):
    """A figure's definition, which is a sentence, and its source."""

    definition: str
    source: str


_A_WEEK = "of everybody in a place whose cost is recorded, as at the last day"
_KEPT = "Who is in hospital with a place kept counts in the stage of that place"
_BY_SOURCE: Mapping[str, Mapping[str, str]] = {
    "The programme’s people and their placements": {
        "programme.baseline": "Everybody who was in the programme’s stages at the end of its baseline day.",
        "programme.aim_percent": "How many of the baseline are to have moved on by the aim’s day, in percent.",
        "programme.aim_people": "How many people of the baseline are to have moved on by the aim’s day.",
        "programme.moved_on": "People of the baseline who are in a higher stage on the last day.",
        "programme.percent": (
            "People of the baseline who are in a higher stage on the last day, in percent of the baseline."
        ),
        "programme.planned": "How many people of the baseline were to have moved on by the last day by the plan.",
        "programme.expected_percent": (
            "How many were to have moved on by the last day by the plan, in percent of the baseline."
        ),
        "programme.waiting": "People of the baseline who have not moved on and neither died nor left.",
        "programme.gone": "People of the baseline who have died or left, also those who had moved on before.",
        "programme.entered_since": (
            "People who came to the programme’s stages after the baseline; the aim does not count them."
        ),
        "programme.entered_moved_on": (
            "Of those who came after the baseline, those who are in a higher stage on the last day."
        ),
        "programme.months.moved_on": "People of the baseline who were in a higher stage on the month’s last day.",
        "programme.old_pace.people": "Everybody who was in the programme’s stages a year before its baseline.",
        "programme.old_pace.moved_on": "Of these, those who were in a higher stage at the baseline.",
        "programme.old_pace.by_aim": (
            "How many of the baseline would have moved on by the aim’s day, if each year as large a share of those who "
            "have not yet had moved as in the year before the baseline."
        ),
        "programme.forecast.percent": "The middle of the runs for the aim’s day, in percent of the baseline.",
        "programme.forecast.low": "One run in 20 ends below this, in percent of the baseline.",
        "programme.forecast.high": "One run in 20 ends above this, in percent of the baseline.",
        "programme.forecast.people": "People whose stays the forecast’s rates come from.",
        "programme.forecast.events": "Moves onward that the forecast’s rates come from.",
    },
    "Placements": {
        "stages.opening": f"People in the stage at the end of the day before the period. {_KEPT}.",
        "stages.in": "People who came to the stage in the period, once for each time.",
        "stages.out": "People who left the stage in the period, once for each time.",
        "stages.closing": f"People in the stage at the end of the last day: opening and in, less out. {_KEPT}.",
        "moves.onward": "Moves to a higher stage that were made in the period: on the first day in the new stage.",
        "moves.back": "Moves to a lower stage that were made in the period: on the first day in the new stage.",
        "moves.planned": "Moves between stages in the period that were recorded as planned.",
        "moves.unplanned": "Moves between stages in the period that were recorded as unplanned.",
        "moves.planned_percent": "Planned moves, of those of which it is recorded.",
        "length_of_stay.people": "Stays in the stage, those that go on too.",
        "length_of_stay.completed": "Stays in the stage that have ended.",
        "length_of_stay.median_days": (
            "Half have left the stage by this day, by the product-limit method; none under ten stays that ended."
        ),
        "length_of_stay.upper_quartile_days": (
            "Three in four have left the stage by this day, by the product-limit method; none under ten that ended."
        ),
        "returns.within_a_year": (
            "Moves onward, whenever made, after which the person was back in a lower stage or in hospital within a "
            "year, also by way of another stage, or with the place kept."
        ),
        "returns.watched": "Moves onward, whenever made, at least a year before the last day.",
    },
    "Placements and barriers": {
        "stuck.days": f"Days somebody stuck has been in their stage. {MEANING}",
        "stuck.over_days": f"Days beyond what is usual there. {MEANING}",
    },
    "Barriers": {
        "delays.people": "People whose move the reason held up on at least one day of the period.",
        "delays.days": (
            "Days of the period on which the reason held a move up; a day under two reasons stands under each."
        ),
        "delayed_people": "People whose move anything held up on at least one day of the period.",
        "delayed_days": "Days of the period on which anything held a move up; no day of a person is counted twice.",
    },
    "Reviews, by the office’s rules": {
        "reviews.in_date": (
            "People on the pathway whose main review is not due yet: neither overdue nor due soon. s117 and other "
            "kinds stand apart."
        ),
        "reviews.due_soon": "People on the pathway whose main review is due soon or on the last day; in date still.",
        "reviews.overdue": "People on the pathway whose main review is overdue; a booking clears nothing.",
        "reviews.never": "Of those overdue, those of whom no review was ever held.",
        "reviews.in_date_percent": (
            "People whose main review is not overdue (it is not due yet, or due soon), of all who need one."
        ),
    },
    "Costs and funding": {
        "money.weekly_gross": f"What a week costs {_A_WEEK}.",
        "money.weekly_person": f"What people pay a week, {_A_WEEK}.",
        "money.weekly_health": f"What the NHS pays a week, {_A_WEEK}.",
        "money.weekly_net": f"What is left for the council a week, {_A_WEEK}.",
        "money.by_stage.people": f"People in the stage on the last day whose cost is recorded. {_KEPT}.",
        "money.by_stage.weekly_gross": "What a week costs of the people in the stage.",
        "money.by_stage.weekly_person": "What the people in the stage pay a week.",
        "money.by_stage.weekly_health": "What the NHS pays a week for the people in the stage.",
        "money.by_stage.weekly_net": "What is left for the council a week of the people in the stage.",
        "money.cost_not_recorded": "People in a place on the last day whose cost is not recorded, but for NHS wards.",
        "money.on_nhs_wards": (
            "People on an NHS ward on the last day for whom no cost is recorded; the council pays nothing there."
        ),
        "money.saving_in_period": f"What moves onward in the period have saved. {SAVING}",
        "money.moves_saved": (
            "Moves onward in the period whose cost before and after is known; an NHS ward costs nothing unless it is "
            "recorded, and a place kept meanwhile costs what it did."
        ),
        "money.moves_not_counted": "Moves onward in the period of which a cost is not known.",
        "money.saving_of_moves_back": (
            "What moves back in the period have saved, to a hospital say; below nothing where they cost more. It is no "
            "part of saving_in_period."
        ),
        "money.moves_back_counted": "Moves back in the period whose cost before and after is known.",
        "money.moves_back_not_counted": "Moves back in the period of which a cost is not known.",
        "money.transition_of_moves": (
            "What was paid once around the moves onward that are counted; no part of the saving."
        ),
        "money.in_period.gross": "What everybody cost in the period, day by day.",
        "money.in_period.person": "What people paid in the period, day by day.",
        "money.in_period.health": "What the NHS paid in the period, day by day.",
        "money.in_period.net": "What was left for the council in the period, day by day.",
        "money.in_period.transition": "Everything paid once in the period.",
        "money.in_period.days_not_recorded": "Days of people in the period whose cost is not recorded.",
    },
}

FIGURES: Mapping[str, Told] = {
    path: Told(definition, source) for source, told in _BY_SOURCE.items() for path, definition in told.items()
}
"""By the path of the figure, without the places in lists. Each measure tells its own (`Share.definition`)."""

"""Each field's facts told once: what forms label, reports head, imports offer and messages name.

`FIELDS[Person]["born_on"].label` is "Born". Fields that only the program fills in (`id`, `version`, a record's
`person_id`) are not here.
"""

from __future__ import annotations

from mhtracker.domain.field import Field as Field
from mhtracker.domain.field import by_name
from mhtracker.domain.further_fields import FURTHER_FIELDS
from mhtracker.domain.lists.code_lists import CODE_LISTS as CODE_LISTS
from mhtracker.domain.place_and_cost_fields import PLACE_AND_COST_FIELDS
from mhtracker.domain.records import (
    CodeItem,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Record,
    Review,
    Stage,
    Target,
    Team,
    Worker,
)

FIELDS: dict[type[Record], dict[str, Field]] = {
    Person: by_name(
        Field("ref", "Ref", "MHTracker’s own reference, such as MHT-00417."),
        Field("surname", "Surname", "As the person writes it. A single name goes here.", personal=True, required=True),
        Field("given_names", "Given names", personal=True),
        Field("known_as", "Known as", "What the person likes to be called.", personal=True),
        Field("born_on", "Born", "Day, month and year. A month or a year alone will do.", personal=True),
        Field("born_precision", "Birth date known to"),
        Field("nhs_number", "NHS number", "10 digits, with or without spaces.", personal=True),
        Field("local_id", "Local id", "The number your council’s own system gives.", personal=True),
        Field("gender", "Gender", code_list="gender", personal=True),
        Field("ethnicity", "Ethnicity", "As the person describes it.", code_list="ethnicity", personal=True),
        Field("locality", "Locality"),
        Field("worker_id", "Worker", "Who holds the case."),
        Field("team_id", "Team"),
        Field("care_coordinator", "Care coordinator", personal=True),
        Field("died_on", "Died", personal=True),
        Field("left_on", "Left the pathway"),
        Field("left_reason", "Reason for leaving", code_list="leaving_reason"),
        Field("primary_support", "Primary support reason", code_list="primary_support"),
        Field("merged_into", "Merged into", "The person whose record this one became part of."),
    ),
    Placement: by_name(
        Field("stage_id", "Stage", required=True),
        Field("service_id", "Service", "Where the person lives, or who supports them."),
        Field("unit_id", "Place", "Which flat, room or bed there."),
        Field("started_on", "Started on", "The first day there.", required=True),
        Field("ended_on", "Left on", "The day they left. The next stay may begin the same day."),
        Field("address", "Room or address", personal=True),
        Field("planned", "The move was"),
        Field("end_reason", "Reason", code_list="end_reason"),
        Field("destination", "Went to", code_list="destination"),
        Field("gap_reason", "In between", "Where the person was between the last stay and this one."),
        Field("weekly_cost_pence", "Gross cost", unit="a week"),
        Field("weekly_charge_pence", "Person pays", "Their own contribution. Nothing where s117 holds.", unit="a week"),
        Field("note", "Note", "What helped, what to watch.", personal=True),
        Field("back_reason", "Why back", "Why the move went back.", code_list="back_reason"),
    ),
    MoveOnPlan: by_name(
        Field("aim_stage_id", "Aim", "Where the person would like to live next."),
        Field("aim", "In their words", personal=True),
        Field("started_on", "Plan began on"),
        Field("ended_on", "Plan ended on"),
        Field("end_reason", "Why it ended", code_list="plan_end_reason"),
    ),
    Target: by_name(
        Field("target_on", "Target", "The day the move should have happened by.", required=True, ahead=True),
        Field("set_on", "Set on"),
        Field("reason_code", "Reason", "Why the date moves.", code_list="slip_reason"),
        Field("reason", "More", personal=True),
        Field("set_by", "Set by"),
    ),
    Review: by_name(
        Field("kind", "Kind", code_list="review_kind", required=True),
        Field("due_on", "Due", "A date earlier than the rule’s own.", ahead=True),
        Field("booked_on", "Booked for", ahead=True),
        Field("booked_time", "Time", "Such as 10:30."),
        Field("held_on", "Held on", "The day it took place."),
        Field("outcome", "Outcome", code_list="review_outcome"),
        Field("summary", "Summary", personal=True),
        Field("attended", "Who came", personal=True),
        Field("abandoned_on", "Abandoned on"),
        Field("abandon_reason", "Why it was abandoned", personal=True),
        Field("reason_code", "Why it was called", code_list="unplanned_reason"),
        Field("rebook_reason", "Why it was booked anew", personal=True),
        Field("method", "How it was held", code_list="review_method"),
        Field("own_view", "The person’s own view", "In their words where possible.", personal=True),
        Field("works", "What works", personal=True),
        Field("does_not_work", "What does not", personal=True),
        Field("s117_decision", "After-care", code_list="s117_decision"),
        Field("s117_reason", "Reasons for it", personal=True),
        Field("s117_health_name", "For the NHS", "Who decided for the integrated care board.", personal=True),
        Field("s117_council_name", "For the council", "Who decided for the council.", personal=True),
        Field("support_change", "Support", code_list="support_change"),
        Field("hours_per_week", "New hours", unit="a week"),
        Field("weekly_cost_pence", "New cost", unit="a week"),
        Field("changes_on", "From", "The day the change begins.", ahead=True),
        Field(
            "next_on",
            "Next review",
            "Earlier than the rule’s date brings it forward; later is only a booking.",
            ahead=True,
        ),
    ),
    LegalAndStatus: by_name(
        Field("kind", "Status", required=True),
        Field("code", "Value", required=True),
        Field("started_on", "Since"),
        Field("ended_on", "Until"),
        Field("note", "Note", personal=True),
        Field("expires_on", "Runs out on", "Unless renewed.", ahead=True),
        Field("end_reason", "Why it ended", personal=True),
        Field("ended_by_health", "For the NHS", "Who decided for the integrated care board.", personal=True),
        Field("ended_by_council", "For the council", "Who decided for the council.", personal=True),
        Field("decided_by", "Decided by", personal=True),
        Field("reference", "Reference", "The court’s or authority’s own number."),
    ),
    Note: by_name(
        Field("kind", "Kind", code_list="note_kind", required=True),
        Field("noted_on", "Date", "The day it happened.", required=True),
        Field("text", "Note", personal=True, required=True),
        Field("author", "Author"),
    ),
    Team: by_name(Field("name", "Team", required=True)),
    Worker: by_name(
        Field("name", "Name", required=True),
        Field("team_id", "Team"),
        Field("role", "Role"),
        Field("left_on", "Left the team on"),
    ),
    Stage: by_name(
        Field("label", "Name", required=True),
        Field("letter", "Letter", "One letter, shown beside the name and on narrow bars.", required=True),
        Field("colour", "Colour"),
        Field("level", "Level", "Higher is more independent.", required=True),
        Field("limit_days", "Longest usual stay", "Longer stays are shown as stuck. Empty: no limit.", unit="days"),
        Field("keeps_place", "The last place is kept meanwhile"),
        Field("own_home", "The person’s own home"),
        Field("retired", "No longer offered"),
        Field("optional", "Shown only while somebody is in it"),
        Field("kind", "What it is", "Measures go by this, whatever the stage is called.", code_list="stage_kind"),
    ),
    CodeItem: by_name(
        Field("label", "Words", required=True),
        Field("code", "Code", required=True),
        Field("valid_from", "Offered from"),
        Field("valid_to", "Offered until"),
    ),
    **PLACE_AND_COST_FIELDS,
    **FURTHER_FIELDS,
}
"""By record type, then by the record's own field name."""

_LABELS = {(name, item.code): item.label for name, items in CODE_LISTS.items() for item in items}


def label_of(list_name: str, code: str | None) -> str:
    """The default words of a code; the code itself when the list does not have it, "" for None.

    A council's own words are in its register: ask `Store.code_label` where there is one.
    """
    return "" if code is None else _LABELS.get((list_name, code), code)


def field_label(record_type: type[Record], name: str) -> str:
    """The label of a field, for messages; the name in plain words where none was told."""
    field = FIELDS.get(record_type, {}).get(name)
    return field.label if field else name.replace("_", " ").capitalize()

"""What councils call their columns: our fields, and the headings that mean them.

Recognising goes by the whole heading first, then by the words in it ("Client's date of birth"), then by spelling.
What a heading leaves open ("Placement": the stage or the home?) is settled by the contents, in `columns.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from mhtracker.domain.names import fold
from mhtracker.domain.near import is_near
from mhtracker.operations.importing.heading_words import EITHER, NOT_OURS, SAID


class Kind(StrEnum):
    """How a field's cells are read."""

    TEXT = "text"
    NAME = "name"
    DATE = "date"
    BIRTH = "birth"
    NHS = "nhs"
    LOCAL_ID = "local_id"
    MONEY = "money"
    STAGE = "stage"
    PLACE = "place"
    CODE = "code"
    S117 = "s117"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class OurField:
    """A field that a column can fill. `code_list` names its list; `about` groups it in menus."""

    name: str
    label: str
    kind: Kind
    about: str = "person"
    code_list: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a heading seems to mean: fields in order of likelihood, how surely (0 to 1), and why in a word or two."""

    fields: tuple[str, ...]
    confidence: float
    reason: str


OUR_FIELDS: dict[str, OurField] = {
    field.name: field
    for field in (
        OurField("ref", "MHTracker reference", Kind.LOCAL_ID),
        OurField("name", "Name", Kind.NAME),
        OurField("surname", "Surname", Kind.NAME),
        OurField("given_names", "Given names", Kind.NAME),
        OurField("known_as", "Known as", Kind.NAME),
        OurField("born_on", "Born", Kind.BIRTH),
        OurField("nhs_number", "NHS number", Kind.NHS),
        OurField("local_id", "Local id", Kind.LOCAL_ID),
        OurField("gender", "Gender", Kind.CODE, code_list="gender"),
        OurField("ethnicity", "Ethnicity", Kind.CODE, code_list="ethnicity"),
        OurField("primary_support", "Primary support reason", Kind.CODE, code_list="primary_support"),
        OurField("locality", "Locality", Kind.TEXT),
        OurField("worker", "Worker", Kind.PLACE),
        OurField("team", "Team", Kind.PLACE),
        OurField("care_coordinator", "Care coordinator", Kind.TEXT),
        OurField("s117", "s117", Kind.S117),
        OurField("s117_from", "s117 since", Kind.DATE),
        OurField("accommodation", "Accommodation", Kind.CODE, code_list="accommodation"),
        OurField("employment", "Employment", Kind.CODE, code_list="employment"),
        OurField("left_on", "Left the pathway", Kind.DATE),
        OurField("left_reason", "Reason for leaving the pathway", Kind.CODE, code_list="leaving_reason"),
        OurField("died_on", "Died", Kind.DATE),
        OurField("stage", "Stage", Kind.STAGE, "placement"),
        OurField("service", "Service", Kind.PLACE, "placement"),
        OurField("provider", "Provider", Kind.PLACE, "placement"),
        OurField("address", "Room or address", Kind.TEXT, "placement"),
        OurField("started_on", "Started on", Kind.DATE, "placement"),
        OurField("ended_on", "Left on", Kind.DATE, "placement"),
        OurField("end_reason", "Reason the stay ended", Kind.CODE, "placement", "end_reason"),
        OurField("destination", "Went to", Kind.CODE, "placement", "destination"),
        OurField("planned", "Planned or unplanned", Kind.PLANNED, "placement"),
        OurField("weekly_cost", "Gross cost a week", Kind.MONEY, "placement"),
        OurField("weekly_charge", "What the person pays a week", Kind.MONEY, "placement"),
        OurField("last_reviewed_on", "Last reviewed", Kind.DATE, "review"),
        OurField("review_due_on", "Review due", Kind.DATE, "review"),
        OurField("review_booked_on", "Review booked", Kind.DATE, "review"),
        OurField("target_original_on", "Original target", Kind.DATE, "move-on"),
        OurField("target_on", "Move-on target", Kind.DATE, "move-on"),
        OurField("aim_stage", "Aim (stage)", Kind.STAGE, "move-on"),
        OurField("aim", "Aim in their words", Kind.TEXT, "move-on"),
        OurField("notes", "Notes", Kind.TEXT),
    )
}


def squash(heading: str) -> str:
    """A heading as it is compared: "First name(s)" and "first-names" are one."""
    kept = re.sub(r"\(([^)]{3,})\)", " ", heading) if heading.count("(") else heading
    kept = kept if fold(kept) or "£" in kept else heading
    pound = "£" if "£" in kept and re.search(r"week|wk|pw|p/w|p\.w|£\s*$|^\s*£", kept, re.IGNORECASE) else ""
    folded = fold(kept)
    return pound + folded.replace(" ", "").replace("£", "")


_EXACT: dict[str, str] = {
    squash(words): field_name for field_name, said in SAID.items() for words in said.split(",") if words.strip()
}
_EXACT |= {squash(field.label): field.name for field in OUR_FIELDS.values()}
_EXACT |= {name.replace("_", ""): name for name in OUR_FIELDS}
_NOT_OURS = frozenset(squash(words) for words in NOT_OURS.split(","))
_SPELT = tuple(words for words in _EXACT if len(words) >= 6)

_WORDS: tuple[tuple[str, str], ...] = (
    (r"\b(mother|father|carer|next of kin|nok|emergency|gp|nearest relative|advocate)\b", ""),
    (r"\b(contract|contribution|contributions|hours|hrs|visits|sessions|updated)\b", ""),
    (r"\b(tel|phone|telephone|mobile|mob|fax|e ?mail|contact (no|number|details))\b", ""),
    (r"\b(target|aim|goal|move on|moving on|next|planned|proposed)\b.*\b(stage|step|setting)\b", "aim_stage"),
    (r"\b(previous|prior|former|past)\b.*\b(placement|address|service|home|stage|setting|accom\w*|worker|team)\b", ""),
    (r"\b(comment|note|remark)s?\b", "notes"),
    (r"\b(annual|yearly|monthly|per annum|per year|daily|hourly|per hour)\b.*\b(cost|fee|rate|price)", ""),
    (r"\b(cost|fee|rate|price)s?\b.*\b(annual|yearly|monthly|per annum|per year|daily|hourly|per hour|pa)\b", ""),
    (r"\b(birth|dob|born)\b", "born_on"),
    (r"\b(death|died|deceased)\b", "died_on"),
    (r"\bnhs\b.*\b(no|num|number|id)\b", "nhs_number"),
    (r"\b(s117|section 117|s 117|117)\b(?!.*\b(review|date|end|start|since)\b)", "s117"),
    (r"\b(original|initial|first|baseline)\b.*\b(target|move on)\b", "target_original_on"),
    (r"\b(last|latest|previous|recent|completed|held|done)\b.*\breview", "last_reviewed_on"),
    (r"\breview(ed)?\b.*\b(held|completed|done|on|last|previous)\b|\bdate\b.*\breviewed\b", "last_reviewed_on"),
    (r"\breview\b.*\bbooked\b|\bbooked\b.*\breview\b", "review_booked_on"),
    (r"\b(next|due|planned|scheduled)\b.*\breview\b|\breview\b.*\b(due|by|next)\b", "review_due_on"),
    (r"\breview\b", "review_due_on last_reviewed_on"),
    (r"\breason\b.*\bclos", "left_reason"),
    (r"\breason\b.*\b(leav|left|end|mov|discharg)", "end_reason"),
    (r"\b(move|moving) on\b.*\b(target|date|by|when)\b", "target_on"),
    (r"\b(target|expected|planned|anticipated|proposed|estimated)\b.*\bmov(e|ing)\b", "target_on"),
    (r"\b(start|began|commence[ds]?|moved in|admission|admitted|placed)\b", "started_on"),
    (r"\b(end|ended|left|leaving|moved out|discharge|discharged)\b", "ended_on"),
    (r"\b(weekly|per week|pw|p w|week)\b", "weekly_cost"),
    (r"\b(type|stage|setting)\b.*\b(placement|service|care|accom\w*|support)\b", "stage"),
    (r"\baccom\w*\b.*\btype\b", "stage"),
    (r"\b(placement|care|pathway)\b.*\b(type|stage|setting)\b", "stage"),
    (r"\bsocial worker|\bkey ?worker|\bcase ?worker|\bcase ?holder|\ballocated (to|worker|sw)\b|\bsw\b", "worker"),
    (r"\bcare co ?ordinator\b", "care_coordinator"),
    (r"\bethnic", "ethnicity"),
    (r"\b(surname|last name|family name)\b", "surname"),
    (r"\b(forename|first name|given name)s?\b", "given_names"),
    (r"\b(client|service user|person|resident|customer|patient|tenant)s?\b.*\bname\b", "name"),
    (r"\bname\b.*\b(home|service|placement|scheme|project)\b", "service"),
    (r"\b(care home|scheme|project|home|service|placement)\b.*\bname\b", "service"),
    (r"\b(mosaic|liquidlogic|las|swift|carefirst|paris|rio|eclipse)\b.*\b(id|no|number|ref|reference)\b", "local_id"),
    (r"\b(local|client|person|case)\b.*\b(id|no|number|ref|reference)\b", "local_id"),
    (r"\bteam\b", "team"),
    (r"\b(comment|note|update)s?\b", "notes"),
)
_PATTERNS = tuple((re.compile(pattern), field_name) for pattern, field_name in _WORDS)
_HAPPENED = frozenset({"started_on", "ended_on", "left_on", "died_on"})
_NOT_YET = re.compile(
    r"\b(exp(ected|ctd|iry|ires)?|plan(ned)?|est(imated|imate|d)?|antic\w*|likely|propos\w*|schedul\w*|project(ed)?|"
    r"predict\w*|provisional|intended|forecast|target|due|hoped|possible|latest possible)\b"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(fund\w*|s117|117|sec|section|mha|dols|cto|benefits?|referr?al|referred|assess\w*|panel|contract|invoice|budget|"
    r"payment|allocat\w*|order|appointee\w*|deputyship|medication|employment|job|worker|sw|key ?worker|added|created)\b"
)
_REVISED = re.compile(r"\b(revised|new|current|latest|amended|rescheduled|updated)\b")
_TARGET = re.compile(r"\b(target|move on|moving on)\b")
_NO_DAY = re.compile(r"\b(stage|step|setting|aim|plan|reason|why|placement|service|to|state|status|barriers?|worker)\b")
REVISED = "the target as revised"
"""Why a column is the move-on target, where the plain target beside it is the original one."""


@lru_cache(maxsize=4096)
def hear(heading: str, *, misspelt: bool = False) -> Heard:
    """What a heading seems to mean; no fields when it says nothing to us. `misspelt` also tries near spellings."""
    folded = fold(heading)
    if _REVISED.search(folded) and _TARGET.search(folded) and not _NO_DAY.search(folded):
        return Heard(("target_on",), 1.0, REVISED)
    heard = _heard(heading, misspelt)
    if not _HAPPENED.isdisjoint(heard.fields) and (_NOT_YET.search(folded) or _OF_SOMETHING_ELSE.search(folded)):
        # "Expected end date" and "Funding start date" tell no day on which somebody moved.
        return Heard((), 1.0, "not a field of the register")
    return heard


def _heard(heading: str, misspelt: bool) -> Heard:
    squashed = squash(heading)
    if not squashed:
        return Heard((), 0.0, "")
    if squashed in EITHER:
        return Heard(EITHER[squashed], 0.7, "by its heading")
    if field_name := _EXACT.get(squashed):
        same = squashed in (squash(OUR_FIELDS[field_name].label), field_name.replace("_", ""))
        return Heard((field_name,), 1.0 if same else 0.95, "same" if same else "by its heading")
    if squashed in _NOT_OURS:
        return Heard((), 1.0, "not a field of the register")
    folded = fold(heading)
    if len(folded) <= 60:
        for pattern, field_name in _PATTERNS:
            if pattern.search(folded):
                fields = tuple(field_name.split())
                return Heard(fields, 0.8, "by its heading" if fields else "not a field of the register")
    near = {_EXACT[words] for words in _SPELT if is_near(squashed, words)} if misspelt and len(squashed) >= 5 else set()
    if len(near) == 1 and (near == {"born_on"} or OUR_FIELDS[min(near)].kind is not Kind.DATE):
        return Heard(tuple(near), 0.75, "nearly spelt so")
    return Heard((), 0.0, "")

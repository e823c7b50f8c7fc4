"""The code lists a new register starts with. Lists are data: a council can add to them and retire entries.

Sources of the national ones: Client Level Data release 2, MHSDS version 6, Census 2021 (England).
An entry keeps its code when its label is reworded; it ends (`valid_to`) instead of being removed, since old records
hold it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mhtracker.domain.lists.further_lists import FURTHER_LISTS
from mhtracker.domain.lists.place_and_cost_lists import PLACE_AND_COST_LISTS
from mhtracker.domain.records import CodeItem, ReviewKind, ReviewOutcome

_MHSDS_6 = date(2024, 4, 1)

_Entry = tuple[str, str] | tuple[str, str, date | None] | tuple[str, str, date | None, date | None]

_ACCOMMODATION_SETTLED = (
    ("owner", "Owner occupier or shared ownership scheme"),
    ("tenant_social", "Tenant: Local authority or other social housing provider"),
    ("tenant_private", "Tenant: Private landlord"),
    ("family_settled", "Settled mainstream housing with family or friends"),
    ("supported", "Supported accommodation, supported lodgings or supported group home"),
    ("shared_lives", "Shared Lives scheme"),
    (
        "approved_premises",
        "Approved premises for offenders released from prison or under probation supervision",
    ),
    ("sheltered", "Sheltered housing, extra care housing or other sheltered housing"),
    ("mobile", "Mobile accommodation for Gypsy, Roma and Traveller communities"),
)
_ACCOMMODATION_NOT_SETTLED = (
    ("rough_sleeper", "Rough sleeper or squatting"),
    ("night_shelter", "Night shelter, emergency hostel or direct access hostel"),
    ("refuge", "Refuge"),
    (
        "temporary_council",
        "Placed in temporary accommodation by the council (inc. homelessness resettlement)",
    ),
    ("family_short_term", "Staying with family or friends as a short term guest"),
    ("hospital", "Acute hospital or long term healthcare residential facility"),
    ("care_home", "Registered care home"),
    ("nursing_home", "Registered nursing home"),
    ("prison", "Prison, young offenders institution or detention centre"),
    ("temporary_other", "Other temporary accommodation"),
    ("unknown", "Unknown"),
)

SETTLED = frozenset(code for code, _ in _ACCOMMODATION_SETTLED)
"""Accommodation that counts as settled. Everything else does not, and Unknown stays below the line."""

OWN_TENANCY = frozenset({"owner", "tenant_social", "tenant_private"})
"""Accommodation that is a home of one's own: bought, or rented from a council, association or landlord."""

EMPLOYED = frozenset({"paid_under_16", "paid_16_or_more", "paid_unknown"})
"""Employment that counts as employed."""

HOME_LOST = frozenset({"evicted", "abandoned", "notice", "prison", "admitted", "more_support"})
"""Why a stay ended, where that says that the home was lost."""

HOME_LOST_TO = frozenset(
    {"hospital", "nursing", "residential", "enablement", "supported", "temporary", "no_home", "prison"}
)
"""Where somebody went to, where that says the same."""

S117_SECTIONS = frozenset({"3", "37", "45A", "47", "48"})
"""Sections of the Mental Health Act 1983 whose detention leaves a right to after-care. 2, 4, 5(2), 135, 136 do not."""

_LISTS: dict[str, tuple[_Entry, ...]] = {
    "accommodation": _ACCOMMODATION_SETTLED + _ACCOMMODATION_NOT_SETTLED,
    "employment": (
        ("paid_under_16", "Paid: Less than 16 hours a week"),
        ("paid_16_or_more", "Paid: 16 or more hours a week"),
        ("paid_unknown", "Paid: Hours per week unknown"),
        ("seeking", "Not in paid employment: Seeking work"),
        ("not_seeking", "Not in paid employment: Not actively seeking work or retired"),
        ("voluntary", "Not in paid employment: Voluntary work only"),
        ("unknown", "Unknown"),
    ),
    "s117": (
        ("3", "Section 3: detained for treatment"),
        ("37", "Section 37: hospital order"),
        ("45A", "Section 45A: hospital and limitation directions"),
        ("47", "Section 47: transfer of a sentenced prisoner"),
        ("48", "Section 48: transfer of another prisoner"),
        ("unknown", "Section not recorded"),
    ),
    "gender": (
        ("male", "Male"),
        ("female", "Female"),
        ("non_binary", "Non-binary"),
        ("other", "Other"),
        ("not_stated", "Not stated"),
    ),
    "ethnicity": (
        ("asian_indian", "Asian or Asian British: Indian"),
        ("asian_pakistani", "Asian or Asian British: Pakistani"),
        ("asian_bangladeshi", "Asian or Asian British: Bangladeshi"),
        ("asian_chinese", "Asian or Asian British: Chinese"),
        ("asian_other", "Asian or Asian British: any other Asian background"),
        ("black_caribbean", "Black, Black British, Caribbean or African: Caribbean"),
        ("black_african", "Black, Black British, Caribbean or African: African"),
        ("black_other", "Black, Black British, Caribbean or African: any other Black background"),
        ("mixed_caribbean", "Mixed or multiple ethnic groups: White and Black Caribbean"),
        ("mixed_african", "Mixed or multiple ethnic groups: White and Black African"),
        ("mixed_asian", "Mixed or multiple ethnic groups: White and Asian"),
        ("mixed_other", "Mixed or multiple ethnic groups: any other mixed background"),
        ("white_british", "White: English, Welsh, Scottish, Northern Irish or British"),
        ("white_irish", "White: Irish"),
        ("white_traveller", "White: Gypsy or Irish Traveller"),
        ("white_roma", "White: Roma"),
        ("white_other", "White: any other White background"),
        ("other_arab", "Other ethnic group: Arab"),
        ("other_any", "Other ethnic group: any other ethnic group"),
        ("not_stated", "Not stated"),
    ),
    "end_reason": (
        ("ready", "Ready, and a place is free"),
        ("moved_on", "Moved on as planned"),
        ("discharged", "Discharged from hospital"),
        ("transfer", "Transferred, needs unchanged"),
        ("own_choice", "Own choice"),
        ("more_support", "Needed more support"),
        ("admitted", "Admitted to hospital"),
        ("notice", "Provider gave notice"),
        ("evicted", "Evicted"),
        ("abandoned", "Left without notice"),
        ("closed", "Service closed"),
        ("safeguarding", "Safeguarding"),
        ("prison", "Arrested or imprisoned"),
        ("out_of_area", "Moved out of the area"),
        ("died", "Died"),
        ("other", "Other"),
    ),
    "destination": (
        ("hospital", "Hospital"),
        ("nursing", "Nursing care"),
        ("residential", "Residential care"),
        ("enablement", "Enablement"),
        ("supported", "Supported living"),
        ("own_tenancy", "Own tenancy or home"),
        ("family", "With family or friends"),
        ("temporary", "Temporary accommodation"),
        ("no_home", "No fixed home"),
        ("prison", "Prison or detention"),
        ("out_of_area", "Out of the area"),
        ("died", "Died"),
        ("unknown", "Not known"),
    ),
    "leaving_reason": (
        ("independent", "Lives independently, support ended"),
        ("out_of_area", "Moved out of the area"),
        ("other_team", "Passed to another team"),
        ("other_council", "Passed to another council"),
        ("nhs", "Passed to NHS care"),
        ("declined", "Declined support"),
        ("lost_touch", "Lost touch"),
        ("died", "Died"),
        ("error", "Entered by mistake"),
        ("other", "Other"),
    ),
    "plan_end_reason": (
        ("met", "Moved as planned"),
        ("changed", "The aim changed"),
        ("given_up", "Given up for now"),
        ("left", "Left the pathway"),
        ("other", "Other"),
    ),
    "slip_reason": (
        ("no_offer", "No offer yet"),
        ("no_vacancy", "No vacancy"),
        ("funding", "Waiting for funding"),
        ("housing", "Waiting for housing"),
        ("not_ready", "Not ready yet"),
        ("unwell", "Became unwell"),
        ("own_choice", "Own choice"),
        ("carer", "Carer’s concern"),
        ("benefits", "Identity papers or benefits"),
        ("arrears", "Rent arrears"),
        ("adaptations", "Equipment or adaptations"),
        ("capacity", "Capacity decision"),
        ("court", "Court or Ministry of Justice"),
        ("provider", "Provider not ready"),
        ("staff", "No worker to arrange it"),
        ("earlier", "Ready sooner"),
        ("corrected", "Typed wrongly before"),
        ("other", "Other"),
    ),
    "delay_reason": (
        ("01", "Waiting for a care coordinator", _MHSDS_6),
        ("02", "Waiting for a community psychiatrist", _MHSDS_6),
        ("03", "Waiting for a social worker", _MHSDS_6),
        ("04", "Public funding or funding panel decision", _MHSDS_6),
        ("05", "Community or mental health NHS service, incl. rehabilitation and step-down", _MHSDS_6),
        ("06", "Place in prison or an immigration removal centre", _MHSDS_6),
        ("07", "Care home without nursing", _MHSDS_6),
        ("08", "Care home with nursing", _MHSDS_6),
        ("09", "Care package to start in own or temporary home", _MHSDS_6),
        ("10", "Equipment or adaptations", _MHSDS_6),
        ("11", "Own or family’s choice", _MHSDS_6),
        ("12", "Dispute: responsible commissioner", _MHSDS_6),
        ("13", "Dispute: pathway between teams or panels", _MHSDS_6),
        ("14", "Housing: private rented", _MHSDS_6),
        ("15", "Housing: social rented, via council list", _MHSDS_6),
        ("16", "Housing: buying or sourcing own home", _MHSDS_6),
        ("17", "Housing: not eligible for funded care or support", _MHSDS_6),
        ("18", "Housing: supported accommodation", _MHSDS_6),
        ("19", "Housing: temporary, from the council", _MHSDS_6),
        ("24", "Ministry of Justice agreement", _MHSDS_6),
        ("25", "Mental health legal proceedings", _MHSDS_6),
        ("26", "Court of Protection", _MHSDS_6),
        ("27", "Deprivation of liberty application", _MHSDS_6),
        ("28", "Specific court judgment", _MHSDS_6),
        ("31", "Public safety concern", _MHSDS_6),
        ("32", "Bespoke housing or care not available", _MHSDS_6),
        ("33", "No lawful community support, social care aside", _MHSDS_6),
        ("34", "No social care support, incl. a funded placement", _MHSDS_6),
        ("35", "Delay in an NHS-led community assessment", _MHSDS_6),
        ("36", "Hospital staff shortage", _MHSDS_6),
        ("37", "Delay in another community assessment", _MHSDS_6),
        ("98", "Not known", _MHSDS_6),
        ("offer", "Waiting for an offer"),
        ("arrears", "Rent arrears"),
        ("benefits", "Identity papers or benefits"),
        ("furniture", "Furniture"),
        ("notice", "Provider’s notice"),
        ("capacity", "Capacity decision"),
        ("not_ready", "Not ready yet"),
        ("carer", "Carer’s concern"),
    ),
    "review_kind": (
        (ReviewKind.CARE_ACT, "Care Act review"),
        (ReviewKind.S117, "s117 review"),
        (ReviewKind.ENABLEMENT, "Enablement review"),
        (ReviewKind.PLACEMENT, "Placement review"),
        (ReviewKind.UNPLANNED, "Unplanned review"),
    ),
    "review_outcome": (
        (ReviewOutcome.CONTINUE, "No change"),
        (ReviewOutcome.CHANGE, "Plan changed"),
        (ReviewOutcome.CHANGE_BUDGET, "Plan and budget changed"),
        (ReviewOutcome.END, "Support to end"),
    ),
    "note_kind": (
        ("visit", "Visit"),
        ("call", "Call"),
        ("meeting", "Meeting"),
        ("message", "Letter or email"),
        ("record", "Case record"),
        ("decision", "Decision"),
        ("supervision", "Supervision"),
        ("cpa", "CPA meeting", None, date(2022, 3, 31)),
        ("other", "Other"),
    ),
    **FURTHER_LISTS,
    **PLACE_AND_COST_LISTS,
}

EARLIER_LABELS: dict[str, dict[str, str]] = {
    "accommodation": {
        "Tenant": "tenant_social",
        "Tenant - private landlord": "tenant_private",
        "Supported accommodation / supported lodgings / supported group home": "supported",
        "Acute / long-term healthcare residential facility or hospital": "hospital",
    },
    "gender": {"M": "male", "F": "female"},
}
"""Words that older returns and sheets use for an entry, by list, for imports to recognise."""


def _items(list_name: str, entries: Iterable[_Entry]) -> tuple[CodeItem, ...]:
    return tuple(
        CodeItem(f"{list_name}/{entry[0]}", list_name, str(entry[0]), entry[1], position, *entry[2:])
        for position, entry in enumerate(entries, 1)
    )


CODE_LISTS: dict[str, tuple[CodeItem, ...]] = {name: _items(name, entries) for name, entries in _LISTS.items()}
"""Every list by name, in the order it is offered."""


def is_current(item: CodeItem, day: date) -> bool:
    """Whether an entry may be chosen for something that happens on a day."""
    return (item.valid_from is None or item.valid_from <= day) and (item.valid_to is None or day <= item.valid_to)

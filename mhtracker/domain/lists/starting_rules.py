"""The kinds of review and the ready-made plans a new register starts with. Data: an office can change them all.

Sources: Care and Support Statutory Guidance, chapter 13; Mental Health Act 1983 s117 and its practice guidance;
contact within 3 days of discharge (MHSDS 72-hour measure); intensive enablement for about six weeks after a move.
"""

from __future__ import annotations

from mhtracker.domain.records import ReviewKind, ReviewType, StepTemplate

DEFAULT_REVIEW_TYPES: tuple[ReviewType, ...] = (
    ReviewType(ReviewKind.CARE_ACT.value, "Care Act review", 1, begins="placement"),
    ReviewType(ReviewKind.S117.value, "s117 review", 2, begins="s117", repeat_months=12, soon_days=42, asks_s117=True),
    ReviewType(
        ReviewKind.ENABLEMENT.value,
        "Enablement review",
        3,
        begins="stage",
        stage_id="enablement",
        days="14,28,42",
        soon_days=7,
        lapse_days=14,
    ),
    ReviewType(ReviewKind.PLACEMENT.value, "Placement review", 4),
    ReviewType(ReviewKind.UNPLANNED.value, "Unplanned review", 5, asks_reason=True),
    ReviewType(
        "discharge", "Contact after discharge", 6, "discharge", days="3", soon_days=3, lapse_days=28, contact=True
    ),
)
"""The main rule, "placement", takes its days from the office's `ReviewRules`."""

_STEPS: tuple[tuple[str, int, str], ...] = (
    ("in_reach", -42, "First visit to the new place together"),
    ("in_reach", -28, "Meet the new staff; agree who does what"),
    ("in_reach", -21, "Benefits, bank and identity papers in order"),
    ("in_reach", -14, "Overnight or day-long trial stay"),
    ("in_reach", -7, "Medication, GP and relapse plan handed over"),
    ("in_reach", -2, "Furniture, keys and moving day settled"),
    ("enablement", 1, "Visit on the first day after the move"),
    ("enablement", 3, "Visit: food, heating, medication"),
    ("enablement", 7, "Week 1: how the first week went"),
    ("enablement", 14, "Week 2: money, bills and getting about"),
    ("enablement", 21, "Week 3: daytime activity begun"),
    ("enablement", 28, "Week 4: what can be left to the person"),
    ("enablement", 35, "Week 5: fewer visits tried"),
    ("enablement", 42, "Week 6: agree what support stays"),
    ("sustainment", 183, "Still at home after 6 months?"),
    ("sustainment", 365, "Still at home after 12 months?"),
)

DEFAULT_STEPS: tuple[StepTemplate, ...] = tuple(
    StepTemplate(f"{phase}/{position}", phase, what, days, position)
    for position, (phase, days, what) in enumerate(_STEPS, 1)
)
""""sustainment" steps are made by themselves after a move to one's own tenancy, at 6 and 12 calendar months."""

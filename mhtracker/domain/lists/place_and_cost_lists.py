"""Code lists for places, waiting and costs; see `code_lists.py`.

Sources: Client Level Data release 2 (service types, cost frequencies).
"""

from __future__ import annotations

PLACE_AND_COST_LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "frequency": (
        ("weekly", "A week"),
        ("fortnightly", "Two weeks"),
        ("four_weekly", "Four weeks"),
        ("monthly", "A month"),
        ("quarterly", "A quarter"),
        ("annually", "A year"),
        ("one_off", "Once"),
        ("hourly", "An hour"),
        ("daily", "A day"),
        ("session", "A session"),
    ),
    "cost_kind": (
        ("accommodation", "Place to live"),
        ("support", "Support"),
        ("one_to_one", "One-to-one support"),
        ("home_care", "Home care"),
        ("day", "Day care"),
        ("direct_payment", "Direct payment"),
        ("meals", "Meals"),
        ("transition", "Cost of moving"),
        ("other", "Other"),
    ),
    "service_type": (
        ("nursing", "Long term support: Nursing care"),
        ("residential", "Long term support: Residential care"),
        ("community", "Long term support: Community"),
        ("prison", "Long term support: Prison"),
        ("st_max", "Short term support: ST-Max (reablement)"),
        ("st_low", "Short term support: Ongoing low level"),
        ("st_other", "Short term support: Other short term"),
    ),
    "feature": (
        ("staff_24_hour", "24-hour staff"),
        ("staff_day", "Staff by day"),
        ("self_contained", "Self-contained"),
        ("ground_floor", "Ground floor"),
        ("step_free", "Step-free"),
        ("lift", "Lift"),
        ("women_only", "Women only"),
        ("men_only", "Men only"),
        ("pets", "Pets allowed"),
        ("garden", "Garden"),
        ("long_tenancy", "Tenancy without an end"),
    ),
    "hold_reason": (
        ("offer", "Kept for somebody"),
        ("hospital", "Kept while in hospital"),
        ("repairs", "Out of use: repairs"),
        ("provider", "Kept back by the provider"),
        ("other", "Other"),
    ),
    "priority": (
        ("urgent", "Urgent"),
        ("high", "High"),
        ("ordinary", "Ordinary"),
    ),
    "waiting_end": (
        ("housed", "Moved in"),
        ("elsewhere", "Found somewhere else"),
        ("withdrew", "No longer wants it"),
        ("unsuitable", "No longer suitable"),
        ("left", "Left the pathway"),
        ("died", "Died"),
        ("error", "Entered by mistake"),
    ),
    "offer_answer": (
        ("accepted", "Accepted"),
        ("refused", "Refused by the person"),
        ("declined", "Declined by the service"),
        ("lapsed", "No longer open"),
    ),
    "refusal": (
        ("area", "Not the right area"),
        ("size", "Too small, or shared"),
        ("support", "Too little support there"),
        ("rules", "Rules of the house"),
        ("distance", "Too far from family or friends"),
        ("cost", "Rent or charges"),
        ("not_ready", "Not ready to move"),
        ("risk", "Service: risk too high"),
        ("needs", "Service: needs too high"),
        ("mix", "Service: would not fit with who lives there"),
        ("funding", "Funding not agreed in time"),
        ("other", "Other"),
    ),
}
"""By list name: code and words, in the order they are offered."""

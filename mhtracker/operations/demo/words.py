"""What is written in the demo register about readiness, barriers, goals, the people around a person, and warnings."""

from __future__ import annotations

EVIDENCE: dict[str, tuple[str, str, str, str]] = {
    "relapse": ("No plan yet", "Plan begun with the nurse", "Knows the early signs", "Rings before it gets bad"),
    "medication": ("Staff give it", "Reminded twice a day", "Blister pack, checked weekly", "Collects it and takes it"),
    "self_care": ("Needs prompting each morning", "Washes when reminded", "Mostly without help", "No help needed"),
    "food": ("All meals are cooked by staff", "Helps in the kitchen", "Cooks twice a week", "Shops and cooks alone"),
    "money": ("Staff hold the money", "Gets it weekly", "Has a bank card and a list", "Pays the bills"),
    "tenancy": ("Never had one", "Has seen a tenancy agreement", "Finished the tenancy course", "Rent book in order"),
    "appointments": ("Has to be taken", "Goes when reminded", "Keeps a calendar", "Makes and keeps them alone"),
    "substances": ("Drinks most days", "Cutting down", "Rarely now", "None for two years"),
    "physical": ("No check for two years", "Health check booked", "Inhaler used well", "Walks every day"),
    "network": ("Nobody visits", "Sister rings", "Goes home on Sundays", "Friends at the allotment"),
    "daytime": ("Stays in the room", "One group a week", "Works in the garden project", "Volunteers three days"),
    "safety": ("Alarm set off twice", "Forgets the stove at times", "Locks up at night", "No concerns"),
    "wish": ("Does not want to talk of it", "Not sure", "Would like to look at places", "Asks when it will be"),
}
"""By readiness domain, what is seen at each rating from 0 to 3."""

BARRIERS: dict[str, tuple[str, str, str]] = {
    "no_offer": ("offer", "care", "Bids each week; third last time"),
    "no_vacancy": ("18", "care", "Two people before on the list"),
    "funding": ("04", "both", "Panel papers sent"),
    "not_ready": ("not_ready", "", "Cooking and money first"),
    "unwell": ("05", "health", "Waiting for the community team"),
    "benefits": ("benefits", "", "No birth certificate yet"),
    "adaptations": ("10", "care", "Rail and level shower ordered"),
    "capacity": ("capacity", "both", "Assessment of capacity asked for"),
    "own_choice": ("11", "", "Would like to stay near the sister"),
}
"""By the reason a target slips: the barrier's code, whom the delay is put down to, and a note."""

ACTIONS = (
    "Send the panel papers",
    "Visit two flats together",
    "Order a copy of the birth certificate",
    "Ask the GP for the yearly health check",
    "Ring housing about the bid",
    "Book the tenancy course",
    "Write the relapse plan with the nurse",
    "Open a bank account",
    "Ask the sister to the next review",
    "Find a place in the garden project",
)

GOALS = (
    "A flat with a window over trees",
    "Cook for my sister once a week",
    "Get my own bank card back",
    "Go to the match on Saturdays",
    "Learn to drive, or at least the bus",
    "Sleep without the radio on",
    "See my daughter at Christmas",
    "Work in a kitchen again",
    "A cat, when I have my own door",
)

SCORE_NOTES = ("", "", "Slow, but going", "A good month", "Stuck since the winter", "Nearly there")

RELATIONS = (
    ("family", "Sister"),
    ("family", "Brother"),
    ("carer", "Mother"),
    ("friend", "Friend"),
    ("carer", "Partner"),
)

WARNINGS: tuple[tuple[str, str, str], ...] = (
    ("visit_in_twos", "Visit in twos, and in daylight", "Was frightened by a lone visitor"),
    ("fire", "Smokes in bed; check the alarm", "Burn marks seen on the mattress"),
    ("animals", "Large dog: ring before the visit", "The dog bit a postman"),
    ("communication", "Hears little on the left; speak face to face", "Asked for at the last review"),
    ("self_neglect", "Look into the fridge at each visit", "Found without food in January"),
    ("address", "Do not give the address to the family", "Asked for at the first meeting"),
)

OWN_VIEWS = (
    "I like it here but it is noisy at night.",
    "I want to move before the winter.",
    "Nobody asked me about the room.",
    "It is going well. I would like more time outside.",
    "I worry about the money more than about the flat.",
)
WORKS = (
    "The same keyworker each week.",
    "Short visits, often.",
    "Lists on the fridge.",
    "Going together the first time.",
)
DOES_NOT_WORK = ("Letters without a call.", "New faces.", "Early appointments.", "Waiting without knowing how long.")
CORRECTIONS = ("Typed under the wrong day", "The name was wrong", "Said by the mother, not the sister")
LETTERS = (
    ("Housing letter", "letter", "Northmoor Homes\n\nYour place on the list is now third. This letter is invented.\n"),
    (
        "Tenancy course certificate",
        "other",
        "Northmoor College\n\nFinished all six evenings. It is invented.\n",
    ),
    ("Care and support plan", "care_plan", "Care and support plan\n\nAll that stands here is invented.\n"),
)
"""Name, kind and words of the papers attached."""

ENABLEMENT_SUMMARIES = (
    "Food and medication in hand; money next.",
    "Two bad nights, then better. Visits stay daily this week.",
    "Took the bus alone. Fewer visits from Monday.",
    "Neighbours met. Wants to try the evening group.",
)

AFTER_CARE_REASONS = {
    False: ("Relapse is likely without the support.", "The plan works because it is there.", "Still needed each week."),
    True: ("Fewer visits; the depot clinic stays.", "Day placement instead of one-to-one support."),
}
"""Why after-care goes on as it is, or changed (True)."""

AFTER_CARE_ENDS = (
    "Well for three years without support for the mental disorder",
    "Needs are now physical only, and met under the Care Act",
)

UNPLANNED = (
    ("hospital", "Two weeks on the ward; the plan was looked at before coming back."),
    ("carer", "Mother can no longer cook and wash. Support added at the weekend."),
    ("safeguarding", "Money lent to a neighbour again. Bank card now held with consent."),
    ("provider", "The provider gave notice on two staff; who comes instead was agreed."),
    ("asked", "Asked for another keyworker, and got one."),
)
"""The reason's code and what was written."""

ABANDONED = ("In hospital that week", "Did not want a meeting; visited instead", "The service forgot to tell anybody")

KEY_MOVES = {
    "hospital": "Back in hospital, for the first time in years",
    "residential": "Came to live with staff day and night",
    "enablement": "Six weeks to find out what is possible",
    "supported": "A flat with support, and a key to it",
    "independent": "Signed a tenancy",
}
"""By stage: what a move there meant, in the words chosen for paper."""

KEY_EVENTS = (
    "Cooked for eight at the Christmas dinner",
    "Saw the daughter again after four years",
    "First wage from the garden project",
    "Clozapine begun; slept through for the first time",
    "Lost the brother",
)

PUT_OFF = ("Waiting for the ward round", "The provider rings back on Monday", "On leave; nobody else knows the case",
           "Asked to be left alone this week")  # fmt: skip

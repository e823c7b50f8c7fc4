"""Names for invented people: words that mean "example", "test" or "pattern" in many languages, and made-up places."""

SURNAMES = (
    "Przykład Testowska Triail Namuna Enghraifft Wzór Prawf Sampla Tijaabo Udaharan Fictley Mockford Nonesuch "
    "Drishtant Apeere Örnek Misaal Testerby Misali Kowalex Samplewood Tusaale Ejemplo Esempio Ffugiol Kalpanik "
    "Misolek Pixbrook Tusiye Uddahari Adhabh Demowicz Maangarh Ceaptha Šablona Dychmygu Qaybsan Kalpit Umělý "
    "Zmyślony Mythe Patternby Placeholt Specimore Mustermann Beispiel Exemplar Voorbeeld Eksempel Esimerkki "
    "Przymiarka Mintakova Pavyzdys Primjerić Obrazek Foobarski Loremby Ipsumley Dolorsett Nullworth Voidley Blankett "
    "Dummery Trialwood Draftham Sketchley Outliner Imaginsky Invenzione Fantazja Wymysł Namūnai Udāharan Misaalson "
    "Samhail Leathbhreac Eiseamláir Enghreifftiol Patrwmiol Ffugenw Tybiedig Muunad Tusaaleyn Malaha Khayali Farzi "
    "Kalpnik Banawti Nakli Mithya Nirmit Rachit Upmaan Aadarsh Mockwright Testington Samplesmith Fabrikova Modelski"
).split()

MALE = (
    "Marek Ciarán Imran Tunde Leroy Owain Sunil Abdi Tomasz Alan Piotr Dev Bartosz Neil Ravi Luca Rhys Jakub Darren "
    "Gerard Louis Kwame Yusuf Harpreet Dafydd Seán Pádraig Mohammed Anil Tariq Wojciech Emeka Kofi Hassan Ismail "
    "Gareth Colin Trevor Winston Desmond Errol Vikram Arjun Faisal Nadeem Stefan Bogdan Milan Petr Andrei"
).split()

FEMALE = (
    "Zofia Priya Gwen Joan Denise Aoife Selin Farida Halima Grace Hodan Rosa Ayan Mina Kasia Niamh Ivana Eleri Nimco "
    "Siobhán Rhian Ewa Anjali Harriet Nasrin Lowri Sian Maryam Amina Sharon Sarah Lucy Beverley Yvonne Marcia Gloria "
    "Shanice Sunita Meena Rukhsana Shabnam Agnieszka Małgorzata Danuta Elena Petra Fadumo Sahra Chioma Abena"
).split()

WORKERS = (
    "Ewa Fikcyjna",
    "Anjali Kalpit",
    "Radka Umělá",
    "Rhys Ffug",
    "Tom Mockridge",
    "Siân Tybiedig",
    "Idris Namunaye",
    "Orla Samhlach",
    "Ben Testwell",
    "Dilys Ffuglen",
)
"""The first of these holds the demo's own caseload."""

TEAMS = ("Recovery North", "Recovery South", "Rehabilitation")
LOCALITIES = ("Northmoor Town", "Harbourside", "Elmvale", "Westing", "Tarn Valley")
COORDINATORS = ("Dr Nasrin Farzi", "Lowri Enghraifft", "Jakub Zmyślony", "Harriet Mythe", "")

SERVICES: dict[str, tuple[tuple[str, str], ...]] = {
    "hospital": (("Ashdown Ward", "Northmoor Partnership Trust"), ("Rowan Unit", "Northmoor Partnership Trust")),
    "residential": (
        ("Beech Lodge", "Tidewater Support"),
        ("Larkfield", "Larkfield Care"),
        ("Willow House", "Northmoor Homes"),
        ("Fern Bank", "Tidewater Support"),
        ("The Limes", "Pretend Care"),
    ),
    "enablement": (("Step House", "Northmoor Homes"), ("Bridge End", "Pretend Care")),
    "supported": (
        ("Harbour Court", "Tidewater Support"),
        ("Mill Street", "Northmoor Homes"),
        ("Canal View", "Canal Housing"),
        ("Orchard Mews", "Pretend Care"),
    ),
    "independent": (("Own tenancy", ""),),
}
"""By stage: services and their providers."""

GAPS = ("Stayed with a sister", "Stayed with friends", "With parents", "Temporary hotel room")

NOTES = (
    ("visit", "Visited at home. The room was tidy and the rent book up to date. Talked about what comes next."),
    ("call", "Rang to ask about the letter from housing. Nothing has come yet; will ring again on Friday."),
    (
        "meeting",
        "Met with the keyworker. Cooking twice a week now, shopping with a list. Wants to try a third evening.",
    ),
    ("call", "Sister rang. She will come to the next review and would like to know the time."),
    ("visit", "Went to see two flats together. Liked the second, worried about the stairs."),
    ("message", "Letter from the GP filed. Yearly health check booked."),
    ("record", "Viewed the allotment near the new place. “I could see myself here.”"),
    ("visit", "Practised the bus to the day centre. Managed the way back alone."),
)

REVIEW_SUMMARIES = (
    "Settled. Wants more say in the weekly shop.",
    "Medication now taken from blister packs, none missed.",
    "Ready to look at the next step; asked for a tour first.",
    "A harder winter. Keep the plan and look again in spring.",
    "Sister came. Agreed to start budgeting sessions.",
)

SLIP_REASONS: dict[str, tuple[str, ...]] = {
    "no_offer": ("Waiting for a housing offer", "Third on the list for the flat in Elmvale"),
    "no_vacancy": ("No room free before the summer", "The place went to somebody else"),
    "funding": ("The panel meets next month", "Papers sent back with questions"),
    "not_ready": ("Wants to manage the medication first", "Two more months of cooking sessions"),
    "unwell": ("In hospital for three weeks", "A bad winter; looks again in spring"),
    "benefits": ("Bank account still not open", "Waiting for the birth certificate"),
    "adaptations": ("The rail in the bathroom is not fitted",),
    "capacity": ("Assessment of capacity booked",),
    "own_choice": ("Would like to stay near the sister",),
}
"""What workers write when a move-on date moves, by its coded reason."""

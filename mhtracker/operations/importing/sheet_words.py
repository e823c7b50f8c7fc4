"""What sheets write for a stage or an entry of a code list, beside its own label. Case and punctuation do not count."""

STAGE_WORDS: dict[str, str] = {
    "hospital": """
        hospital, ward, inpatient, in patient, acute, acute ward, psychiatric hospital, hospital ward, hosp, picu,
        acute inpatient, mental health ward, mh ward, hospital inpatient, in hospital, rehab ward, psychiatric ward
    """,
    "nursing": """
        nursing, nursing home, nursing care, care home with nursing, nursing placement, nh, emi nursing, registered
        nursing home, nursing care home, long term nursing care, short term nursing care
    """,
    "residential": """
        residential, residential care, res, res care, care home, residential home, resi, residential placement, rc,
        res home, resi care, registered care home, care home without nursing, residential care home, rch, long term
        residential care, short term residential care, residential rehab, specialist residential care
    """,
    "enablement": """
        enablement, reablement, re ablement, step down, step down flat, stepdown, step down service, enablement
        service, enablement flat, reablement service, step down bed, st max, discharge to assess
    """,
    "supported": """
        supported living, supp living, supported accommodation, sl, 24hr supported, 24 hr supported, 24 hour
        supported, 24hr supported living, 24 hr supported living, 24 hour supported living, supported, 24hr
        supported accommodation, 24 hour supported accommodation, high support, supported housing, supp accom,
        supported living 24hr, supported living 24 hour, 24 7 supported living, supported accom, sup living, group
        home, supported tenancy, community supported living, 24h supported living, supp liv, intensive supported
        living, supported liv, s living
    """,
    "visiting": """
        visiting support, visiting, supported living visiting, visiting supported living, outreach, outreach
        support, low support
    """,
    "floating": """
        floating support, floating, fs, tenancy support, floating support own tenancy, floating supp, resettlement,
        resettlement support, housing related support
    """,
    "independent": """
        independent, independent living, own tenancy, own home, own flat, general needs, council tenancy, private
        rented, private tenancy, own accommodation, independent tenancy, living independently, il, council flat,
        housing association tenancy, general needs housing, independently
    """,
}

CODE_WORDS: dict[str, dict[str, str]] = {
    "gender": {
        "male": "m, man, cis male, trans male",
        "female": "f, woman, cis female, trans female",
        "non_binary": "nb, nonbinary, non binary",
        "not_stated": """
            not known, unknown, not stated, prefer not to say, declined, n s, not specified, not recorded
        """,
        "other": "other gender",
    },
    "primary_support": {
        "mental_health": "mental health, mh, mental health needs, mental illness",
        "memory": "memory, dementia, memory and cognition, cognition",
        "learning": "learning disability, ld, learning disabilities, learning difficulty",
        "physical_mobility": "access and mobility, mobility, physical mobility",
        "physical_care": "personal care, physical, physical support, physical disability",
        "visual": "visual impairment, sight loss, visual",
        "hearing": "hearing impairment, hearing loss, hearing",
        "dual": "dual impairment, dual sensory loss, deafblind",
        "substances": "substance misuse, substances, drugs, alcohol, drugs and alcohol",
        "asylum": "asylum seeker, asylum",
        "isolation": "social isolation, isolation",
    },
    "ethnicity": {
        "asian_indian": "indian, asian indian, british indian, asian british indian",
        "asian_pakistani": "pakistani, asian pakistani, british pakistani, asian british pakistani",
        "asian_bangladeshi": """
            bangladeshi, asian bangladeshi, british bangladeshi, asian british bangladeshi, bengali
        """,
        "asian_chinese": "chinese, asian chinese",
        "asian_other": "asian other, other asian, any other asian background, asian british other",
        "black_caribbean": "caribbean, black caribbean, black british caribbean, afro caribbean",
        "black_african": "african, black african, black british african",
        "black_other": "black other, other black, any other black background, black british other",
        "mixed_caribbean": "white and black caribbean, white black caribbean, mixed white and black caribbean",
        "mixed_african": "white and black african, white black african, mixed white and black african",
        "mixed_asian": "white and asian, white asian, mixed white and asian",
        "mixed_other": "mixed other, other mixed, any other mixed background, dual heritage, mixed race",
        "white_british": """
            white british, english, welsh, scottish, northern irish, wb, white english, white uk, english welsh
            scottish northern irish british, british white
        """,
        "white_irish": "white irish, irish",
        "white_traveller": "traveller, gypsy, irish traveller, gypsy or irish traveller, gypsy traveller",
        "white_roma": "roma, white roma",
        "white_other": "white other, other white, any other white background, white european",
        "other_arab": "arab",
        "other_any": "other, any other, other ethnic group, any other ethnic group",
        "not_stated": """
            not known, unknown, not stated, refused, not recorded, prefer not to say, declined, n s, z, not yet
            obtained, information not yet obtained, undeclared, undeclared not known
        """,
    },
    "accommodation": {
        "owner": "owner occupier, owner, owned, own home, home owner",
        "tenant_social": """
            council tenant, la tenant, housing association, social housing, council, housing association tenant,
            local authority tenant, tenant council, tenant social, registered social landlord, council tenancy
        """,
        "tenant_private": "private tenant, private rented, private landlord, private rent, tenant private",
        "family_settled": """
            with family, living with family, family, with parents, lives with family, family home
        """,
        "supported": """
            supported accommodation, supported living, supported housing, supported lodgings, group home
        """,
        "shared_lives": "shared lives",
        "sheltered": "sheltered, sheltered housing, extra care, extra care housing",
        "rough_sleeper": """
            rough sleeper, rough sleeping, street homeless, squatting, no fixed abode, nfa, homeless
        """,
        "night_shelter": "night shelter, hostel, emergency hostel",
        "temporary_council": "temporary accommodation, ta, bed and breakfast, b b",
        "family_short_term": "sofa surfing, staying with friends, staying with family",
        "hospital": "hospital, inpatient, ward",
        "care_home": """
            care home, residential, residential care, residential home, res care, registered care home
        """,
        "nursing_home": "nursing home, nursing care, nursing",
        "prison": "prison, custody",
        "unknown": "not known, unknown, not recorded, n k, nk",
    },
    "employment": {
        "paid_under_16": "paid under 16 hours, part time under 16 hours, less than 16 hours",
        "paid_16_or_more": """
            full time, paid 16 or more, full time employment, 16 or more hours, 16 hours or more
        """,
        "paid_unknown": """
            employed, in employment, paid, paid work, working, yes, y, part time, paid employment, in paid work
        """,
        "seeking": "unemployed, seeking work, looking for work, job seeking, unemployed seeking work",
        "not_seeking": """
            not seeking work, retired, long term sick, not working, no, n, unable to work, sick, none, not in paid
            employment, not employed, not actively seeking work, unemployed not seeking work
        """,
        "voluntary": "voluntary, volunteer, volunteering, voluntary work, unpaid voluntary work",
        "unknown": "not known, unknown, not recorded, n k, nk",
    },
    "end_reason": {
        "moved_on": """
            moved on, planned move, planned, step down, stepped down, move on, planned move on, moved to
            supportedliving, moved on planned, moved to own tenancy, moved to independent living, positive move on,
            positive move
        """,
        "discharged": "discharged, discharge, hospital discharge, discharged from ward, left hospital",
        "transfer": "transfer, transferred, transferred to another service, moved home, change of placement",
        "own_choice": """
            own choice, self discharge, self discharged, client choice, personal choice, chose to leave
        """,
        "more_support": "needs increased, increased needs, higher support, step up, stepped up, needs not met",
        "admitted": """
            hospital admission, admission, admitted, readmitted, relapse, sectioned, admission to hospital
        """,
        "notice": "notice, notice given, provider notice, notice served, given notice",
        "evicted": "eviction, evicted",
        "abandoned": "abandoned, absconded, awol, abandoned placement, went missing",
        "closed": "home closed, service closed, closure, home closure, provider failure",
        "safeguarding": "safeguarding concern, safeguarding",
        "prison": "prison, arrested, custody, remanded, imprisoned",
        "out_of_area": "out of area, moved away, moved out of area, moved away from area",
        "died": "died, death, deceased, rip, passed away",
        "other": "other, unknown, not known",
    },
    "destination": {
        "hospital": "hospital, ward, inpatient",
        "nursing": "nursing home, nursing",
        "residential": "residential, residential care, care home",
        "enablement": "enablement, step down, reablement",
        "supported": "supported living, supported accommodation, supported housing",
        "own_tenancy": """
            own tenancy, own home, own flat, independent, independent living, council tenancy, private rented
        """,
        "family": "family, family home, with family, parents, friends, with friends",
        "temporary": "temporary accommodation, temporary, hostel, bed and breakfast",
        "no_home": "homeless, no fixed abode, nfa, street homeless, no fixed address",
        "prison": "prison, custody",
        "out_of_area": "out of area",
        "died": "died, deceased, death",
        "unknown": "unknown, not known",
    },
    "leaving_reason": {
        "independent": "independent, support ended, no longer needs support, goals met, needs met",
        "out_of_area": "moved away, out of area, moved out of area",
        "other_team": "transferred, transferred to another team, other team, transfer",
        "other_council": "other council, other local authority, other la, other authority",
        "nhs": "nhs, chc, continuing healthcare, nhs care",
        "declined": "declined, refused, declined services, disengaged",
        "lost_touch": "lost contact, lost touch, no contact",
        "died": "died, deceased, death, rip",
        "other": "other, closed, case closed",
    },
}

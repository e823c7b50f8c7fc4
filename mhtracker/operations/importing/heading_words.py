"""The headings that councils give their columns, by the field of ours they mean; case and punctuation do not count."""

SAID = {
    "ref": "mhtracker ref, mht ref, mhtracker reference",
    "name": """
        name, full name, client name, service user, service user name, person, person name, customer, customer name,
        client, resident, resident name, patient, patient name, tenant, name of client, name of person, su name,
        surname first name, surname forename, last name first name, forename surname, citizen, individual, adult,
        adult name
    """,
    "surname": """
        surname, last name, family name, sname, second name, client surname, l name, lname, names surname, surnames
    """,
    "given_names": """
        first name, forename, given name, given names, first names, forenames, christian name, fname, f name, first,
        client forename, client first name, given
    """,
    "known_as": "known as, preferred name, likes to be called, aka, goes by, alias",
    "born_on": """
        dob, date of birth, born, birth date, birthdate, birthday, d birth, date born, birth, born on, client dob, d
        o b
    """,
    "nhs_number": "nhs no, nhs number, nhs, nhs num, nhs id, nhsnumber, nhs nr, nhs #",
    "local_id": """
        mosaic id, mosaic no, mosaic number, mosaic, las id, las no, las number, las, local id, client id, client
        no, client number, case no, case number, case id, person id, person no, person number, liquidlogic id,
        liquid logic id, ll id, swift id, swift no, swift, carefirst id, carefirst no, careworks id, ais id, ais no,
        ais, azeus id, eclipse id, framework id, frameworki id, fwi id, paris id, rio id, rio no, rio number,
        systmone id, customer id, customer no, service user id, su id, social care id, social care no, social care
        number, hospital number, hospital no, unique id, la id, council id, epjs id, ssid, carenotes id, resident
        id, local identifier, local number, la person unique identifier, id no, id number
    """,
    "gender": "gender, sex, m f, gender identity",
    "ethnicity": "ethnicity, ethnic origin, ethnic group, ethnic background, ethnic category",
    "primary_support": """
        primary support reason, psr, primary support, main support reason, primary reason for support, support reason,
        primary client type, primary need
    """,
    "locality": """
        locality, district, area, neighbourhood, patch, ward area, borough, borough area, pcn
    """,
    "worker": """
        worker, social worker, allocated to, allocated worker, allocated, key worker, keyworker, case worker,
        caseworker, case holder, caseholder, sw, lead worker, lead professional, responsible worker, named worker,
        assigned to, owner, current worker, practitioner, allocated social worker, lead practitioner, key contact,
        case manager, allocated sw, sw name
    """,
    "team": """
        team, team name, allocated team, responsible team, cmht, team allocated, service team, working team
    """,
    "care_coordinator": """
        care co ordinator, care coordinator, cco, cc, cpa coordinator, care coord, coordinator, co ordinator, care co
    """,
    "s117": """
        s117, section 117, 117, s117 aftercare, section 117 aftercare, s 117, s117 eligible, 117 aftercare, s117
        status, s117 entitlement, entitled to s117, subject to s117, sec 117, aftercare, after care, s117 y n, mha
        s117, s117 yes no
    """,
    "s117_from": """
        s117 since, s117 start, s117 start date, s117 from, s117 began, s117 date, date s117 began, date of s117,
        section 117 start, section 117 start date, section 117 date, section 117 since, s117 aftercare start,
        aftercare start date, after care start date, s117 aftercare since
    """,
    "accommodation": """
        accommodation status, settled accommodation, accommodation status settled, housing status
    """,
    "employment": "employment, employment status, work status, in employment, paid work, employed",
    "left_on": """
        date case closed, case closed, closed on, closure date, case closure date, left the pathway, date closed
    """,
    "left_reason": """
        closure reason, reason for closure, reason closed, reason case closed, case closure reason
    """,
    "died_on": "date of death, died, died on, dod, deceased, deceased on, death date, date died",
    "stage": """
        placement type, type of placement, type, stage, setting, service type, type of service, pathway stage, care
        type, type of care, current stage, support type, type of support, placement category, category, stage of
        pathway, pathway, level of support, support level, type of accommodation, accommodation type, pathway step,
        step, provision type, type of provision, package type, care setting, residence type, setting type, current
        setting, service category
    """,
    "service": """
        home, service, home name, name of home, care home, service name, name of service, unit, scheme, project,
        establishment, placement name, name of placement, care home name, current home, current service, placement
        provider, house, property, location, placed at, living at, lives at, residence, scheme name, name of care
        home, supported living scheme, project name, where, placement address, facility, accommodation name,
        provision, hostel, ward, ward name, where living, living where
    """,
    "provider": """
        provider, provider name, organisation, landlord, support provider, care provider, agency, company, supplier,
        name of provider, supplier name, provider organisation, housing provider
    """,
    "address": """
        address, home address, current address, full address, room, flat, room or address, flat no, room no,
        property address
    """,
    "started_on": """
        date moved in, start, from, placed, start date, date started, date placed, moved in, move in date, moved in
        on, placement start, placement start date, placement date, date of placement, admission date, date of
        admission, admitted, admitted on, date admitted, since, started, started on, date from, service start,
        service start date, placed on, moved on date, commenced, commencement date, start of placement, placement
        began, began, date of move, package start, tenancy start, in date, date in, entry date, date entered,
        placement commenced, placement from, tenancy start date, moving in date, start dt
    """,
    "ended_on": """
        end, to, left, date left, end date, date ended, ended, ended on, moved out, date moved out, placement end,
        left on, placement end date, discharge date, date of discharge, discharged, until, date to, service end,
        service end date, leaving date, moved out on, finish, finish date, finished, termination date, out date,
        date out, exit date, move out date, placement to, end of placement, actual end date, date of leaving,
        placement ended, end dt, date discharged
    """,
    "end_reason": """
        reason for leaving, end reason, reason ended, leaving reason, reason left, why left, reason for end, reason
        placement ended, reason for ending, reason for move, move reason, reason for discharge, discharge reason,
        termination reason, exit reason, reason moved, reason placement end, placement end reason, reason
    """,
    "destination": """
        destination, moved to, discharged to, went to, left to, move to, where to, moved on to, destination on
        leaving
    """,
    "planned": """
        planned, planned unplanned, planned or unplanned, planned move y n, was move planned, unplanned
    """,
    "weekly_cost": """
        weekly cost, £pw, cost per week, £ per week, cost pw, pw cost, £ pw, gross weekly cost, weekly rate, weekly
        fee, price per week, weekly price, weekly gross, gross cost, gross weekly, fee per week, rate per week, per
        week, £ week, £ wk, pw, package cost, cost weekly, placement cost, total weekly cost, weekly
        cost gross, current weekly cost, fees pw, fees per week, weekly amount, weekly £, cost p w, £ p w, cost wk,
        unit cost, cost per wk
    """,
    "weekly_charge": """
        client contribution, weekly contribution, contribution per week, contribution pw, client contribution pw,
        weekly client contribution, client contribution per week, assessed contribution, assessed charge, client
        charge, person pays, person pays a week, service user contribution, su contribution, weekly client charge,
        charge to person, charge to client, what they pay, own contribution
    """,
    "last_reviewed_on": """
        last review, reviewed on, date of last review, last review date, last reviewed, date last reviewed, previous
        review, reviewed, review held, review completed, most recent review, latest review, last care act review,
        review done, last annual review, date reviewed, last s117 review, review completed on, last review held,
        last review on
    """,
    "review_due_on": """
        next review, review due, next review date, review due date, date of next review, next review due, due, date
        review due, review due by, review by, due for review, annual review due, next annual review, next care act
        review, review due on, due date, planned review date, scheduled review, next s117 review
    """,
    "review_booked_on": """
        review booked, booked review, review booked for, date review booked, review appointment, booked for
    """,
    "target_original_on": """
        original target, original target date, original move on date, first target, initial target date, original
        move on target, baseline target
    """,
    "target_on": """
        move on target, target, target date, move on date, planned move, planned move on, planned move date, move on
        by, expected move on, expected move date, planned move on date, estimated move date, anticipated move on
        date, move on due, target move on date, move on target date, proposed move date, move date, expected move on
        date, current target, target move date, anticipated move date, estimated move on date, est move on, move on
        planned, move on eta
    """,
    "aim": """
        aim, goal, move on aim, move on plan, next step, move on goal, long term plan, move on option, plan, aims,
        future plan, move on to, move on destination, aim of placement, preferred move on
    """,
    "notes": """
        notes, comments, note, comment, remarks, update, latest update, progress, narrative, actions, current
        position, summary, case notes, additional information, other information, further information, info, any
        other information, details, update notes, progress notes, latest position, situation
    """,
}
"""Commas part the headings of one field."""

NOT_OURS = """
    #, age, annual cost, budget code, consultant, contribution, cost code, cost per annum, cost per year, count,
    days, days in placement, days in stage, diagnosis, email, funding, funding split, gp, health, index, length of
    stay, hospital from, hospital to, line, los,
    manager, monthly cost, net cost, next of kin, no, number, overdue, phone, po number, postcode,
    psychiatrist, purchase order, rag, rag rating, review state, risk, row, status, target state, team manager,
    telephone, title, total, uprn, weekly net cost, yearly cost, years in placement
"""
"""Headings with a meaning that no field of ours takes: never guessed from their contents."""

EITHER = {
    "placement": ("service", "stage"),
    "currentplacement": ("service", "stage"),
    "presentplacement": ("service", "stage"),
    "accommodation": ("accommodation", "stage", "service"),
    "currentaccommodation": ("accommodation", "stage", "service"),
    "supportedliving": ("service", "stage"),
    "aim": ("aim_stage", "aim"),
    "moveonplan": ("aim_stage", "aim"),
    "moveonto": ("aim_stage", "aim"),
    "nextstep": ("aim_stage", "aim"),
    "moveondestination": ("aim_stage", "aim"),
    "goal": ("aim_stage", "aim"),
    "aims": ("aim_stage", "aim"),
    "reviewdate": ("review_due_on", "last_reviewed_on"),
    "review": ("review_due_on", "last_reviewed_on"),
    "reviews": ("review_due_on", "last_reviewed_on"),
    "dateofreview": ("review_due_on", "last_reviewed_on"),
    "annualreview": ("review_due_on", "last_reviewed_on"),
    "annualreviewdate": ("review_due_on", "last_reviewed_on"),
    "careactreview": ("review_due_on", "last_reviewed_on"),
    "s117review": ("review_due_on", "last_reviewed_on"),
    "id": ("local_id", "ref"),
    "ref": ("ref", "local_id"),
    "reference": ("ref", "local_id"),
    "refno": ("ref", "local_id"),
    "referenceno": ("ref", "local_id"),
    "referencenumber": ("ref", "local_id"),
    "ourref": ("local_id", "ref"),
    "type": ("stage",),
    "section": ("s117",),
    "discharged": ("ended_on", "planned"),
    "provider": ("provider", "service"),
    "location": ("service", "stage", "locality"),
    "residence": ("service", "stage"),
    "wherelivingnow": ("service", "stage"),
    "nowlivingat": ("service", "stage"),
    "provision": ("service", "stage"),
    "pathway": ("stage",),
    "weeklycharge": ("weekly_cost", "weekly_charge"),
    "cost": ("weekly_cost",),
    "costs": ("weekly_cost",),
    "fee": ("weekly_cost",),
    "£": ("weekly_cost",),
    "rate": ("weekly_cost",),
    "price": ("weekly_cost",),
}
"""Headings, squashed, that may mean several of our fields, likeliest first."""

"""The names so common that sharing one says little."""

from __future__ import annotations

COMMON = frozenset(
    """
    smith jones taylor brown williams wilson johnson davies davis robinson wright thompson evans walker white roberts
    green hall wood jackson clarke clark harris lewis martin james king morris thomas hill cooper ward moore scott
    murphy kelly walsh byrne ryan brien sullivan connor neill reilly doyle mccarthy gallagher doherty kennedy lynch
    nowak kowalski kowalska wisniewski wisniewska wojcik kowalczyk kaminski kaminska lewandowski lewandowska zielinski
    zielinska szymanski szymanska wozniak dabrowski dabrowska
    singh kaur khan ahmed ali hussain begum bibi khatun miah uddin patel shah sharma kumar akhtar rahman hassan
    mohammed mohamed muhammad mohammad maxamed abdi cabdi farah omar osman hussein yusuf ibrahim xasan xuseen axmed
    cali faarax cumar cusmaan warsame aden jama islam iqbal malik mahmood
    david john michael paul mark james andrew robert peter william thomas richard stephen christopher daniel anthony
    susan margaret sarah mary elizabeth patricia karen christine anne anna linda helen julie emma joan catherine claire
    patrick sean anna maria katarzyna malgorzata agnieszka ewa jan andrzej piotr krzysztof tomasz pawel marek
    mohammad fatima amina aisha fadumo faadumo maryam imran hodan ahmad abdul abdullahi
    """.split()
)
"""Names that very many people bear, as given name or surname."""

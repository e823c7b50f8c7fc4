"""Names that are forms of one another, which no ear could tell: short forms, and one name in two languages.

Each line is a set of given names (or surnames) that one person may go by, folded as names are matched.
"""

from __future__ import annotations

_GIVEN = """
aleksander alexander olek alex aleks sander alec alek sandy xander
aleksandra alexandra ola olka alex sandra sasha lexi
agnieszka aga agnes agnieska
andrzej andrew andy andre drew
anna ania anka anne ann annie hanna hania anya nan nancy
barbara basia babs barb
bartosz bartlomiej bartek bart bartholomew
beata beatka
bozena bozenka
czeslaw czesiek
dariusz darek darius
dorota dorothy dot dottie dorotka dolly
edward eddie ed ted teddy ned edek edzio
elzbieta elizabeth elisabeth ela elka betty beth liz lizzie eliza betsy bess libby lisa elspeth
ewa eva eve ewka
grzegorz gregor greg gregory grzesiek
halina hala
henryk henry heniek harry hank
irena irene irenka
jadwiga jadzia hedwig
jakub jacob kuba jake jacub
jan john janek jasiek johnny jack jon jonny johan ivan
john ian iain
ian iain ean
john sean
sean shaun shawn shane
john eoin
eoin owen eoghan
janina janka
jerzy george jurek georgie
joanna joan asia joasia jo joann joanne
jozef joseph joe jozek joey yusuf yousef seosamh
julia julie jules
karolina caroline carol karola carrie
katarzyna katherine catherine kathryn kasia kaska kate katie kathy cathy kath kay kitty katrina
katherine catherine caitriona catriona caitlin cait triona
kazimierz kazik casimir
krystyna christine krysia christina chris tina chrissie
krzysztof christopher kristof krzysiek chris kit topher kris
lukasz luke lukas lucas
maciej maciek matthias
magdalena magda madeleine madeline maddy magdalene lena
malgorzata margaret gosia malgosia maggie peggy meg madge marge margie greta rita daisy mairead peg margo
marcin martin marty mairtin
maria mary marysia marie molly maire mia may polly moira maureen maryam mariam maryan
mateusz matthew matt mat mattie
michal michael mike mick mickey micheal mikey mitch
mieczyslaw mietek
monika monica
natalia natalie nat tasha
pawel paul pavel pol
piotr peter pete piotrek peadar
rafal raphael rafael
ryszard richard rick ricky dick rich richie rysiek dickie riocard risteard
slawomir slawek
stanislaw stanley stan staszek stas stanislav stash
stefan stephen steven steve stevie stiofan
tadeusz tadek tadhg thaddeus tadzio
teresa theresa terry tess tessa terenia treasa
tomasz thomas tom tommy tomek tomas
waldemar waldek
wladyslaw wladek ladislaus
wojciech wojtek adalbert
zbigniew zbyszek zibi
zdzislaw zdzisiek
zofia sophia sophie zosia zoska sofia
jaroslaw jarek
miroslaw mirek
radoslaw radek
przemyslaw przemek
boleslaw bolek
leszek lech leslaw
wieslaw wiesiek
bronislaw bronek
waclaw wacek
stanislawa stasia
danuta danusia danka
wieslawa wiesia
urszula ursula ula
helena hela
jozefa josephine
arkadiusz arek
ireneusz irek
bogdan bogus boguslaw
renata renia
wanda wandzia
zygmunt sigmund zygmus

adam ad
albert bert al bertie
alfred alf alfie fred
alice ali ailis alicia
alistair alasdair alastair alister allister
amanda mandy
andrea andie
anthony tony antony antoni antek ant
archibald archie
arthur art artie artur
benjamin ben benny beniamin
bernard bernie
bronwen bron
cecilia cissie sheila sile
charles charlie chas chuck karol cathaoir cathal
charlotte lottie charlie lotte
cynthia cindy
daniel dan danny
david dave davey davy dafydd dai dawid daithi
deborah debbie deb debs debra
dennis denis den donnchadh denys
derek del
desmond des
donald don donnie
douglas doug dougie
edmund ed eamonn eamon ned
eleanor ellie nell nora eileen nellie helen ellen
emily emma em emmy millie
ernest ernie
eugene gene eoghan eugeniusz gienek
florence flo flossie
frances fran fanny francesca franciszka
francis frank frankie franciszek proinsias
frederick fred freddie fryderyk
gabriel gabe
geoffrey jeffrey geoff jeff
gerald gerry jerry gerard
gillian jill gill jillian
gordon gordie
grace grainne
gwendolen gwen
harold harry hal
harriet hattie
helen nell nellie ellen helena lena
herbert bert herb
hugh hughie aodh hubert
isabella isobel isabel bella izzy izabela sibeal
jacqueline jackie jacqui
james jim jimmy jamie jem seamus hamish jimmie seamas
janet jan jenny
jane janie sinead sine jean jeannie
jean jeannie
jennifer jen jenny jennie
jessica jess jessie
jonathan jon jonny nathan
josephine jo josie
joshua josh
judith judy judi
kenneth ken kenny
kimberley kim
laura laurie lauren
lawrence larry laurie laurence lorcan
leonard len lenny leon
leslie les
lilian lily lil
louis lou lewis ludwik
louise lou lulu
lucy lucie lucja
lynne lyn lynn linda lynda
malcolm mal
marcus mark marek
marjorie marge
martha marta mattie pat
maurice mo muiris
maximilian max
melanie mel
melissa mel missy
mildred millie
nicholas nick nicky mikolaj nicolas
nicola nicky nikki nicole
norman norm
oliver ollie
oswald oz
pamela pam
patricia pat patty trish trisha tricia paddy
patrick pat paddy padraig patryk padraic patsy
penelope penny
percival percy
philip phil filip pip phillip
philomena mena
phyllis phyl
priscilla cilla
rachel rae
raymond ray
rebecca becky becca
reginald reg reggie
robert bob bobby rob robbie bert robin roibeard
roderick rod rory ruairi
roger rodge
ronald ron ronnie
rosemary rose rosie
rowena rona
roy ruadh
russell russ
samantha sam sammy
samuel sam sammy
sarah sally sadie sara sorcha
sharon shaz
sidney sid
sheila sile
siobhan joan johanna susan judith shivaun chevonne
stuart stewart stu
susan sue susie suzanne susanna sukie zuzanna
sylvia silvia syl
terence terry
theodore ted theo teddy
timothy tim timmy tadhg tymoteusz
ursula ula
valerie val
vera wiera
victor vic wiktor
victoria vicky tori vikki wiktoria vic
vincent vince vin
vivien viv
walter wally walt
wendy wen
wilfred wilf
william bill billy will willie liam uilliam wiliam
winifred win winnie freda
zachary zach zak

aidan aodhan
aoife eva
bridget brid bridie breda biddy brigid breege
brendan breandan
brian bryan briain
caoimhe keeva kiva
ciara keira kiera kira
ciaran kieran kieron kiaran kyran
cian kian kean keane
cillian killian kilian
cliodhna cliona cleona
colm colum calum callum malachy
conor conchur conchobhar connor
cormac mac
declan deaglan
deirdre dee
diarmuid dermot jeremiah
donal daniel donald domhnall
fionn finn
fionnuala finola nuala
maeve meadhbh meabh
maire mary maura
muireann mirren
niall neil neal
niamh neve neeve
oisin ossian
orla orlagh orlaith
roisin rosheen rose
ronan ronin
saoirse sersha
sile sheila julia
una oonagh winifred
ruairi ruaidhri ruari rory
cathal cahal kahal
aisling ashling aislinn ashlyn
orfhlaith orla orlagh
caoilfhionn keelin
feidhlim phelim felim
eilis elizabeth eilish
eibhlin eileen evelyn
nora honora noreen
blathnaid blanaid blanid blaneth

mohammed mohamed muhammad mohammad maxamed mohd md mohamad muhammed mahamed mehmet mohammod muhamed
ahmed ahmad axmed achmed ahmet
ali cali aly
abdi cabdi
abdul abdur abdel abdal
abdullah abdullahi cabdullaahi abdulla abdallah cabdalla
fatima fatuma faadumo fadumo fatema fatimah fatma fadma faduma
hassan xasan hasan
hussain hussein xuseen husain hossain husayn hosain hussayn
ibrahim ibraahim ebrahim abraham
ismail ismaaciil ismael
maryam maryan mariam miriam
khadija khadiija khadijah kadija hadiza
osman cusmaan usman othman uthman cismaan
omar cumar umar umer
said siciid saeed sayeed saed
yusuf yuusuf yousuf yousef yusef youssef
suleebaan suleymaan suleiman sulayman
daauud dawood daud dawud david
zainab saynab zaynab zeinab
zahra sahra zara zohra
zuleikha suleekha zuleika
aisha caasha asha ayesha aysha aisha ayisha
halima xaliimo halimo haleema
isse ciise isa essa issa
muse muuse musa moosa
lakshmi laxmi
krishna kishan krishan
vishnu bishnu
vijay bijoy
jaswinder jasvinder jassi
harpreet harprit
gurpreet gurprit
sri shri shree
ruqayyah rokeya rukaya rukia
"""

_SURNAMES = """
briain brien bryan
sullivan suilleabhain
donnell domhnaill dhomhnaill
carthy carthaigh mccarthy
murphy murchu mhurchu murchadha
connor conchobhair conor connors
connell conaill chonaill
kelly ceallaigh
walsh breathnach walshe brannagh welsh
daly dalaigh daley
flaherty flaithearta flaithbheartaigh
donagh donnchadha dhonnchadha mcdonagh
hugh aodha mchugh
shea se
hara headhra
byrne broin beirne
ryan riain
doyle dubhghaill
kennedy cinneide
gallagher gallchobhair
doherty dochartaigh docherty dougherty
reilly raghallaigh riley
fitzpatrick phadraig
lynch loingsigh
neill neil niall neal
nolan nuallain
farrell fearghail
mcdonald macdonald donald
smith gabhann mcgowan smyth
chatterjee chattopadhyay chatterji
mukherjee mukhopadhyay mukherji mookerjee
banerjee bandyopadhyay bandopadhyay banerji
bhattacharya bhattacharjee bhattacharyya
ganguly gangopadhyay
iyer aiyer iyar
rahman rehman raman rohman
choudhury chowdhury chaudhary chaudhry chaudhri chowdhary choudhary
mohammed mohamed muhammad mohammad maxamed mahamed
hussain hussein xuseen husain hossain
ahmed ahmad axmed
hassan xasan hasan
ali cali
abdi cabdi
osman cusmaan usman cismaan
omar cumar umar
jama jaamac
farah faarax
isse ciise issa
egal cigaal
said siciid saeed sayed
yusuf yuusuf yousuf
shaikh sheikh sheekh shaik
"""


def _sets(text: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(text.strip().splitlines()):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(sets) for name, sets in found.items()}


_GIVEN_SETS, _SURNAME_SETS = _sets(_GIVEN), _sets(_SURNAMES)
_GIVEN_LINES, _SURNAME_LINES = _GIVEN.strip().splitlines(), _SURNAMES.strip().splitlines()
_NONE: frozenset[int] = frozenset()


def given_sets(name: str) -> frozenset[int]:
    """The sets of forms that a folded given name belongs to."""
    return _GIVEN_SETS.get(name, _NONE)


def surname_sets(name: str) -> frozenset[int]:
    """The sets of forms that a folded surname belongs to."""
    return _SURNAME_SETS.get(name, _NONE)


def forms_of_given(name: str) -> list[str]:
    """The given names that a folded one is a form of."""
    return [form for line in sorted(given_sets(name)) for form in _GIVEN_LINES[line].split()]


def forms_of_surname(name: str) -> list[str]:
    """The surnames that a folded one is a form of."""
    return [form for line in sorted(surname_sets(name)) for form in _SURNAME_LINES[line].split()]

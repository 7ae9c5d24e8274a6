"""Words that stand beside names: titles, courtesies, nicknames, and what is only called after somebody.

They are of the languages in which newspapers use them most, and serve texts of any subject. What an
office is called in a dossier is read from its own records as well (`generator.link.people`).
"""

from collections.abc import Mapping

# What abbreviations in front of a name stand for; without their full stop.
ABBREVIATIONS: Mapping[str, str] = {
    "adm": "admiral",
    "radm": "admiral",
    "vadm": "admiral",
    "amb": "ambassador",
    "brig": "brigadier",
    "capt": "captain",
    "cdr": "commander",
    "col": "colonel",
    "def": "defense",
    "dep": "deputy",
    "depsec": "deputy secretary",
    "acm": "marshal",
    "depprimin": "deputy prime minister",
    "fonmin": "foreign minister",
    "formin": "foreign minister",
    "lt-col": "colonel",
    "ltcol": "colonel",
    "defmin": "defense minister",
    "gen": "general",
    "bgen": "general",
    "lgen": "general",
    "mgen": "general",
    "majgen": "general",
    "ltgen": "general",
    "gov": "governor",
    "lt": "lieutenant",
    "ltc": "colonel",
    "maj": "major",
    "min": "minister",
    "pm": "prime minister",
    "premier": "prime minister",
    "pres": "president",
    "primin": "prime minister",
    "prof": "professor",
    "rep": "representative",
    "rev": "reverend",
    "sec": "secretary",
    "secy": "secretary",
    "sect": "secretary",
    "secdef": "secretary of defense",
    "secstate": "secretary of state",
    "sen": "senator",
    "sgt": "sergeant",
    "supt": "superintendent",
    "vp": "vice president",
}

# Titles of one word, in lower case; those of several words end in one of them.
TITLES = frozenset(
    """
    abbot admiral advisor adviser ambassador ambassadors archbishop assistant attorney ayatollah baron
    baroness bishop brigadier cadet captain cardinal catholicos chair chairman chairwoman chairperson chancellor
    chief colonel comandante commander commissioner commissioners commodore comrade congressman congresswoman
    constable consul coroner corporal councillor counselor count countess crown czar delegate deputy
    detective director directors doctor duchess duke economist editor emir emperor empress envoy ex-president
    field-marshal former general generals generalissimo governor governors imam inspector journalist judge
    justice justices king lady lama leader lieutenant lord mahatma major manager marshal mayor mayors minister
    ministers monsignor mullah observer officer paramount pasha pastor patriarch pope premier president presidents
    president-elect presidential prime prince princess principal private professor professors prosecutor queen
    rabbi reporter representative representatives reverend rep saint secretaries secretary secretary-general
    senator senators sergeant shah sheikh sheik sheriff sir spokesman spokesperson spokeswoman speaker sultan
    superintendent tsar treasurer undersecretary viceroy vice-president
    президент премьер министр генерал посол господин секретарь депутат маршал адмирал председатель
    նախագահ վարչապետ նախարար գեներալ դեսպան պարոն
    président présidente ministre général ambassadeur sénateur maire chancelier
    präsident präsidentin kanzler kanzlerin minister ministerin botschafter bürgermeister
    presidente presidenta ministro ministra embajador embaixador alcalde senador ministra
    """.split()
)

# Courtesies say that a person is meant, and no more.
COURTESIES = frozenset(
    """
    mr messrs dr sir dear brother señor don monsieur m'sieur messieurs herr signor khun tun datuk dato
    hon honorable honourable the-honorable excellency comrade г-н պրն
    """.split()
)
# Courtesies by which a woman is meant.
WOMENS = frozenset(
    "mrs miss ms mme madam madame mmes mademoiselle frau señora doña signora lady dame queen princess г-жа տիկին".split()
)
# Words of a record that speak of a woman.
OF_WOMEN = frozenset("she her hers wife widow daughter sister mother lady mrs madame queen princess".split())

# Whatever is called so is called after somebody, and is not that person.
CALLED_AFTER = frozenset(
    """
    academy airport airfield archive archives avenue award awards base bay beach bridge building building
    cape center centre church city clinic college county dam district drive fellowship field file files fort
    forum foundation gallery hall harbor harbour highway hill hospital hotel house institute island islands
    lake library lane memorial mountain museum observatory palace papers park peak pier place plaza point port
    prison prize province river road school square stadium station street studio theater theatre tower town
    trail trust university valley village ward
    """.split()
)

# Short forms of forenames that are used as such; each may stand for any of the names.
NICKNAMES: Mapping[str, frozenset[str]] = {
    short: frozenset(names.split())
    for short, names in {
        "abe": "abraham",
        "al": "albert alfred alan alexander",
        "alec": "alexander alex",
        "alex": "alexander alexis alexei",
        "andy": "andrew",
        "art": "arthur",
        "barry": "bernard",
        "ben": "benjamin",
        "bernie": "bernard",
        "bert": "albert robert herbert",
        "beth": "elizabeth",
        "bill": "william",
        "billy": "william",
        "bob": "robert",
        "bobby": "robert",
        "cathy": "catherine",
        "charlie": "charles",
        "chet": "chester",
        "chris": "christopher christian christine",
        "chuck": "charles",
        "cy": "cyrus",
        "dan": "daniel",
        "dave": "david",
        "des": "desmond",
        "dick": "richard",
        "don": "donald",
        "doug": "douglas",
        "ed": "edward edwin edmund",
        "eddie": "edward edwin",
        "ted": "edward theodore",
        "fred": "frederick alfred",
        "gene": "eugene",
        "gerry": "gerald",
        "jerry": "gerald jerome",
        "greg": "gregory",
        "hal": "harold henry",
        "hank": "henry",
        "harry": "henry harold",
        "jack": "john",
        "jake": "jacob",
        "jim": "james",
        "jimmy": "james",
        "joe": "joseph",
        "kate": "katherine catherine",
        "ken": "kenneth",
        "larry": "lawrence laurence",
        "len": "leonard",
        "leo": "leonard leonid",
        "liz": "elizabeth",
        "lou": "louis",
        "mac": "mcgeorge",
        "maggie": "margaret",
        "matt": "matthew",
        "max": "maxwell maximilian",
        "mike": "michael",
        "mitch": "mitchell",
        "nat": "nathaniel",
        "ned": "edward",
        "nick": "nicholas",
        "pat": "patrick patricia",
        "peggy": "margaret",
        "pete": "peter",
        "phil": "philip phillip",
        "ray": "raymond",
        "rick": "richard",
        "rob": "robert",
        "ron": "ronald",
        "sam": "samuel",
        "sandy": "alexander",
        "steve": "stephen steven",
        "stu": "stuart",
        "sy": "seymour",
        "tim": "timothy",
        "tom": "thomas",
        "tommy": "thomas",
        "tony": "anthony antony",
        "vic": "victor",
        "walt": "walter",
        "will": "william",
        "win": "winthrop winston",
    }.items()
}

# Parts of family names that are written small or joined in some texts.
PARTICLES = frozenset(
    "al- el- de da di du del della der den des dos la le van von ter ten bin ibn al el ben".split()
)


def title_of(word: str) -> str:
    """What a word in front of a name says in full, in lower case, its full stop left off."""
    plain = word.strip(".,:;“”\"'()[]").casefold()
    return ABBREVIATIONS.get(plain, plain)

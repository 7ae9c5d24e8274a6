"""A small invented dossier with hard cases for names, and changes of it, each of which can be taken back."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.build import write_files

# Articles to a page of mentions, for tests: few.
A_PAGE = 4
# Its own length, in the measure of the report.
LENGTH = 75
MILL, FLOOD, COURT, FERRY, DIGEST = (
    f"seeds/articles/{name}.md" for name in ("mill", "flood", "court", "ferry", "digest")
)
PEOPLE, ORGANIZATIONS, EVENTS, STATEMENTS, QUESTIONS = (
    f"seeds/{kind}/cast.yml" for kind in ("people", "organizations", "events", "statements", "questions")
)
STORY = "seeds/story.yml"
LOCK = "seeds/evidence.lock"
HAND_WRITTEN = ("docs/about.md", "docs/people/new.md")
# Outside of the seeds: what an article was digested from.
ORIGINAL = "originals/digest.txt"
_ORIGINAL_TEXT = (
    "Dora Quill speaks\n\n“Nobody asked us,” Dora Quill said of the weir.\n\nShe left it at that.\n"
)

_FILES: Mapping[str, str] = {
    "seeds/dossier.yml": """\
title: The flood at Tarn
question: Who closed the weir?
summary: Water came to Tarn, and nobody had closed the weir. [@flood#p1; @mill#p3]
originals: [originals]
""",
    MILL: """\
---
title: The mill after the flood
outlet: valley-news
published: 2019-03-04
---

Ana Marlow came to the mill at noon. Rui Marlow was there before her.

Marlow said nothing of the weir.

Chancellor Kelverin spoke for Valmark: the weir “was never closed at night”, he said.

Lena Hollis wrote it down.
""",
    FLOOD: """\
---
title: Water in the valley
outlet: valley-news
published: 2019-03-06
---

The water came by night.

Tomas Kelverin asked the Valley Council for pumps. Kelverin had none of his own.

Mr. Ashford looked on; a rose stood by the road.

The Weir Accord says who pays, as Marlow knew.
""",
    COURT: """\
---
title: Before the court
outlet: hill-review
published: 2019-04-01
---

Ashford was heard first. Rose was heard after him, and Ivo Rose said the least. Ivo slept.

Kelverin did not come. Nobody asked why the flood at Tarn was called so.

Ana Marlow left early.
""",
    FERRY: """\
---
title: The ferry
outlet: hill-review
published: 2019-04-09
---

The ferry was late. Marlow of the Valley Council was on it.

Olga Ashford waited at the pier.
""",
    DIGEST: f"""\
---
title: What Quill said
outlet: hill-review
published: 2019-04-12
original:
  file: digest.txt
  sha256: {hashlib.sha256(_ORIGINAL_TEXT.encode()).hexdigest()}
  body: 2-3
---

Dora Quill complained that nobody had asked.

More she would not say.
""",
    PEOPLE: """\
ana-marlow:
  name: Ana Marlow
  short: [Marlow]
  positions: [{title: Speaker, of: valley-council, from: 2018, to: 2019-03, evidence: [mill#p1]}]
  summary: Was at the mill. [@mill#p1]

dora-quill:
  name: Dora Quill
  short: [Quill]
  evidence: [{at: digest#p1, quote: Nobody asked us}]

ivo-rose:
  name: Ivo Rose
  short: [Rose]
  evidence: [court#p1]

lena-hollis: {name: Lena Hollis, short: [Hollis]}

paul-ashford:
  name: Paul Ashford
  short: [Ashford]
  summary: A judge. [@court#p1]

rui-marlow:
  name: Rui Marlow
  short: [Marlow]
  summary: Came before [[ana-marlow]], and left with her. [@mill#p1; @court#p1]

tomas-kelverin:
  name: Tomas Kelverin
  short: [Kelverin]
  positions: [{title: Chancellor, of: valmark, evidence: [mill#p3]}]
""",
    ORGANIZATIONS: """\
hill-review: {name: Hill Review, kind: outlet}
valley-council: {name: Valley Council, short: [Council], kind: body, part_of: valmark}
valley-news: {name: Valley News, kind: outlet}
valmark: {name: Valmark, kind: state, coordinates: [45.5, -41]}
""",
    EVENTS: """\
hearing:
  title: Hearing at Tarn
  kind: other
  date: 2019-04-01
  participants: [{who: paul-ashford, role: judge}, {who: ivo-rose}]
  evidence: [court#p1]

the-flood:
  title: Flood at Tarn
  also: [the flood at Tarn]
  kind: other
  date: 2019-03-02/2019-03-03
  participants: [{who: valmark}, {who: tomas-kelverin, role: asks for pumps}]
  led_to: [hearing]
  summary: Water came. [@flood#p1]
  evidence: [{at: mill#p3, quote: was never closed at night}]
""",
    STATEMENTS: """\
kelverin-weir:
  speaker: tomas-kelverin
  said: The weir had stood open.
  date: 2019-03-04
  event: the-flood
  issue: whose-weir
  stance: critical
  about: [valley-council]
  evidence: [{at: mill#p3, quote: never closed}]
""",
    "seeds/issues/cast.yml": "whose-weir: {title: Whose weir is it?, also: [the weir], short_title: Whose weir}\n",
    "seeds/documents/cast.yml": "weir-accord: {title: Weir Accord, kind: treaty, date: 1994~, by: [valmark]}\n",
    QUESTIONS: """\
who-closed:
  asks: Who closed the weir?
  event: the-flood
  answers:
    - {value: nobody did, by: tomas-kelverin, evidence: [mill#p3]}
    - {value: it is not said, evidence: [mill#p2]}
  status: open
""",
    STORY: """\
title: The flood in one minute
steps:
  - heading: Water in the night
    event: the-flood
    text: Water came, and Kelverin asked for pumps. [@flood#p1-2]
    show: [kelverin-weir, tarn]

  - heading: At the court
    event: hearing
    text: Paul Ashford was heard first. [@court#p1]
    show: [who-closed, whose-weir, ivo-rose]
""",
    "seeds/places/cast.yml": "tarn: {name: Tarn, kind: town, part_of: valmark, coordinates: [45, -41]}\n",
    ORIGINAL: _ORIGINAL_TEXT,
}
# With these and the digest one record is named in one article more than a page of mentions holds.
_NOTES = {
    f"seeds/articles/note-{number}.md": f"---\ntitle: Note {number}\n---\n\nDora Quill came again.\n"
    for number in range(A_PAGE)
}

# Makes a change, or takes it back where it is made already; where something else is in its way, it does nothing.
Change = Callable[[Path], None]


def write_cast(root: Path) -> None:
    """Writes the dossier."""
    write_files(root, {**_FILES, **_NOTES})


def swap(name: str, old: str, new: str) -> Change:
    """One text of a file in place of another."""
    assert old
    assert new
    # Of two of which one holds the other, the longer is looked for first.
    texts = sorted((old, new), key=len, reverse=True)

    def change(root: Path) -> None:
        path = root / name
        text = path.read_text("utf-8") if path.is_file() else ""
        for here, there in (texts, texts[::-1]):
            if here in text:
                path.write_text(text.replace(here, there, 1), "utf-8")
                return

    return change


def come(name: str, text: str) -> Change:
    """A file more."""

    def change(root: Path) -> None:
        if (root / name).exists():
            (root / name).unlink()
        else:
            write_files(root, {name: text})

    return change


def moved(name: str, to: str) -> Change:
    """A file at another place; outside of the seeds it is as good as gone."""

    def change(root: Path) -> None:
        here, there = (root / name, root / to) if (root / name).exists() else (root / to, root / name)
        if here.exists() and not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(here, there)

    return change


def gone(name: str) -> Change:
    """A file less."""
    return moved(name, f"aside/{name}")


def together(*changes: Change) -> Change:
    """Several changes at once."""

    def change(root: Path) -> None:
        for one in changes:
            one(root)

    return change


def after(name: str, text: str, more: str) -> Change:
    """A text with more behind it."""
    return swap(name, text, text + more)


QUIET = "an original less"
_SAID_NOTHING = "Marlow said nothing of the weir."
CHANGES: Mapping[str, Change] = {
    # What a body says
    "a sentence that names nobody": after(COURT, "left early.", " It was dark by then."),
    "a sentence that names nobody before an undecided name": swap(
        FERRY, "The ferry was late.", "The ferry was late, and cold."
    ),
    "a sentence that names somebody in full": after(COURT, "left early.", " Tomas Kelverin stayed."),
    "a sentence that decides a name": after(FERRY, "was on it.", " Ana Marlow had paid."),
    "a sentence with a name that stays undecided": after(FERRY, "at the pier.", " Marlow did not wave."),
    "a first mention of somebody in an article": after(FLOOD, "as Marlow knew.", " Hollis did too."),
    "a misspelt name": after(COURT, "left early.", " Tomas Kelvarin stayed, and Kelvarin spoke."),
    "a misspelt name that another article explains": together(
        after(COURT, "left early.", " Kelvarin stayed."), after(FLOOD, "of his own.", " Tomas Kelvarin went.")
    ),
    "a misspelt name after an office": after(FERRY, "at the pier.", " Chancellor Kelverim did not."),
    "a name's last mention": swap(MILL, "Lena Hollis wrote it down.", "Somebody wrote it down."),
    "a page of mentions": swap("seeds/articles/note-3.md", "Dora Quill came", "Nobody came"),
    "a page of mentions, by the first article": gone("seeds/articles/note-0.md"),
    "a paragraph more at the end": after(COURT, "left early.", "\n\nRui Marlow and Ivo Rose left late."),
    "a paragraph more at the start": swap(FERRY, "The ferry was late.", "Ivo Rose.\n\nThe ferry was late."),
    "a paragraph less": swap(COURT, "called so.\n\nAna Marlow left early.", "called so."),
    "a cited paragraph less": swap(MILL, f"before her.\n\n{_SAID_NOTHING}", "before her."),
    "a paragraph split": swap(MILL, "noon. Rui", "noon.\n\nRui"),
    "two paragraphs joined": swap(FLOOD, "road.\n\nThe", "road. The"),
    "a line that moves": swap(FERRY, "---\n\nThe", "---\n\n\n\nThe"),
    "a word written small": after(FLOOD, "by the road.", " A second rose stood by the mill, an ashford of stone."),
    "an ordinary word less": swap(FLOOD, "looked on; a rose stood by the road", "looked on"),
    "a stranger in many articles": together(
        after(COURT, "left early.", " Hugo Ashford stayed."), after(MILL, "it down.", " Hugo Ashford read it."),
        after(FLOOD, "of his own.", " Hugo Ashford had one."),
    ),
    "a courtesy": swap(FLOOD, "Mr. Ashford", "Mrs. Ashford"),
    "a forename by which somebody is called": together(
        after(COURT, "left early.", " Ivo stayed. Ivo slept."), after(FERRY, "at the pier.", " Ivo came, and Ivo left.")
    ),
    "company": after(FERRY, "at the pier.", " Tomas Kelverin came with Ana Marlow. Marlow sat."),
    "a name of an event": swap(COURT, "the flood at Tarn", "the flood"),
    # An article
    "a title": swap(MILL, "title: The mill after the flood", "title: The mill of Ana Marlow"),
    "a date": swap(MILL, "published: 2019-03-04", "published: 2019-04-20"),
    "a date less exact": swap(FLOOD, "published: 2019-03-06", "published: 2019-03"),
    "a date at which an office was over": swap(FERRY, "published: 2019-04-09", "published: 2019-02-09"),
    "an outlet": swap(FERRY, "outlet: hill-review", "outlet: valley-news"),
    "an author": swap(FERRY, "outlet: hill-review", "outlet: hill-review\nauthors: [lena-hollis, Somebody]"),
    "a language": swap(FERRY, "outlet: hill-review", "outlet: hill-review\nlanguage: ru"),
    "an article more": come(
        "seeds/articles/new.md",
        "---\ntitle: New\npublished: 2019-03-05\n---\n\nMarlow and Lena Hollis came to Tarn. Kelverin did not.\n",
    ),
    "an article more without front matter": come("seeds/articles/2019-03-05-bare.txt", "Bare\n\nIvo Rose came.\n"),
    "an article twice": come("seeds/articles/z-mill.md", _FILES[MILL].replace("after the", "after a")),
    "an article twice, and then one of them otherwise": together(
        come("seeds/articles/a-mill.md", _FILES[MILL]), swap(MILL, "at noon. Rui", "late. Rui")
    ),
    "an article with markup, a file's name for its title and a language by its name": together(
        swap(FERRY, "outlet: hill-review", "outlet: hill-review\nlanguage: English"),
        swap(FERRY, "The ferry was late.", "The **ferry** was late.<br>"),
        swap(MILL, "title: The mill after the flood", "title: the-mill-after-the-flood"),
    ),
    "an article less": gone(FERRY),
    "a cited article less": gone(FLOOD),
    "an article renamed": moved(FERRY, "seeds/articles/the-ferry.md"),
    "an article renamed with what cites it": together(
        moved(FLOOD, "seeds/articles/the-flood.md"), swap(EVENTS, "@flood#p1", "@the-flood#p1")
    ),
    "an article in a folder": moved(FERRY, "seeds/articles/more/ferry.md"),
    "a name settled": swap(
        FERRY, "outlet: hill-review", "outlet: hill-review\nmentions: {Marlow: rui-marlow, Ashford: none}"
    ),
    "a name settled as none": swap(MILL, "2019-03-04\n", "2019-03-04\nmentions: {Kelverin: none}\n"),
    # Records
    "an alias": swap(PEOPLE, "name: Paul Ashford", "name: Paul Ashford\n  also: [Judge of Tarn, Olga Ashford]"),
    "a short form that is shared": swap(PEOPLE, "short: [Rose]", "short: [Rose, Kelverin]"),
    "a short form less": swap(PEOPLE, "name: Rui Marlow\n  short: [Marlow]", "name: Rui Marlow"),
    "a name as it is written": swap(PEOPLE, "name: Ana Marlow", "name: Anna Marlow"),
    "no derived forms": swap(PEOPLE, "short: [Rose]", "short: [Rose]\n  forms: given"),
    "a person more": come(
        "seeds/people/new.yml", "ines-marlow: {name: Ines Marlow, short: [Marlow, Hollis], evidence: [mill#p2]}\n"
    ),
    "a person less": swap(PEOPLE, "lena-hollis: {name: Lena Hollis, short: [Hollis]}", "# Nobody."),
    "a person to whom others refer less": swap(PEOPLE, "ivo-rose:\n  name: Ivo Rose", "ivo-ros:\n  name: Ivo Rose"),
    "a person under another id": swap(PEOPLE, "lena-hollis: {", "lena-m-hollis: {formerly: [lena-hollis], "),
    "records at other lines": swap(PEOPLE, "ana-marlow:\n", "\n\nana-marlow:\n"),
    "records in another file": moved(PEOPLE, "seeds/people/others.yml"),
    "a record in another file": together(
        swap(PEOPLE, "rui-marlow:\n  name: Rui Marlow\n  short: [Marlow]\n  summary: Came before", "# Elsewhere:\n# Came before"),
        come("seeds/people/more.yml", "rui-marlow:\n  name: Rui Marlow\n  short: [Marlow]\n  summary: Came before [[ana-marlow]], and left with her. [@mill#p1; @court#p1]\n"),
    ),
    "an office": swap(PEOPLE, "title: Chancellor", "title: Consul"),
    "an office's dates": swap(PEOPLE, "to: 2019-03", "to: 2019-05"),
    "prose": swap(PEOPLE, "A judge.", "A judge, who heard Ivo Rose."),
    "prose that links": swap(PEOPLE, "Was at the mill.", "Was at the mill with [[tomas-kelverin]]."),
    "prose that cites": swap(PEOPLE, "summary: Was at the mill. [@mill#p1]", "summary: Was at the mill. [@mill#p1; @ferry#p2]"),
    "prose that cites what is not there": swap(PEOPLE, "A judge. [@court#p1]", "A judge. [@court#p9]"),
    "prose of several lines": swap(
        EVENTS, "summary: Water came. [@flood#p1]", "summary: >-\n    Water came, and went.\n    [@flood#p1]"
    ),
    "a sentence without a citation": swap(EVENTS, "Water came. [@flood#p1]", "Water came. [@flood#p1] It went."),
    "what was asked and what came of it": swap(
        EVENTS, "  summary: Water came.", "  asks: Pumps. [@flood#p1]\n  outcome: None came. [@mill#p1]\n  summary: Water came."
    ),
    "participants": swap(EVENTS, "{who: ivo-rose}", "{who: ivo-rose}, {who: lena-hollis, role: writes}"),
    "a participant with an office": swap(EVENTS, "{who: ivo-rose}", "{who: ivo-rose}, {who: ana-marlow}"),
    "a body of nothing": swap(ORGANIZATIONS, "kind: body, part_of: valmark}", "kind: body}"),
    "an event's date": swap(EVENTS, "date: 2019-04-01", "date: 2019-03"),
    "an event's title": swap(EVENTS, "title: Flood at Tarn", "title: Great flood of Tarn"),
    "what an event led to": swap(EVENTS, "led_to: [hearing]", "led_to: []"),
    "a statement": swap(STATEMENTS, "stance: critical", "stance: mixed"),
    "a statement's speaker": swap(STATEMENTS, "speaker: tomas-kelverin", "speaker: ana-marlow"),
    "a statement more": come(
        "seeds/statements/new.yml",
        "rose-nothing: {speaker: ivo-rose, said: It was the council., date: 2019-04-01, issue: whose-weir, "
        "stance: supportive, about: [the-flood], evidence: [court#p1]}\n",
    ),
    "statements less": gone(STATEMENTS),
    "an answer": swap(QUESTIONS, "value: nobody did", "value: Kelverin’s men did"),
    "another kind": together(
        swap(ORGANIZATIONS, "valley-council: {name: Valley Council, short: [Council], kind: body, part_of: valmark}", "# A place."),
        come("seeds/places/new.yml", "valley-council: {name: Valley Council, kind: town}\n"),
    ),
    # The story
    "a sentence of the story": after(STORY, "Paul Ashford was heard first. [@court#p1]", " Ivo Rose was heard too. [@court#p1]"),
    "a sentence of the story without a citation": after(STORY, "[@flood#p1-2]", " It rained."),
    "a step's heading": swap(STORY, "heading: At the court", "heading: Before the court"),
    "what a step shows": swap(STORY, "show: [kelverin-weir, tarn]", "show: [tarn, valmark]"),
    "a step's event": swap(STORY, "event: hearing", "date: 2019-03"),
    "a step that shows what is not there": swap(STORY, "who-closed, whose-weir", "who-closed, whose-wear"),
    "the story less": gone(STORY),
    "the story and what it shows less": together(gone(STORY), swap(QUESTIONS, "status: open", "status: conflict")),
    # Checks
    "words of a quote": swap(MILL, "never closed at night", "seldom closed at night"),
    "a quote and its words": together(
        swap(MILL, "never closed at night", "hardly ever closed"),
        swap(EVENTS, "quote: was never closed at night", "quote: was hardly ever closed"),
        swap(STATEMENTS, "quote: never closed", "quote: ever closed"),
    ),
    "a quote at another paragraph": swap(EVENTS, "mill#p3, quote", "mill#p2, quote"),
    "a native name": swap(PEOPLE, "short: [Rose]", "short: [Rose]\n  native: {uk: Іво Роуз, hy: Իվո Ռոուզ}"),
    "a note": swap(PEOPLE, "short: [Rose]", "short: [Rose]\n  note: His name stands in the register only."),
    "a former id": swap(PEOPLE, "lena-hollis: {", "lena-hollis: {formerly: [l-hollis], "),
    "other evidence": swap(PEOPLE, "short: [Rose]\n  evidence: [court#p1]", "short: [Rose]\n  evidence: [court#p2]"),
    "an id twice": come("seeds/people/twice.yml", "valmark: {name: Valmark}\n"),
    "a reference to nobody": swap(PEOPLE, "of: valmark", "of: valmarc"),
    "an unknown field": swap(PEOPLE, "  name: Ivo Rose", "  nam: Ivo Rose"),
    "YAML that is none": come("seeds/events/new.yml", "[\n"),
    # Beside the seeds
    "a setting": swap("seeds/dossier.yml", "question: ", "rights: All.\nquestion: "),
    "shared names": together(
        swap("seeds/dossier.yml", "question: ", "shared_names: beside\nquestion: "),
        after(COURT, "left early.", " Marlow said why."),
    ),
    "other words of an original": swap(ORIGINAL, "left it at that", "left"),
    "a lock less": gone(LOCK),
    "a lock less, and other words": together(gone(LOCK), swap(DIGEST, "More she would", "More Dora Quill would")),
    "a cited original less": together(gone(ORIGINAL), swap(PEOPLE, "quote: Nobody asked us", "quote: Nobody asked")),
    "words of a quote from an original": swap(PEOPLE, "quote: Nobody asked us", "quote: Everybody asked us"),
    "words of a locked paragraph": swap(DIGEST, "More she would not say.", "She said no more."),
    # A change that none should see: what was read in the original is in the lock.
    QUIET: gone(ORIGINAL),
    "a file that is not known": come("seeds/other.yml", "a: b\n"),
    "an article that is not known": come("seeds/articles/a.pdf", "a"),
    "a hand-written page": come(HAND_WRITTEN[0], "# About\n\n[Ana](people/ana-marlow.md)\n"),
    "a hand-written page in the way": come("docs/people/README.md", "# People\n"),
    "a hand-written page beside others": come(HAND_WRITTEN[1], "# New\n"),
    "a file beside pages": come("docs/people/new.txt", "new"),
    "two at once": together(
        after(FLOOD, "of his own.", " Lena Hollis had two."), swap(EVENTS, "role: judge", "role: presides")
    ),
}  # fmt: skip

CONFIG = "mkdocs.yml"
_CONFIGURED = "site_name: Toy\ntheme: {name: dossier}\nplugins: [dossier]\nnav: [index.md, people/index.md]\n"
# Changes that only a built site shows.
SITE_CHANGES: Mapping[str, Change] = {
    "a configuration": come(CONFIG, _CONFIGURED),
    "a navigation of hand-written pages": together(
        come(HAND_WRITTEN[0], "# About\n"), come(CONFIG, _CONFIGURED.replace("people/index.md", "about.md"))
    ),
    "an address": come(CONFIG, f"{_CONFIGURED}site_url: https://example.org/toy/\n"),
    "a site without a navigation": come(CONFIG, "site_name: Another\ntheme: {name: dossier}\nplugins: [dossier]\n"),
    "the language of the interface": swap("seeds/dossier.yml", "originals: ", "language: ru\noriginals: "),
    "a link that leads nowhere": come(HAND_WRITTEN[0], "# About\n\n[Nobody](people/nobody.md)\n"),
}  # fmt: skip


def _edited(page: Path) -> None:
    page.write_text(f"{page.read_text('utf-8')}By hand.\n", "utf-8")


# What happens to a generated page behind the generator's back.
PAGE_CHANGES: Mapping[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "edited": _edited,
    "emptied": lambda page: page.write_text(""),
    "copied": lambda page: shutil.copy(page, page.with_stem("copy")),
    "deleted with its folder": lambda page: shutil.rmtree(page.parent),
}

"""An invented dossier in two scripts: two digests with originals, and one article in full."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from tests.build import write_files

TARN = """\
Tarn asks the League for pumps

TARN - The mill after the flood, 3 March 2019

The town of Tarn asked the Valley League for pumps on Monday, mayor Ola Brandt said.

“We are members, and members answer,” Brandt told this paper. “So far nobody has answered us.”

Subscribe to the Tarn Herald

The League’s secretary, Per Lund, said that well-informed members would meet within days, not weeks.

Lund would not say who had opened the sluice on Sunday.

Back to top
"""
HARBOUR = """\
Լիգան պատասխանեց Թարնին

«Մենք ուղարկում ենք երեք պոմպ», – ասաց քարտուղար Պեր Լունդը երեքշաբթի օրը։

Քաղաքապետ Օլա Բրանդտը պատասխանը անվանեց ուշացած, բայց բավարար։

Ջուրը հասել էր ջրաղացին։
"""


def _head(title: str, published: str, file: str, text: str, body: str, more: str = "") -> str:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return (
        f"---\ntitle: {title}\npublished: {published}\n{more}"
        f'original:\n  file: {file}\n  sha256: {digest}\n  body: "{body}"\n---\n\n'
    )


ORIGINALS = {"tarn.txt": TARN, "harbour.txt": HARBOUR}
SEEDS: Mapping[str, str] = {
    "seeds/dossier.yml": """\
title: The flood at Tarn
summary: >-
  Tarn asked for pumps, and said so again. [@tarn-2019-03-04#p1] [@tarn-2019-03-04#p1-2] It got three of
  them, late but enough. [@harbour-2019-03-05#p1; @harbour-2019-03-05#p2] The letters doubt it. [@letters#p1]
changes:
  - date: 2019-04
    what: First edition. [@tarn-2019-03-04#p1]
""",
    "seeds/articles/tarn-2019-03-04.md": _head(
        "Tarn asks the League for pumps",
        "2019-03-04",
        "tarn.txt",
        TARN,
        "3-4,6-7",
        "summary: Tells of the request. [@tarn-2019-03-04#p1]\n",
    )
    + """\
According to its mayor Ola Brandt, Tarn turned to the Valley League on Monday: it needed pumps.

Membership obliges, in Brandt’s view; a reply had yet to come when the mayor spoke to the paper.

Per Lund, who is the secretary of the League, promised a meeting of the members in a matter of days.

Whose hand had been at the sluice the day before, Lund left open.
""",
    "seeds/articles/harbour-2019-03-05.md": _head(
        "The League answered Tarn", "2019-03-05", "harbour.txt", HARBOUR, "2-4", "language: hy\n"
    )
    + """\
Three pumps were on their way, the secretary Per Lund said on Tuesday.

For mayor Ola Brandt that came late, and yet it was enough.

By then the mill stood in the water.
""",
    "seeds/articles/letters.md": """\
---
title: Letters to the editor
published: 2019-03-10
---

Three pumps for a whole valley: is that an answer at all?

The sluice was opened by the League’s own men.
""",
    "seeds/people.yml": """\
ola-brandt:
  name: Ola Brandt
  positions:
    - {title: mayor, of: tarn, evidence: [tarn-2019-03-04#p1, tarn-2019-03-04#p2]}
per-lund:
  name: Per Lund
  positions:
    - title: secretary
      of: valley-league
      evidence:
        - tarn-2019-03-04#p3
        - harbour-2019-03-05#p1
""",
    "seeds/organizations.yml": """\
valley-league: {name: Valley League, kind: alliance, evidence: [tarn-2019-03-04#p1-2]}
""",
    "seeds/places.yml": "tarn: {name: Tarn, evidence: [tarn-2019-03-04#p1, tarn-2019-03-04#p2]}\n",
    "seeds/events.yml": """\
appeal-2019-03:
  title: Appeal of Tarn
  kind: appeal
  date: 2019-03-04
  summary: >-
    Tarn asked for pumps. [@tarn-2019-03-04#p1] It said that nobody had
    answered. [@tarn-2019-03-04#p2] Nobody said who had opened the sluice.
    [@tarn-2019-03-04#p4] Yet it had asked. [@tarn-2019-03-04#p1]
  evidence: [tarn-2019-03-04#p1]
answer-2019-03:
  title: Answer of the League
  kind: response
  date: 2019-03-05
  responds_to: [appeal-2019-03]
  evidence: [harbour-2019-03-05#p1-3]
""",
    "seeds/issues.yml": "duty: {title: Duty to help}\n",
    "seeds/statements.yml": """\
# Who said what.

brandt-unanswered:
  speaker: ola-brandt
  said: Nobody had answered the town.
  date: 2019-03-04
  issue: duty
  stance: critical
  evidence:
    - {at: tarn-2019-03-04#p2, quote: "We are members … answered us"}
    - {at: tarn-2019-03-04#p2, quote: "So far nobody has answered us"}

lund-pumps:
  speaker: per-lund
  said: Three pumps were on their way.
  date: 2019-03-05
  issue: duty
  stance: supportive
  evidence: [{at: harbour-2019-03-05#p1, quote: "Մենք ուղարկում ենք … պոմպ"}]

brandt-enough:
  speaker: ola-brandt
  said: The answer came late, and was enough.
  date: 2019-03-05
  issue: duty
  stance: mixed
  evidence:
    - {at: harbour-2019-03-05#p2, quote: "ուշացած, բայց բավարար"}
    - harbour-2019-03-05#p3

lund-days:
  speaker: per-lund
  said: The members would meet soon.
  date: 2019-03-04
  issue: duty
  stance: supportive
  evidence: [{at: tarn-2019-03-04#p3, quote: "well-informed"}, {at: tarn-2019-03-04#p3, quote: "days, not weeks"}]
""",
    "seeds/questions.yml": """\
sluice:
  asks: Who opened the sluice?
  answers:
    - {value: it is not said, by: per-lund, evidence: [tarn-2019-03-04#p4]}
    - value: men of the League
      evidence: [{at: letters#p2, quote: "the League's own men"}]
  status: open
""",
}


def write_dossier(root: Path) -> Path:
    """The dossier in `root/dossier`, its originals in `root/originals`, not yet verified."""
    write_files(root / "originals", ORIGINALS)
    return write_files(root / "dossier", SEEDS)

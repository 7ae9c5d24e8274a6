"""A small dossier in English that speaks of articles and names in Hebrew and Arabic."""

from collections.abc import Mapping

FILES: Mapping[str, str] = {
    "seeds/dossier.yml": "title: The sluice\n",
    "seeds/articles/he.md": """---
title: כותרת (חלק 2)
language: he
outlet: davar
published: 2024-03-01
---

אמר יצחק לביא: "שלום!" (2024).

NATO, Kettle Sluice Works: הודיע Khalil al-Haddad (2024).
""",
    "seeds/articles/ar.md": """---
title: المراقبون يصلون
language: ar
published: 2019-03-09
---

قال خليل الحداد إن المراقبين وصلوا إلى Kettle Sluice (2019).
""",
    # Nobody says of which language.
    "seeds/articles/unknown.txt": 'שלום עולם (א)\n\nאמר הדובר: "לא!" (2024).\n',
    "seeds/articles/en.md": """---
title: Observers arrive
language: en
outlet: davar
published: 2019-03-10
---

Khalil al-Haddad, whom they call خليل الحداد, said so (2019).
""",
    "seeds/organizations.yml": "davar: {name: דבר, kind: outlet}\n",
    "seeds/people.yml": """
haddad:
  name: Khalil al-Haddad
  native: {ar: خليل الحداد, fa: خليل الحداد, de: Khalil al-Haddad}
lavi:
  name: יצחק לביא
  positions: [{title: ראש הממשלה (בפועל)., evidence: [he#p1]}]
  caveat: הערה (2024).
  summary: |
    אמר שלום לכולם (2024). [@he#p1]

    He said so in March. [@he#p1]
""",
    "seeds/issues.yml": "help: {title: Help}\n",
    "seeds/statements.yml": """
hello:
  speaker: lavi
  date: 2024-03-01
  said: שלום לכל המשקיפים (כולל האחרונים). [@he#p1]
  issue: help
  stance: supportive
  evidence: [{at: "he#p1", quote: "שלום!"}]
""",
    "seeds/questions.yml": """
how-many:
  asks: כמה משקיפים הגיעו (2019)?
  answers: [{value: שנים עשר (12)., evidence: ["ar#p1"]}, {value: twelve, by: lavi, evidence: ["he#p2"]}]
  status: agreed
""",
    "seeds/events.yml": """
arrival:
  title: הגעת המשקיפים (2019)
  kind: mission
  date: 2019-03-09
  participants: [{who: haddad, role: משקיף (ראשי)}]
  evidence: ["ar#p1"]
""",
}

"""An invented dossier of any size, always the same for one size and seed: `python -m bench.invent DIR`.

Each article has about 400 words and names 25 records; as in newspapers, a few records are named often and most
rarely. For ten thousand articles there are 5,600 records with their own pages, and 4,000 statements. All words,
names and events consist of meaningless syllables.
"""

import json
import random
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import records
from bench.words import FIRST, VOCABULARY, Invented, Texts

PARAGRAPHS = 10
# Names in each paragraph: 25 in an article of ten.
NAMES = (2, 3)
# Records in one YAML file.
_PER_FILE = 1_000


def write_dossier(folder: Path, articles: int, seed: int = 1) -> None:
    """Writes the seeds of an invented dossier into a folder, which can have other content."""
    for name, text in dossier_files(articles, seed):
        path = folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def dossier_files(articles: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """The files of the seeds of an invented dossier: the path below `seeds/`, and the text."""
    made = Invented(articles, random.Random(seed))
    vocabulary = [made.word(1 + n % 4) for n in range(VOCABULARY)]
    published = [made.day() for _ in range(articles)]
    newest = max(published)
    organizations = dict(records.organizations(made))
    outlets = [key for key, record in organizations.items() if record["kind"] == "outlet"]
    states = [key for key, record in organizations.items() if record["kind"] == "state"]
    places = dict(records.places(made, states))
    people = dict(records.people(made, list(organizations)))
    documents = dict(records.documents(made, list(organizations), newest))
    issues: dict[str, dict[str, Any]] = {
        f"issue-{n}": {"title": f"Whether {made.fresh(2)} should {made.word(2)}"}
        for n in range(made.count("issues"))
    }
    events = dict(records.events(made, list(people), states, list(places), list(documents), newest))
    texts = Texts(made, vocabulary)
    named = _Named(made, people, organizations, places, events, documents)
    backed: list[tuple[date, str]] = []
    for number, day in enumerate(published):
        key = f"article-{number:06}"
        head: dict[str, Any] = {
            "title": texts.sentence(7).rstrip("."),
            "outlet": made.chance.choice(outlets),
            "published": day.isoformat(),
        }
        paragraphs = [texts.paragraph(spellings) for spellings in named.of_article(number, articles)]
        backed.append((day, f"{key}#p{made.chance.randint(1, PARAGRAPHS)}"))
        front = "".join(f"{name}: {_value(value)}\n" for name, value in head.items())
        yield f"articles/{key}.md", f"---\n{front}---\n\n" + "\n\n".join(paragraphs) + "\n"
    proofs = records.Proofs(made, backed)
    for found in (people, places, events, documents, issues):
        for record in found.values():
            # The date can be precise only to the month, so begin at its end.
            known = date.fromisoformat(f"{record['date'][:7]}-28") if "date" in record else FIRST
            _, at = proofs.since(known + timedelta(days=7))
            record["summary"] = f"{texts.sentence(18)} [@{at}]"
            record["evidence"] = [at]
    statements = dict(records.statements(made, texts, proofs, list(people), list(issues), list(events)))
    questions = dict(records.questions(made, texts, proofs, list(events)))
    summary = " ".join(f"{texts.sentence(20)} [@{proofs.since(FIRST)[1]}]" for _ in range(4))
    settings = {
        "title": f"The {made.fresh(3)} papers",
        "question": "What was asked, and who answered?",
        "summary": summary,
    }
    yield "dossier.yml", _yaml(settings)
    by_kind: dict[str, dict[str, Any]] = {
        "people": people,
        "organizations": organizations,
        "places": places,
        "events": events,
        "documents": documents,
        "issues": issues,
        "statements": statements,
        "questions": questions,
    }
    for kind, of_kind in by_kind.items():
        entries = list(of_kind.items())
        for start in range(0, len(entries), _PER_FILE):
            yield f"{kind}/{start // _PER_FILE:03}.yml", _yaml(dict(entries[start : start + _PER_FILE]))


class _Named:
    """Chooses the names in each article: a few records are named everywhere, and each at least once."""

    def __init__(self, made: Invented, *kinds: Mapping[str, Mapping[str, Any]]) -> None:
        self._chance = made.chance
        self._all = [self._names(record) for records in kinds for record in records.values()]
        self._chance.shuffle(self._all)

    def of_article(self, number: int, articles: int) -> Iterator[tuple[str, ...]]:
        """The names in each paragraph of an article: a full name at first, later the short form."""
        seen: set[int] = set()
        # The records that this article must name, so that each record is named somewhere.
        due = list(range(number, len(self._all), articles))
        for paragraph in range(PARAGRAPHS):
            indices = due[paragraph::PARAGRAPHS]
            while len(indices) < NAMES[paragraph % 2]:
                indices.append(int(len(self._all) ** self._chance.random()) - 1)
            yield tuple(
                self._all[index][1] if index in seen else self._chance.choice(self._all[index][0])
                for index in indices
            )
            seen.update(indices)

    def _names(self, record: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
        full = record.get("name") or record["title"]
        return (full, *record.get("also", ())), record.get("short", [full])[0]


def _yaml(record: Mapping[str, Any]) -> str:
    """A mapping as YAML, with nested mappings in block style."""
    return "".join(_lines(record.items(), ""))


def _lines(items: Iterable[tuple[str, Any]], indent: str) -> Iterator[str]:
    for key, value in items:
        if isinstance(value, dict):
            yield f"{indent}{key}:\n"
            yield from _lines(value.items(), f"{indent}  ")
        else:
            yield f"{indent}{key}: {_value(value)}\n"


def _value(value: Any) -> str:
    """A value as JSON, which is valid in every version of YAML."""
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Writes an invented dossier into the folder that the command line names."""
    parser = ArgumentParser(prog="python -m bench.invent", description="Write an invented dossier.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_dossier(options.folder, options.articles, options.seed)


if __name__ == "__main__":
    main()

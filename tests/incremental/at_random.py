"""Changes at random of any dossier, by what its articles and its people's names are."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.full_builds import MarkdownBuild

# A person's entry in a file of records, and the name in it.
_ENTRY = re.compile(r"^(?P<key>[\w-]+):\n  name: \"?(?P<name>[^\n\"]+)\"?\n(?:(?:  .*)?\n)*", re.MULTILINE)
# In shorter names one letter makes another name.
_LONG = 6
_EARLIEST, _LATEST = 1950, 2020


class Scene(NamedTuple):
    """A dossier that is being changed.

    Attributes:
        names: Its people's, by their ids.
        mentions: Those of its articles when it was last run.
    """

    root: Path
    chance: random.Random
    names: Mapping[str, str]
    mentions: list[Mapping[str, str]]

    @classmethod
    def of(cls, root: Path, chance: random.Random, last: MarkdownBuild) -> "Scene":
        names = {
            entry["key"]: entry["name"]
            for path in _people(root)
            for entry in _ENTRY.finditer(path.read_text("utf-8"))
        }
        found = map(json.loads, last.mentions.splitlines())
        return cls(
            root,
            chance,
            names,
            [at for at in found if (root / f"seeds/articles/{at['article']}.md").exists()],
        )

    def article(self) -> Path:
        """Any of its articles."""
        return self.chance.choice(sorted((self.root / "seeds/articles").glob("*.md")))

    def name(self) -> str:
        """Any of its people's."""
        return self.chance.choice(list(self.names.values()))

    def family_name(self, times: int, length: int = 0) -> str:
        """A family name of at least some length, that several people share if any is."""
        counted = Counter(name.split(" ")[-1] for name in self.names.values())
        long = [name for name in counted if len(name) >= length]
        return self.chance.choice([name for name in long if counted[name] >= times] or long)

    def paragraphs(self, change: Callable[[list[str]], object], path: Path | None = None) -> None:
        """Changes the paragraphs of an article, any by default."""
        path = path or self.article()
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        paragraphs = body.strip().split("\n\n")
        change(paragraphs)
        path.write_text(f"---\n{front}---\n\n" + "\n\n".join(paragraphs) + "\n", "utf-8")

    def sentence(self, text: str) -> None:
        """A sentence more in any article."""
        self.paragraphs(lambda paragraphs: paragraphs.append(f"{paragraphs.pop()} {text}"))

    def front(self, field: str, value: str) -> None:
        """Gives a field of any article's front matter, in place of the one there."""
        path = self.article()
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        lines = [line for line in front.splitlines(keepends=True) if not line.startswith(f"{field}:")]
        path.write_text(f"---\n{''.join(lines)}{field}: {value}\n---\n{body}", "utf-8")

    def person(self, change: Callable[[re.Match[str]], str]) -> None:
        """Changes any person's entry."""
        path = self.chance.choice(_people(self.root))
        text = path.read_text("utf-8")
        entry = self.chance.choice(list(_ENTRY.finditer(text)))
        path.write_text(text[: entry.start()] + change(entry) + text[entry.end() :], "utf-8")


def _people(root: Path) -> list[Path]:
    paths = sorted([*root.glob("seeds/people.yml"), *root.glob("seeds/people/*.yml")])
    return [path for path in paths if _ENTRY.search(path.read_text("utf-8"))]


def _misspelt(scene: Scene) -> Iterator[str]:
    """A name with a letter less in its family name: in full, and by that alone."""
    family = scene.family_name(1, _LONG)
    name = next(name for name in scene.names.values() if name.endswith(f" {family}"))
    slip = family[:-2] + family[-1]
    yield name.replace(family, slip)
    yield slip


def _unnamed(scene: Scene) -> None:
    """A mention taken out of an article."""
    mention = scene.chance.choice(scene.mentions)
    (path,) = scene.root.glob(f"seeds/articles/{mention['article']}.md")
    text = path.read_text("utf-8")
    front = text.index("---\n", 4)
    path.write_text(text[:front] + text[front:].replace(mention["text"], "somebody", 1), "utf-8")


def _misspell(scene: Scene) -> None:
    for name in _misspelt(scene):
        scene.sentence(f"Then {name} spoke.")


def _split(paragraphs: list[str]) -> None:
    words = paragraphs[0].split(" ")
    paragraphs[:1] = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]


def _renamed(scene: Scene) -> None:
    path = scene.article()
    path.rename(path.with_stem(f"{path.stem}-bis"))


def _new(scene: Scene) -> None:
    number = scene.chance.randrange(10**6)
    text = f"---\ntitle: More\npublished: 1962\n---\n\n{scene.name()} wrote to {scene.family_name(2)}.\n"
    (scene.root / f"seeds/articles/new-{number}.md").write_text(text, "utf-8")


def _settled(scene: Scene, key: str) -> None:
    mention = scene.chance.choice(scene.mentions)
    path = scene.root / f"seeds/articles/{mention['article']}.md"
    text = path.read_text("utf-8")
    if "\nmentions:" not in text:
        path.write_text(
            text.replace("---\n", f"---\nmentions: {{{json.dumps(mention['text'])}: {key}}}\n", 1), "utf-8"
        )


def _cited(scene: Scene) -> None:
    at = scene.article().stem
    scene.person(lambda entry: entry[0].replace("\n  name:", f"\n  caveat: Told so. [@{at}#p1]\n  name:", 1))


def _elsewhere(scene: Scene) -> None:
    """Any person's entry in a file of its own."""
    file = scene.root / f"seeds/people/moved-{scene.chance.randrange(10**6)}.yml"

    def change(entry: re.Match[str]) -> str:
        file.parent.mkdir(exist_ok=True)
        file.write_text(entry[0], "utf-8")
        return ""

    scene.person(change)


def _summary(scene: Scene, text: str) -> None:
    """What is known of any person, with a citation, in place of what was."""
    at = scene.article().stem
    value = json.dumps(f"{text} [@{at}#p1]")

    def change(entry: re.Match[str]) -> str:
        others = re.sub(r"\n  summary:.*(?:\n    .*)*", "", entry[0])
        return others.replace("\n  name:", f"\n  summary: {value}\n  name:", 1)

    scene.person(change)


def _year(scene: Scene) -> int:
    return scene.chance.randint(_EARLIEST, _LATEST)


AT_RANDOM: Mapping[str, Callable[[Scene], None]] = {
    "a sentence that names nobody": lambda scene: scene.sentence("It was late."),
    "a sentence that names somebody": lambda scene: scene.sentence(f"Then {scene.name()} spoke."),
    "a sentence with a shared name": lambda scene: scene.sentence(f"Then {scene.family_name(2)} spoke."),
    "a misspelt name": _misspell,
    "a mention less": _unnamed,
    "another mention less": _unnamed,
    "a paragraph more": lambda scene: scene.paragraphs(lambda some: some.insert(0, f"To {scene.family_name(2)}.")),
    "a paragraph less": lambda scene: scene.paragraphs(lambda some: some.pop() if len(some) > 1 else None),
    "a paragraph split": lambda scene: scene.paragraphs(_split),
    "paragraphs in another order": lambda scene: scene.paragraphs(lambda some: some.reverse()),
    "a title": lambda scene: scene.front("title", scene.name()),
    "a date": lambda scene: scene.front("published", f"{_year(scene)}-05-06"),
    "a date less exact": lambda scene: scene.front("published", f"{_year(scene)}"),
    "an article more": _new,
    "an article less": lambda scene: scene.article().unlink(),
    "an article renamed": _renamed,
    "a name settled": lambda scene: _settled(scene, scene.chance.choice(list(scene.names))),
    "a name settled as none": lambda scene: _settled(scene, "none"),
    "a person less": lambda scene: scene.person(lambda entry: ""),
    "a person more": lambda scene: scene.person(
        lambda entry: f"{entry[0]}somebody-new:\n  name: New {scene.family_name(2)}\n  short: [{scene.family_name(2)}]\n"
    ),
    "another name": lambda scene: scene.person(lambda entry: entry[0].replace(entry["name"], f"Old {entry['name']}")),
    "short forms less": lambda scene: scene.person(lambda entry: entry[0].replace("\n  short:", "\n  also:") if "also:" not in entry[0] else entry[0]),
    "prose that cites": _cited,
    "a person in another file": _elsewhere,
    "a summary": lambda scene: _summary(scene, "Was there."),
    "another summary": lambda scene: _summary(scene, "Was not there."),
    "a summary that names somebody": lambda scene: _summary(scene, f"Wrote to {scene.name()}."),
    "a summary of a line more": lambda scene: scene.person(lambda entry: entry[0].replace("\n  summary: ", "\n  # Known:\n  summary: ", 1)),
    "a summary with a sentence uncited": lambda scene: scene.person(lambda entry: re.sub(r'(\n  summary: .*)"\n', r'\1 So it was."\n', entry[0], count=1)),
    "a summary less": lambda scene: scene.person(lambda entry: re.sub(r"\n  summary:.*(?:\n    .*)*", "", entry[0])),
}  # fmt: skip

"""What readers and curators read is in plain American English."""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.words.catalogue import catalogue

_READ = ("docs/guide", "docs/method.md", "README.md", "generator/scaffold/new")
_AVOIDED = re.compile(
    r"\b(?:colour|behaviour|favour|honour|labour|neighbour|centre|kilometre|metre|judgement|licence|catalogue"
    r"|criticis|organis|recognis|summaris|analyse|programme|grey|defence|travell|cancell|towards|whilst"
    # Words of a translator.
    r"|anew|mended|mend it|own accord|what it came to|passed over)\w*",
    re.IGNORECASE,
)
# Code is what the program calls a thing.
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def test_texts_for_readers_and_curators_are_in_plain_american_english(root: Path) -> None:
    found = {f"{name}: {word}" for name, text in _texts(root) for word in _AVOIDED.findall(text)}
    assert found == set()


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    for key, message in catalogue("en").items():
        yield key, message if isinstance(message, str) else " ".join(message.values())
    for name in _READ:
        path = root / name
        for file in [path] if path.is_file() else sorted(path.rglob("*.*")):
            if file.is_file():
                yield str(file.relative_to(root)), _CODE.sub("", file.read_text("utf-8"))

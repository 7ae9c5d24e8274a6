"""The pages of docs/ are set as the generated ones are: with curly apostrophes and quotation marks."""

import re
from pathlib import Path

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def test_prose_has_no_straight_apostrophe_or_quotation_mark(root: Path) -> None:
    found = {}
    for path in (root / "docs/method.md", *sorted((root / "docs/guide").glob("*.md"))):
        if lines := [
            line for line in _CODE.sub("", path.read_text("utf-8")).split("\n") if re.search("['\"]", line)
        ]:
            found[path.name] = lines
    assert found == {}

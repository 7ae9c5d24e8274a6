"""The table as a script for browsers."""

import json
import re

from generator.folding import table

# What is matched by one sign of several, as what is between brackets in an expression.
_SETS = {
    "APOSTROPHES": re.escape(table.APOSTROPHES),
    "DOUBLE_QUOTES": re.escape(table.DOUBLE_QUOTES),
    "HYPHENS": re.escape(table.HYPHENS),
    "GONE": table.INVISIBLE + table.INNER_MARKS + table.TATWEEL,
    "FORMS": table.FORMS,
    "SUPERSCRIPTS": table.SUPERSCRIPTS,
    "MARKS": table.MARKS,
    "LEFT_OUT": f"'{table.LEFT_OUT}",
    "UNSPACED": table.UNSPACED,
    "SYLLABIC": table.SYLLABIC,
}
_VALUES = {"LETTERS": table.LETTERS, "ENDINGS": table.ENDINGS}


def script() -> str:
    """What a search needs of the table."""
    lines = [
        "// Written by `python -m generator.folding` from generator/folding/table.py, which says what each is.",
        "",
        *(f"export const {name} = {json.dumps(value)}" for name, value in (_SETS | _VALUES).items()),
    ]
    return "\n".join(lines) + "\n"

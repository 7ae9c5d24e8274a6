"""Writes the table for browsers into the theme: `python -m generator.folding`."""

from pathlib import Path

from generator.folding.browser import script

if __name__ == "__main__":
    Path(__file__).parents[1].joinpath("theme/assets/javascripts/folding-table.js").write_text(
        script(), encoding="utf-8", newline="\n"
    )

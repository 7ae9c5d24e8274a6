"""Every page of the built site is valid HTML, as html-validate judges it (tests/node/htmlvalidate.mjs)."""

from pathlib import Path

import pytest

from tests import nodejs

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("node_packages")]


def test_every_page_is_valid_html(built_site: Path) -> None:
    faults = nodejs.validate(built_site)
    assert not faults, f"{len(faults)} faults, of which: " + "\n".join(map(str, faults[:20]))


def test_a_fault_is_found(tmp_path: Path) -> None:
    page = '<!DOCTYPE html>\n<html lang="en"><head><title>x</title></head><body><p style="color: red"><p></body></html>\n'
    (tmp_path / "index.html").write_text(page, "utf-8")
    assert {"no-inline-style"} <= {fault.rule for fault in nodejs.validate(tmp_path)}

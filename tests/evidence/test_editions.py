"""The public edition holds no sentence of an original; the private one shows them under the same addresses."""

import html
import re
import shutil
from pathlib import Path

import html5lib
import pytest

from generator import build
from generator.load import load
from generator.model.dossier import Dossier
from generator.pages.writing.page import is_generated
from tests.own_words import runs, runs_of_articles, texts

pytestmark = pytest.mark.slow

# No file of the site is larger but its search index, which is read all the same.
_LARGEST = 50_000_000


def _shown(text: str) -> str:
    """What a reader can get out of a file: its text with and without its tags, escapes undone."""
    plain = html.unescape(re.sub(r"<[^>]*>", " ", text))
    # JSON escapes what HTML would take for tags; there the tags are in the text.
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    return f"{plain}\n{html.unescape(re.sub(r'<[^>]*>', ' ', unescaped))}\n{unescaped}"


@pytest.mark.needs_shared
def test_no_file_of_the_public_site_repeats_an_original(built_site: Path, shared: Path) -> None:
    taken = runs_of_articles(shared)
    read, repeated = 0, []
    for path, text in texts(sorted(built_site.rglob("*")), _LARGEST):
        read += 1
        if found := next((taken[run] for run in runs(_shown(text)) if run in taken), None):
            repeated.append(f"{path.relative_to(built_site)} repeats {found}")
    assert read > 100
    assert not repeated, "\n".join(repeated)


def _paragraphs(page: Path) -> dict[str, str]:
    """The text of a built article page's paragraphs, by their anchors."""
    document = html5lib.parse(page.read_text("utf-8"), namespaceHTMLElements=False)
    found = {}
    for paragraph in document.iter("p"):
        mark = paragraph.find("a[@class='n']")
        if mark is not None:
            text = "".join(paragraph.itertext()).removeprefix(mark.text or "")
            found[str(mark.get("id"))] = " ".join(text.split())
    return found


@pytest.fixture(scope="module")
def private(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The private edition of the project's own dossier, and the copy of the dossier that it was built from."""
    copy = tmp_path_factory.mktemp("private")
    for name in ("seeds", "mkdocs.yml"):
        source = root / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, copy / name)
    for path in (root / "docs").rglob("*"):
        # Hand-written pages alone; what the generator wrote beside them is another site's.
        if path.is_file() and not is_generated(path.read_text("utf-8", errors="replace")):
            target = copy / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    shared = root.parent / "shared" / "seeds"
    build.build_private(copy, copy / "site-private", [shared], check_links=True)
    return copy, copy / "site-private"


@pytest.mark.needs_shared
def test_the_private_edition_shows_full_texts_at_the_same_addresses(
    private: tuple[Path, Path], built_site: Path, shared: Path
) -> None:
    copy, site = private
    dossier: Dossier = load(copy, [shared])[0]
    assert dossier.originals
    for key, original in dossier.originals.items():
        page = f"articles/{key}/index.html"
        full, digest = _paragraphs(site / page), _paragraphs(built_site / page)
        assert list(full) == list(digest)
        assert list(full.values()) == [" ".join(text.split()) for text in original.paragraphs]
        assert "noindex" in (site / page).read_text("utf-8")


@pytest.mark.needs_shared
def test_the_private_edition_leaves_nothing_in_the_dossier(private: tuple[Path, Path], shared: Path) -> None:
    copy, site = private
    taken = runs_of_articles(shared)
    paths = [path for path in sorted(copy.rglob("*")) if site not in path.parents]
    assert not [path for path, text in texts(paths, _LARGEST) if any(run in taken for run in runs(text))]

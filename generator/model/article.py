"""News articles: their front matter and their numbered paragraphs."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from generator.model.fields import Date, Part, Ref, Text, Url
from generator.model.ids import ArticleId, OrganizationId
from generator.model.kinds import Kind
from generator.model.record import LanguageTag, Record

# In an article's `mentions`: in this article, the words do not name a record.
NO_RECORD = "none"
# More blocks than any article has; a body such as 1-999999999 is a typing error.
_MAX_BLOCKS = 100_000


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of an article's body.

    Attributes:
        number: Its number from 1, which is its permanent address on the site.
        text: Its text as written in the file, line breaks included.
        start: The offset of its first character in the body, in code points.
        line: The line of the file on which it begins, from 1.
    """

    number: int
    text: str
    start: int
    line: int


def _blocks(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    numbers: list[int] = []
    for part in value.replace(" ", "").split(","):
        match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not match or first < 1 or last < first or (numbers and first <= numbers[-1]):
            raise ValueError(f"{value!r} is not a list of blocks in ascending order, such as 3-7,9-12")
        if last - first > _MAX_BLOCKS:
            raise ValueError(f"{value!r} names more than {_MAX_BLOCKS} blocks")
        numbers.extend(range(first, last + 1))
    return tuple(numbers)


def _hash(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise ValueError(f"{text!r} is not a SHA-256 hash: 64 digits 0-9a-f")
    return text


def _file_name(text: str) -> str:
    # A name, not a path: the file is searched for only in the folders that the dossier names.
    if text in (".", "..") or re.search(r"[/\\:\0]", text):
        raise ValueError(f"{text!r} is not a file's name: it may not lead to another folder")
    return text


class Original(Part):
    """The file with the full text of a digest.

    Attributes:
        file: The name of the file, in one of the folders of originals.
        sha256: The SHA-256 hash of its bytes.
        body: The numbers of its blocks, separated by blank lines, that are the paragraphs of the article.
    """

    file: Annotated[Text, AfterValidator(_file_name)]
    sha256: Annotated[Text, AfterValidator(_hash)]
    body: Annotated[tuple[int, ...], BeforeValidator(_blocks)]


class Article(Record):
    """A news article: a digest if it has an `original`, else in full.

    Attributes:
        outlet: The outlet that published it; absent if it is not known.
        outlet_by: How the outlet is known, if the text does not name it.
        authors: Ids of people, or names.
        published: When it was published.
        dated_by: How an inferred date is known.
        wire: The agency or outlet whose report it reprints.
        mentions: The records that words in this article mean, as settled by a curator.
        paragraphs: Its body.
        in_full: Whether the body of a digest was replaced by that of its original.
    """

    kind_of: Kind = Kind.ARTICLE
    title: Text
    outlet: Annotated[OrganizationId, Ref((Kind.ORGANIZATION,), back="Articles")] | None = None
    outlet_by: Text | None = None
    authors: tuple[Text, ...] = ()
    published: Date | None = None
    dated_by: Text | None = None
    url: Url | None = None
    language: LanguageTag | None = None
    wire: Annotated[OrganizationId, Ref((Kind.ORGANIZATION,), back="Reprinted in")] | None = None
    original: Original | None = None
    mentions: dict[Text, Text] = Field(default_factory=dict)
    rights: Text | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    in_full: bool = False

    @property
    def article_id(self) -> ArticleId:
        """Its id, typed as the id of an article."""
        return ArticleId(self.id)

    @property
    def label(self) -> str:
        return self.title

    @property
    def is_digest(self) -> bool:
        """Whether its body is in the curators' own words."""
        return self.original is not None and not self.in_full

    @property
    def length(self) -> int:
        """The number of its paragraphs."""
        return len(self.paragraphs)

    def paragraph(self, number: int) -> Paragraph | None:
        """The paragraph with a number, if there is one."""
        try:
            return self.paragraphs[number - 1] if number >= 1 else None
        except IndexError:
            return None

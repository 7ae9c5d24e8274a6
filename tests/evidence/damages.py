"""Single damages to a dossier and its originals, each with the place where it must be reported.

They are made on the text of the files, and what is expected of them is read off that text too, so that
the code under test has no say in either.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

_REFERENCE = re.compile(r"(?P<article>[a-z0-9][a-z0-9_-]*)#p(?P<first>\d+)(?:-(?P<last>\d+))?")
_QUOTE = re.compile(r'quote: "(?P<quote>[^"]*)"')
_AT = re.compile(r"at: ([a-z0-9_#-]+), $")
_BLANK_LINES = re.compile(r"(\n(?:[^\S\n]*\n)+)")
_WORD = re.compile(r"\w[\w’'‑-]*")
_PLANTED = "zyzzyva"
_MARGIN = re.compile(r"^[^\s#]", re.MULTILINE)


@dataclass(frozen=True)
class Expected:
    """A problem that must be among those reported: where, and what its message must name.

    Attributes:
        line: Its line; 0 where only the file is known.
        file: Its file, where that is not the damaged one.
    """

    line: int
    names: tuple[str, ...]
    column: int | None = None
    file: str = ""


@dataclass(frozen=True)
class Damage:
    """A file as damaged.

    Attributes:
        kind: What sort of damage it is, as the summary counts it.
        file: The damaged file, relative to the dossier or to the folder of originals.
        text: What stands in it now.
        article: The article that is cited, or damaged.
        expected: What must be reported in that file.
        verified: What lines of the lock must be named for where the originals are not here.
    """

    kind: str
    file: str
    text: str
    article: str
    expected: tuple[Expected, ...]
    verified: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """An article's paragraphs as they stand in a file's text, with the names of those that are cited."""

    article: str
    numbers: tuple[int, ...]
    cited: frozenset[int]


def references(file: str, text: str, skip: frozenset[str] = frozenset()) -> Iterator[Damage]:
    """Each reference renumbered: to the next paragraph, and to one that no article has.

    One damage renumbers the first reference to an article in every record, another the second: each is reported at
    its own place. In the articles of `skip` only the second kind is reported.
    """
    together: dict[tuple[str, int], list[re.Match[str]]] = {}
    seen = Counter[tuple[str, int]]()
    for match in _references(file, text):
        # A record begins at the margin.
        record = max(start.start() for start in _MARGIN.finditer(text, 0, match.start()))
        seen[match["article"], record] += 1
        together.setdefault((match["article"], seen[match["article"], record]), []).append(match)
    for (article, _), some in together.items():
        if article not in skip:
            yield _renumbered("reference, next", file, text, some)
        yield _renumbered("reference, beyond", file, text, some)


def _renumbered(kind: str, file: str, text: str, references: Sequence[re.Match[str]]) -> Damage:
    damaged, end = "", 0
    expected = []
    for match in references:
        damaged += text[end : match.start()]
        written = _following(match) if kind == "reference, next" else _beyond(match)
        line, column = _place(damaged, len(damaged))
        expected.append(Expected(line, (written if kind == "reference, next" else "no p",), column))
        damaged += written
        end = match.end()
    damaged += text[end:]
    verified = tuple(match[0] for match in references)
    return Damage(kind, file, damaged, references[0]["article"], tuple(expected), verified)


def _following(reference: re.Match[str]) -> str:
    first, last = int(reference["first"]), reference["last"]
    return f"{reference['article']}#p{first + 1}" + (f"-{int(last) + 1}" if last else "")


def _beyond(reference: re.Match[str]) -> str:
    return f"{reference['article']}#" + (f"p{reference['first']}-99" if reference["last"] else "p99")


def count_references(file: str, text: str) -> int:
    """How many references a file gives."""
    return sum(1 for _ in _references(file, text))


def _references(file: str, text: str) -> Iterator[re.Match[str]]:
    end = text.index("\n---\n", 4) if file.startswith("seeds/articles/") else len(text)
    for match in _REFERENCE.finditer(text, 0, end):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not line.lstrip().startswith("#"):
            yield match


def quotes(file: str, text: str) -> Iterator[Damage]:
    """Each quote damaged: a word replaced in its first part and in its last, two words swapped."""
    for match in _QUOTE.finditer(text):
        quote = match["quote"]
        line, column = _place(text, match.start() + len("quote: "))
        parts = quote.split("…")
        first = "…".join([replaced_word(parts[0]), *parts[1:]])
        last = "…".join([*parts[:-1], replaced_word(parts[-1])])
        damaged = {"quote, first part": first, "quote, last part": last, "quote, swapped": _swapped(quote)}
        at = _AT.search(text, 0, match.start())
        assert at, quote
        for kind, other in damaged.items():
            if other == quote:
                assert kind == "quote, swapped"
                assert len(_WORD.findall(quote)) == 1, quote
                continue
            whole = text[: match.start("quote")] + other + text[match.end("quote") :]
            article, _, number = at[1].partition("#")
            yield Damage(kind, file, whole, article, (Expected(line, (number,), column),), (quote,))


def count_quotes(text: str) -> int:
    """How many quotes a file gives."""
    return len(_QUOTE.findall(text))


def original(file: str, text: str, body: Sequence[int], told: Told) -> Iterator[Damage]:
    """Each cited paragraph with a word changed, each pair of neighbours swapped, each paragraph cut."""
    pieces, blocks = _pieces(text)
    places = [blocks[number - 1] for number in body]
    for number, place in zip(told.numbers, places, strict=True):
        line = _line(pieces, place)
        names: tuple[str, ...] = (f"paragraph {number} of '{told.article}'",)
        if number in told.cited:
            changed = [*pieces[:place], replaced_word(pieces[place]), *pieces[place + 1 :]]
            yield Damage("original, word", file, "".join(changed), told.article, (Expected(line, names),))
        cut = [*pieces[:place], *pieces[place + 2 :]]
        if place == blocks[-1]:
            # The last block of the file: nothing takes its place.
            line, names = _line(pieces, places[-2]), (*names, "is gone")
        yield Damage("original, cut", file, "".join(cut), told.article, (Expected(line, names),))
    for number, one, other in zip(told.numbers, places, places[1:], strict=False):
        swapped = _exchanged(pieces, one, other)
        yield Damage(
            "original, swapped",
            file,
            "".join(swapped),
            told.article,
            (
                Expected(_line(swapped, one), (f"paragraph {number} of", f"is paragraph {number + 1} now")),
                Expected(_line(swapped, other), (f"paragraph {number + 1} of", f"is paragraph {number} now")),
            ),
        )


def digest(file: str, text: str, told: Told) -> Iterator[Damage]:
    """Each cited paragraph of a digest with a word changed, each pair swapped, each paragraph cut."""
    pieces, blocks = _body(text)
    for number, place in zip(told.numbers, blocks, strict=True):
        line = _line(pieces, place)
        names: tuple[str, ...] = (f"paragraph {number} of '{told.article}'",)
        lock = (f"p{number}: ",)
        if number in told.cited:
            changed = [*pieces[:place], replaced_word(pieces[place]), *pieces[place + 1 :]]
            yield Damage("digest, word", file, "".join(changed), told.article, (Expected(line, names),), lock)
        cut = [*pieces[:place], *pieces[place + 2 :]]
        if place == blocks[-1]:
            line, names = _line(pieces, blocks[-2]), (*names, "is gone")
        yield Damage("digest, cut", file, "".join(cut), told.article, (Expected(line, names),), lock)
    for number, one, other in zip(told.numbers, blocks, blocks[1:], strict=False):
        swapped = _exchanged(pieces, one, other)
        expected = (
            Expected(_line(swapped, one), (f"paragraph {number} of",)),
            Expected(_line(swapped, other), (f"paragraph {number + 1} of",)),
        )
        yield Damage("digest, swapped", file, "".join(swapped), told.article, expected, (f"p{number}: ",))


def in_full(file: str, text: str, told: Told, citing: Mapping[int, frozenset[str]]) -> Iterator[Damage]:
    """Each cited paragraph of an article in full changed, cut, or moved by another: put in above, or swapped with it.

    Where its words are elsewhere, each file that cites it must be named, with the paragraph where they are.
    """
    pieces, blocks = _body(text)
    last = told.numbers[-1]
    for number, place in zip(told.numbers, blocks, strict=True):
        line = _line(pieces, place)
        name = f"paragraph {number} of '{told.article}'"
        changed = [*pieces[:place], replaced_word(pieces[place]), *pieces[place + 1 :]]
        if number in told.cited:
            expected = (Expected(line, (name, "are nowhere in it")),)
            yield Damage("full text, word", file, "".join(changed), told.article, expected)
        cut = [*pieces[:place], *pieces[place + 2 :]]
        behind = _moved(told, citing, range(number + 1, last + 1), -1)
        if number in told.cited:
            gone = number == last
            at = Expected(0, (f"no p{number}",)) if gone else Expected(line, (name, "are nowhere in it"))
            behind = (
                (*behind, *(replace(at, file=one) for one in sorted(citing[number])))
                if gone
                else (at, *behind)
            )
        if behind:
            yield Damage("full text, cut", file, "".join(cut), told.article, behind)
        if behind := _moved(told, citing, range(number, last + 1), 1):
            put_in = [*pieces[:place], f"{_PLANTED.capitalize()} {_PLANTED}.", "\n\n", *pieces[place:]]
            yield Damage("full text, put in", file, "".join(put_in), told.article, behind)
    for number, one, other in zip(told.numbers, blocks, blocks[1:], strict=False):
        behind = (
            *_moved(told, citing, range(number, number + 1), 1),
            *_moved(told, citing, range(number + 1, number + 2), -1),
        )
        if behind:
            yield Damage(
                "full text, swapped", file, "".join(_exchanged(pieces, one, other)), told.article, behind
            )


def _moved(told: Told, citing: Mapping[int, frozenset[str]], numbers: range, by: int) -> tuple[Expected, ...]:
    """What must be reported of cited paragraphs whose words are some paragraphs further on."""
    return tuple(
        Expected(0, (f"paragraph {number} of '{told.article}'", f"is paragraph {number + by} now"), file=one)
        for number in numbers
        if number in told.cited
        for one in sorted(citing[number])
    )


def _body(text: str) -> tuple[list[str], list[int]]:
    """An article's text cut at the blank lines of its body, and which of the pieces are paragraphs."""
    start = text.index("\n---\n", 4) + len("\n---\n") if text.startswith("---\n") else text.index("\n")
    start += len(text[start:]) - len(text[start:].lstrip())
    pieces, blocks = _pieces(text[start:])
    # The front matter is one piece more, and one empty piece keeps the blank lines at odd places.
    return [text[:start], "", *pieces], [place + 2 for place in blocks]


def replaced_word(text: str) -> str:
    """A text with the word in its middle replaced by one that stands nowhere."""
    words = list(_WORD.finditer(text))
    match = words[len(words) // 2]
    return text[: match.start()] + _PLANTED + text[match.end() :]


def _swapped(quote: str) -> str:
    """A quote with two words that follow each other swapped, or as it is where it has but one."""
    for one, other in zip(_WORD.finditer(quote), [*_WORD.finditer(quote)][1:], strict=False):
        if one[0] != other[0]:
            between = quote[one.end() : other.start()]
            return quote[: one.start()] + other[0] + between + one[0] + quote[other.end() :]
    return quote


def _pieces(text: str) -> tuple[list[str], list[int]]:
    """A text cut at its blank lines, these kept, and which of the pieces are blocks."""
    pieces = _BLANK_LINES.split(text)
    return pieces, [index for index, piece in enumerate(pieces) if index % 2 == 0 and piece.strip()]


def _exchanged(pieces: Sequence[str], one: int, other: int) -> list[str]:
    changed = list(pieces)
    changed[one], changed[other] = pieces[other].strip("\n"), pieces[one].strip("\n")
    return changed


def _line(pieces: Sequence[str], place: int) -> int:
    return "".join(pieces[:place]).count("\n") + pieces[place].count("\n", 0, _lead(pieces[place])) + 1


def _lead(piece: str) -> int:
    return len(piece) - len(piece.lstrip())


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

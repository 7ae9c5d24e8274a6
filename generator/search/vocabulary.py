"""The words of all texts, by which browsers correct a word of a query that no text has.

A file has the words of some neighboring files of posting lists. It is named by the words of each of these, so that it
is only made where a word came or went.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence

from generator.folding.search import bare
from generator.search.postings import RECORD
from generator.search.state import PostingFile

# Shorter words are never corrected.
_SHORTEST = 4
# Of so many files of posting lists one begins a file of words, by the hash of its first term.
_FILES = 8


def words_of(terms: Iterable[str]) -> tuple[str, ...]:
    """Those of some terms that a query may be corrected to, as browsers look them up."""
    words = (term for term in terms if len(term) >= _SHORTEST and not term.startswith(RECORD))
    return tuple(dict.fromkeys(bare(word) for word in words if word.isalpha()))


def groups(found: Sequence[PostingFile]) -> Iterator[list[PostingFile]]:
    """Files of posting lists whose words are in one file."""
    group: list[PostingFile] = []
    for file in found:
        # The ranges of a long list stay together.
        if group and group[-1].first != file.first and zlib.crc32(file.first.encode()) % _FILES == 0:
            yield group
            group = []
        group.append(file)
    if group:
        yield group

"""All mentions as JSON lines: what is linked in the bodies of articles, for other programs.

A line is an object with `article`, `start`, `end`, `text` and `entity`, by article and place. Offsets count
code points in the article's body: the text after its front matter, without leading line breaks.
Format: https://jsonlines.org/
"""

import json
from collections.abc import Iterator

from generator.link import Links
from generator.model.dossier import Dossier


def mentions(dossier: Dossier, links: Links) -> Iterator[str]:
    """The lines, each with its line break."""
    for key, found in sorted(links.mentions.items()):
        starts = {paragraph.number: paragraph.start for paragraph in dossier.articles[key].paragraphs}
        for mention in found:
            start = starts[mention.paragraph]
            entry = {
                "article": mention.article,
                "start": start + mention.start,
                "end": start + mention.end,
                "text": mention.text,
                "entity": mention.entity,
            }
            yield f"{json.dumps(entry, ensure_ascii=False)}\n"

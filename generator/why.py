"""`dossier why`: explains why a name in an article is linked to a record, or is not linked."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.check.ids import Ids
from generator.folding import Folded, fold
from generator.link.boundaries import Boundaries, Rule, in_word
from generator.link.corpus import ScannedText
from generator.link.decision import Decision
from generator.link.linking import Linking
from generator.link.places import Places
from generator.link.reading import Reader
from generator.link.reasons import REASONS
from generator.link.usage import Candidate
from generator.load import load
from generator.model.article import Article, Paragraph
from generator.model.dossier import Dossier
from generator.model.evidence import Locator
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.support.problems import Problem, Refused, SourcePosition, nearest, shown

# The rule of each reason, which is its docstring.
_RULES = {reason.__name__: " ".join((reason.__doc__ or "").split()) for reason in REASONS}


def why(root: Path, at: Locator, words: str, originals: Sequence[Path] = ()) -> tuple[str, ...]:
    """Explains the decision on a name in a paragraph, at each occurrence of the name.

    Raises:
        Refused: if there is no such article or paragraph, or the name does not occur in it.
    """
    dossier, _ = load(root, originals)
    article = dossier.articles.get(at.article)
    if article is None:
        hint = Ids(dossier).suggestion(at.article, (Kind.ARTICLE,))
        raise Refused(
            [
                Problem(
                    SourcePosition("seeds/articles"),
                    "unknown-reference",
                    f"no article {at.article!r}",
                    at.article,
                    hint,
                )
            ]
        )
    source = dossier.sources[article.id].file
    number = len(article.paragraphs)
    if at.last > number:
        message = f"{article.id!r} has no paragraph {at.last}"
        hint = f"its paragraphs are 1 to {number}" if number else "it has none"
        raise Refused([Problem(SourcePosition(source), "no-paragraph", message, str(at), hint)])
    linking = Linking.of_all(dossier)
    linking.read()
    reader, text = linking.reader, linking.scanned[at.article]
    decided: list[tuple[Candidate, Decision]] = []
    reader.decide(text, reader.context(article), at.article, trace=decided)
    explainer = _Explainer(dossier, article, reader, text, decided)
    lines = [line for n in at.numbers for line in explainer.lines(article.paragraphs[n - 1], words)]
    if not lines:
        first = article.paragraphs[at.first - 1]
        near = nearest(words, explainer.names_in(at))
        hint = f"did you mean {near!r}?" if near else "write it as the article has it"
        message = f"{shown(words)} is not in {at}"
        raise Refused([Problem(SourcePosition(source, first.line), "name-not-there", message, words, hint)])
    return tuple(lines)


class _Explainer:
    """Explains the decisions in one article."""

    def __init__(
        self,
        dossier: Dossier,
        article: Article,
        reader: Reader,
        text: ScannedText,
        decided: Sequence[tuple[Candidate, Decision]],
    ) -> None:
        self._dossier, self._article, self._reader, self._text = dossier, article, reader, text
        places = Places(article)
        self._decided: list[tuple[Paragraph, int, int, Decision]] = []
        for candidate, decision in decided:
            wide = reader.widened(text, candidate, decision.left)
            self._decided.append((*places.locate(*text.folded.span(wide.start, wide.end)), decision))

    def names_in(self, at: Locator) -> set[str]:
        """The names found in some paragraphs, and all their words that begin with a capital letter."""
        seen = {p.text[start:end] for p, start, end, _ in self._decided if p.number in at.numbers}
        for number in at.numbers:
            seen |= {
                w.strip(".,;:()“”\"'")
                for w in self._article.paragraphs[number - 1].text.split()
                if w[:1].isupper()
            }
        return seen - {""}

    def lines(self, paragraph: Paragraph, words: str) -> Iterator[str]:
        """The explanation of each occurrence of the words in a paragraph."""
        folded, wanted = fold(paragraph.text), fold(words).text.strip()
        boundaries = Boundaries(folded, paragraph.text, self._text.language, self._reader.lookup)
        begin = folded.text.find(wanted) if wanted else -1
        done = -1
        while begin >= 0:
            start, end = folded.span(begin, begin + len(wanted))
            rule = boundaries.cut(begin, begin + len(wanted))
            if start >= done and rule is not in_word:
                found = [d for d in self._decided if d[0] is paragraph and d[1] < end and d[2] > start]
                if done >= 0:
                    yield ""
                yield f"{self._where(paragraph, start)}: {shown(paragraph.text[start:end])}"
                yield from (
                    self._explained(paragraph, start, end, found)
                    if found
                    else self._missed(folded, begin, begin + len(wanted), rule)
                )
                done = max([end, *(d[2] for d in found)])
            begin = folded.text.find(wanted, begin + 1)

    def _where(self, paragraph: Paragraph, start: int) -> SourcePosition:
        before = paragraph.text[:start]
        column = len(before) - (before.rfind("\n") + 1) + 1
        return SourcePosition(
            self._dossier.sources[self._article.id].file, paragraph.line + before.count("\n"), column
        )

    def _missed(self, folded: Folded, begin: int, end: int, rule: Rule | None) -> Iterator[str]:
        """Why an occurrence in a folded paragraph is not a candidate."""
        text = folded.text
        for start, stop in self._reader.names.unlisted(text):
            if start <= begin and end <= stop:
                yield f"  not linked: it is in the name of another place: {shown(text[start:stop])}"
                return
        why = " ".join((rule.__doc__ or "").split()) if rule else "no record has this name"
        yield f"  not linked: {why[:1].lower()}{why[1:]}"

    def _explained(
        self,
        paragraph: Paragraph,
        start: int,
        end: int,
        found: Sequence[tuple[Paragraph, int, int, Decision]],
    ) -> Iterator[str]:
        for _, begin, stop, decision in found:
            if begin < start or stop > end:
                yield f"  it is inside a longer name: {shown(paragraph.text[begin:stop])}"
            yield from (f"  {line}" for line in self._decision(decision))

    def _decision(self, decision: Decision) -> Iterator[str]:
        name = decision.case.name
        for keys, sort in (
            (name.full, "as a full name"),
            (name.short, "as a short form"),
            (name.part, "as a word of a full name"),
        ):
            if keys:
                yield f"may mean, {sort}: {self._listed(keys)}"
        beside = decision.case.beside
        said = [
            f"{what} {shown(' '.join(words))}"
            for what, words in (
                ("the courtesy", (beside.courtesy,) if beside.courtesy else ()),
                ("the title", beside.title),
                ("the forenames", beside.forenames),
            )
            if words
        ]
        if said or decision.case.after:
            after = [f"after it {shown(' '.join(decision.case.after))}"] if decision.case.after else []
            yield f"beside it: {'; '.join([*said, *after])}"
        for step in decision.steps:
            left = self._listed(step.left) if step.left else "none"
            yield f"{step.reason.replace('_', ' ')}: {_RULES[step.reason]} Left: {left}"
        if len(decision.left) == 1:
            yield f"linked to {decision.left[0]}"
        elif decision.left and not decision.case.is_part:
            yield f"not linked: {len(decision.left)} are left, and nothing decides between them"
        else:
            yield "not linked"

    def _listed(self, keys: Sequence[RecordId]) -> str:
        return ", ".join(f"{key} ({self._dossier.label(key)})" for key in keys)

"""Prose: every sentence of a summary or of the story has a citation, and text that looks like a mark is one."""

from collections.abc import Iterator

from generator.check.marks import broken_marks_of
from generator.check.sentences import uncited
from generator.check.values import values
from generator.model.dossier import Dossier
from generator.model.fields import Path, ProseMark, walk
from generator.model.prose import Citation, parse, parts_of
from generator.model.record import Record
from generator.support.problems import Problem, Severity, shown

_HINT = "write [@article-id#p5] after it"
_SHOWN = 50


def uncited_sentences(dossier: Dossier) -> Iterator[Problem]:
    """Each sentence of a summary, and of a step of the story, is followed by its citation.

    Where no summary has one, as with a list of people from elsewhere, that is said once. Where there are
    no articles, there is nothing to cite.
    """
    summaries = [value for value in values(dossier, ProseMark) if _is_summary(value.path)]
    if not dossier.articles or not summaries:
        return
    if not any(parts_of(summary.value, Citation) for summary in summaries):
        where = min(summary.at() for summary in summaries)
        message = f"no summary has a citation, from here on ({len(summaries)} in all)"
        yield Problem(
            where,
            "uncited-sentence",
            message,
            "",
            "write [@article-id#p5] after each sentence",
            severity=Severity.WARNING,
        )
        return
    for summary in summaries:
        for sentence in uncited(summary.value, dossier.settings.language):
            message = f"sentence without a citation: {shown(sentence, _SHOWN)}"
            where = summary.at(sentence[:_SHOWN].rsplit(" ", 1)[0] if len(sentence) > _SHOWN else sentence)
            yield Problem(where, "uncited-sentence", message, sentence, _HINT, severity=Severity.WARNING)


def summaries_count_alike(old: Record, new: Record, language: str) -> bool:
    """Whether `uncited_sentences` finds the same with one record in place of another; False where that is not sure."""
    before, now = (
        {path: text for path, _, text in walk(record, ProseMark) if _is_summary(path)}
        for record in (old, new)
    )
    return all(
        before.get(path) == now.get(path)
        or all(
            text and any(parts_of(text, Citation)) and not uncited(text, language)
            for text in (before.get(path), now.get(path))
        )
        for path in before | now
    )


def _is_summary(path: Path) -> bool:
    """Whether each sentence of a text needs a citation: in a summary, and in a step of the story."""
    return path == ("summary",) or path[0] == "steps"


def broken_marks(dossier: Dossier) -> Iterator[Problem]:
    """Text that looks like a mark is one; otherwise it is shown as written, with its brackets."""
    for found in values(dossier, ProseMark):
        # Nearly no text has brackets that begin no mark.
        if "[" not in found.value:
            continue
        for paragraph in parse(found.value):
            for broken in broken_marks_of(paragraph):
                message = f"{shown(broken.text)} is no mark, and is shown as it is written"
                where = found.at(broken.text)
                yield Problem(
                    where, "broken-mark", message, broken.text, broken.hint, severity=Severity.WARNING
                )


# This rule needs all summaries together.
SUMMARY_RULES, PROSE_RULES = (uncited_sentences,), (broken_marks,)

"""Pages of questions: the answers of the sources side by side, and the curator's assessment of them."""

from typing import NamedTuple

from markupsafe import Markup

from generator.edition.article_counts import count_articles
from generator.markup import markdown
from generator.model.claims import Question
from generator.pages.records import common as parts
from generator.pages.records import side
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen


class QuestionPageView(NamedTuple):
    """A question's page."""

    common: parts.Common
    question: parts.QuestionView
    at: Markup


def page(pen: Pen, question: Question) -> Page:
    """The page of a question."""
    articles = pen.edition.evidence_articles(question)
    by_key = {article.article_id: article for article in articles}
    origins = pen.edition.origins(by_key)
    facts = (
        parts.fact(pen, len(question.answers), "answer"),
        parts.fact(pen, len(articles), "article"),
        parts.origins_fact(pen, origins),
    )
    about = dict.fromkeys([*filter(None, [question.event, question.issue]), *question.about])
    at = markdown.joined((pen.at(question, field) for field in ("event", "issue", "about")), "")
    view = QuestionPageView(
        parts.common(
            pen,
            question,
            side.sections(
                side.records(pen, pen.words("side.about"), about, at),
                side.sources(pen, count_articles(pen.edition.published, tuple(by_key))),
                side.elsewhere(pen, question),
            ),
            facts,
        ),
        parts.question(pen, question),
        pen.at(question, "status"),
    )
    status = pen.words(f"statuses.{question.status}")
    answers = "; ".join(answer.value for answer in question.answers)
    meta = head.of_record(
        pen,
        question,
        label=f"{pen.words('kinds.question')} · {status.lower()}",
        description=pen.words("signs.titled", title=status, group=answers),
    )
    return Page(pen.path, meta, pen.render("question", view=view))

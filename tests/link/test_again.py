"""What is known of all articles together is mended by those that changed, and comes to the same as made anew."""

import random

from generator.link.survey import Observed, Survey
from generator.link.usage import Sample


def test_a_survey_with_other_articles_is_one_of_them() -> None:
    chance = random.Random(7)

    def some(letter: str) -> tuple[str, ...]:
        return tuple(f"{letter}{chance.randrange(5)}" for _ in range(chance.randrange(4)))

    def numbers() -> tuple[int, ...]:
        return tuple(chance.randrange(6) for _ in range(chance.randrange(4)))

    def one() -> Observed:
        return Observed(numbers(), some("a"), numbers(), numbers(), some("b"), numbers(), some("c"))  # type: ignore[arg-type]

    articles = [one() for _ in range(20)]
    for _ in range(50):
        at = sorted(chance.sample(range(len(articles)), 3))
        others = [one() for _ in range(chance.randrange(3, 5))]
        left = [article for number, article in enumerate(articles) if number not in at]
        mended = Survey(articles).with_others([articles[number] for number in at], others)
        assert vars(mended) == vars(Survey([*left, *others]))
        articles = [*left, *others]


def test_a_sample_with_other_texts_is_one_of_them() -> None:
    texts = [
        f"The {word} of the {other} went on" for word in ("house", "river") for other in ("king", "town")
    ]
    mended = Sample(texts).with_others(texts[:1], ["Nobody saw the river", "A town went"])
    assert mended is not None
    assert vars(mended) == vars(Sample([*texts[1:], "Nobody saw the river", "A town went"]))
    assert "house" in mended.words
    assert "king" in mended.words
    assert "nobody" not in mended.words


def test_a_sample_is_taken_anew_where_others_of_the_texts_are_in_it() -> None:
    long = ["word " * 150_000 + str(number) for number in range(4)]
    assert Sample(long).with_others([], long) is None
    assert Sample(long).with_others(long[:1], []) is not None

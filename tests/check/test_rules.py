"""What golden cases cannot show: names that texts mention, deep chains, and rules that say what they are."""

from generator.check import RULES, check
from generator.check.hierarchy import circles
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.support.problems import Severity
from tests.build import article, dossier, record


def test_every_rule_states_itself() -> None:
    assert all(rule.__doc__ and rule.__doc__.splitlines()[0].endswith(".") for rule in RULES)


def test_a_record_that_a_text_names_is_no_orphan() -> None:
    made = dossier(record(Kind.PERSON, "ana-lima", name="Ana Lima"))
    (found,) = check(made, frozenset())
    assert (found.rule, found.severity) == ("orphan", Severity.WARNING)
    assert not list(check(made, frozenset({RecordId("ana-lima")})))


def test_quote_matches_other_typography() -> None:
    made = dossier(
        article("one", "“We ask—now—for help,” she said."),
        record(Kind.PERSON, "ana-lima", evidence=[{"at": "one#p1", "quote": '"We ask - now - … help,"'}]),
    )
    assert not list(check(made, frozenset()))


def test_a_long_chain_is_walked_and_a_long_circle_named_in_short() -> None:
    length = 5_000
    chain = [
        record(Kind.PLACE, f"p{n}", name=f"Place {n}", part_of=f"p{(n + 1) % length}") for n in range(length)
    ]
    (found,) = check(dossier(*chain), frozenset())
    assert found.rule == "circle"
    assert len(found.message) < 200


def test_each_circle_is_found_once() -> None:
    graph = {
        RecordId(key): [RecordId(to) for to in targets]
        for key, targets in {"a": "bc", "b": "a", "c": "", "d": "d"}.items()
    }
    assert sorted(circles(graph)) == [("a", "b"), ("d",)]

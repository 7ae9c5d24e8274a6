"""Reading texts for names, and deciding whom each of them means."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.link.agreement import agree, same_given
from generator.link.beside import after, before
from generator.link.company import Company
from generator.link.decision import Case, Decision, Here, Keys
from generator.link.folding import Folded, fold
from generator.link.names import Names
from generator.link.people import People
from generator.link.reasons import BESIDE, Reason, decide, explain, forenames, goes_on
from generator.link.usage import Beside, Sighting, Vocabulary, read_before
from generator.model.article import NO_RECORD, Article, Paragraph
from generator.model.dossier import Dossier
from generator.model.ids import RecordId

# Parts one paragraph from the next; no name holds it, and no text.
PARTING = "\0"
_NOTHING = Beside((), (), "")
# So often must a word of a name stand by itself to be what somebody is called,
_CALLED = 3
# and so many times as often as it stands in names that are not theirs.
_RARELY = 4


class Text(NamedTuple):
    """Texts that are read as one: folded, joined, with the names that were seen in them.

    Attributes:
        head: Where what is only read for its evidence ends, such as an article's title.
    """

    folded: Folded
    sightings: list[Sighting]
    head: int = 0


class Found(NamedTuple):
    """A name in a text, and whom it may mean: one where that is decided. The offsets are those of the text as given."""

    start: int
    end: int
    possible: Keys


class Reader:
    """All that is known of names before a text is read.

    Attributes:
        names: The index of all spellings.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self.names = Names.of(dossier)
        self.people = People(dossier)
        self.company = Company()
        self.vocabulary = Vocabulary(
            self.people, [p.text for article in dossier.articles.values() for p in article.paragraphs]
        )
        self.men: frozenset[int] = frozenset()
        self.called: frozenset[tuple[int, RecordId]] = frozenset()
        self._read: dict[tuple[str, ...], Beside] = {(): _NOTHING}
        self._verdicts: dict[tuple[int, tuple[str, ...], tuple[str, ...]], tuple[Keys, Reason | None]] = {}
        # Whom a spelling means where nothing stands beside it and the text has nothing to add.
        self._plain: list[RecordId | None] = [self._alone(i) for i in range(len(self.names.names))]

    def _alone(self, index: int) -> RecordId | None:
        name = self.names.names[index]
        possible = name.full or name.short
        return possible[0] if len(possible) == 1 else None

    def sight(self, texts: Sequence[str]) -> Text:
        """The names in texts that are read as one."""
        folded = fold(PARTING.join(texts))
        text = folded.text
        return Text(
            folded,
            [
                Sighting(start, end, index, before(text, start), after(text, end))
                for start, end, index in self.names.spans(text)
            ],
        )

    def sight_article(self, article: Article) -> Text:
        """The names in an article's title, which is only read for its evidence, and in its body."""
        texts = [article.title]
        texts += [paragraph.text for paragraph in article.paragraphs]
        folded, sightings, _ = self.sight(texts)
        return Text(folded, sightings, folded.text.find(PARTING) + 1)

    def here(self, article: Article) -> Here:
        """What is known of whom an article may name before it is read: its date, and what is settled."""
        settled = {
            fold(words).text: None if key == NO_RECORD else RecordId(key)
            for words, key in article.mentions.items()
            if key == NO_RECORD or key in self._dossier.records
        }
        return Here(settled, date=article.published)

    def survey(self, texts: Iterable[Text]) -> None:
        """Learns from all articles who is named beside whom, and by which words of their names people are called."""
        clean: Counter[int] = Counter()
        others: Counter[int] = Counter()
        short: Counter[RecordId] = Counter()
        men = set()
        names, alone = self.names.names, self._plain
        for number, text in enumerate(texts):
            sure: set[RecordId] = set()
            for sighting in text.sightings:
                _, _, index, before_it, after_it = sighting
                plain = alone[index]
                name = names[index]
                if plain is not None and not before_it and not after_it:
                    sure.add(plain)
                    if not name.full:
                        short[plain] += 1
                    continue
                beside = self._beside(before_it)
                if beside.courtesy in ("mr", "sir"):
                    men.add(index)
                if plain is not None:
                    if self._verdict(sighting)[0]:
                        sure.add(plain)
                        if not name.full:
                            short[plain] += 1
                elif not name.full and not name.short:
                    if beside.forenames or (
                        sighting.after
                        and self.vocabulary.sort(sighting.after[0]) not in ("ordinary", "title")
                    ):
                        others[index] += 1
                    else:
                        clean[index] += 1
            self.company.add(number, sure)
        self.men = frozenset(men)
        self.called = frozenset(
            (index, bearer)
            for index, times in clean.items()
            if len(self.names.names[index].part) == 1
            and times >= _CALLED
            and times >= _RARELY * others[index]
            for bearer in self.names.names[index].part
            if times > short[bearer]
            and self.names.spellings[index].casefold() not in self.vocabulary.ordinary
        )

    def decide(self, text: Text, here: Here, number: int = -1) -> Iterator[tuple[Sighting, Keys]]:
        """Whom each name in a text may mean, in order; those that mean nobody are left out."""
        names, plain = self.names.names, self._plain
        self._look_around(text, here)
        late = []
        found: list[tuple[Sighting, Keys]] = []
        quick = not here.settled
        present, strangers, head = here.present, here.strangers, text.head
        for sighting in text.sightings:
            start, _, index, words_before, words_after = sighting
            key = plain[index]
            if quick and key is not None and not words_before and not words_after and index not in strangers:
                if start >= head:
                    found.append((sighting, (key,)))
                else:
                    here.in_full |= {key}
                present.add(key)
                continue
            name = names[index]
            if not name.full and not name.short:
                late.append(sighting)
                continue
            left, _ = decide(self.case(text, sighting, here, number))
            if len(left) == 1:
                present.add(left[0])
                here.latest[index] = left[0]
                if start < head:
                    here.in_full |= {left[0]}
            if left and start >= head:
                found.append((self.widened(text, sighting, left), left))
        for sighting in late:
            left, _ = decide(self.case(text, sighting, here, number))
            if len(left) == 1 and sighting.start >= head:
                found.append((sighting, left))
        if late:
            found.sort(key=lambda f: f[0][:2])
        return iter(found)

    def explain(self, text: Text, here: Here, number: int) -> list[tuple[Sighting, Decision]]:
        """The same with all reasons, those that mean nobody among them."""
        self._look_around(text, here)
        found = []
        late = []
        for sighting in text.sightings:
            name = self.names.names[sighting.spelling]
            if not name.full and not name.short:
                late.append(sighting)
                continue
            decision = explain(self.case(text, sighting, here, number))
            if len(decision.left) == 1:
                here.present.add(decision.left[0])
                here.latest[sighting.spelling] = decision.left[0]
                if sighting.start < text.head:
                    here.in_full |= {decision.left[0]}
            found.append((sighting, decision))
        found.extend((sighting, explain(self.case(text, sighting, here, number))) for sighting in late)
        return sorted(((s, d) for s, d in found if s.start >= text.head), key=lambda f: f[0][:2])

    def case(self, text: Text, sighting: Sighting, here: Here, number: int) -> Case:
        """A name in a text as a case to decide."""
        start, end = sighting.start, sighting.end
        words = text.folded.text
        alone = words[start - 1 : start] in ("", PARTING) and words[end : end + 1] in ("", PARTING)
        return Case(
            sighting.spelling,
            words[start:end],
            self.names.names[sighting.spelling],
            self._beside(sighting.before),
            sighting.after,
            alone,
            here,
            self.people,
            self.vocabulary,
            lambda possible, present: self.company.closest(possible, present, number),
            self.called,
            self.men,
            self._dossier.settings.shared_names == "follow",
        )

    def _look_around(self, text: Text, here: Here) -> None:
        """Whom a text names in full, and which strangers it names."""
        strangers = set()
        in_full = set(here.in_full)
        names = self.names.names
        for sighting in text.sightings:
            name = names[sighting.spelling]
            if len(name.full) == 1:
                in_full.add(name.full[0])
            elif name.short and not name.full and (sighting.before or sighting.after):
                left, reason = self._verdict(sighting)
                if len(left) == 1 and reason in BESIDE and self._plain[sighting.spelling] is None:
                    here.told.setdefault(sighting.spelling, set()).update(left)
                if reason is forenames or reason is goes_on:
                    if left:
                        in_full.update(left)
                    elif self._is_known_stranger(sighting):
                        strangers.add(sighting.spelling)
        here.in_full = frozenset(in_full)
        here.strangers = frozenset(strangers)
        here.present |= in_full

    def _is_known_stranger(self, sighting: Sighting) -> bool:
        """Whether somebody else is named for sure: by initials, a forename of the dossier, or a given name."""
        said = self._beside(sighting.before).forenames
        return bool(sighting.after) or any(self.vocabulary.sort(w) != "name" for w in said)

    def _verdict(self, sighting: Sighting) -> tuple[Keys, Reason | None]:
        """What the words beside a name alone decide."""
        key = (sighting.spelling, sighting.before, sighting.after)
        found = self._verdicts.get(key)
        if found is None:
            name = self.names.names[sighting.spelling]
            case = Case(
                sighting.spelling,
                self.names.spellings[sighting.spelling],
                name,
                self._beside(sighting.before),
                sighting.after,
                False,
                Here(),
                self.people,
                self.vocabulary,
                lambda possible, present: (),
                frozenset(),
                frozenset(),
                True,
            )
            found = self._verdicts[key] = decide(case)
        return found

    def _beside(self, words: tuple[str, ...]) -> Beside:
        found = self._read.get(words)
        if found is None:
            found = self._read[words] = read_before(words, self.vocabulary)
        return found

    def widened(self, text: Text, sighting: Sighting, left: Keys) -> Sighting:
        """The name with forenames before it and a given name after it that are its bearer's."""
        if len(left) != 1 or left[0] not in self.people or self.names.names[sighting.spelling].full:
            return sighting
        person = self.people.get(left[0])
        assert person is not None
        said = self._beside(sighting.before).forenames
        known = person.beside(self.names.spellings[sighting.spelling])
        if said and not any(agree(said, forenames) for forenames, _ in known if forenames):
            said = ()
        start = sighting.start - sum(len(word) + 1 for word in said)
        if said and text.folded.text[sighting.start - 1] != " ":
            start += 1
        end = sighting.end
        if sighting.after:
            known = person.beside(self.names.spellings[sighting.spelling])
            _, number = max(
                (same_given(sighting.after, given) for _, given in known if given), default=(0.0, 0)
            )
            end += sum(len(word) + 1 for word in sighting.after[:number])
        return sighting._replace(start=start, end=end)


class Places:
    """Where in an article's body an offset of its joined paragraphs is."""

    def __init__(self, article: Article) -> None:
        self._paragraphs = article.paragraphs
        self._starts: list[int] = []
        start = len(article.title) + len(PARTING)
        for paragraph in article.paragraphs:
            self._starts.append(start)
            start += len(paragraph.text) + len(PARTING)

    def of(self, start: int, end: int) -> tuple[Paragraph, int, int]:
        """The paragraph of a span, and the span in its text."""
        at = bisect_right(self._starts, start) - 1
        begin = self._starts[at]
        return self._paragraphs[at], start - begin, end - begin

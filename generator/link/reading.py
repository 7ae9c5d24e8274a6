"""Reading texts for names, and deciding whom each of them means."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from generator.link.agreement import agree, same_given
from generator.link.beside import after, before
from generator.link.decision import Case, Decision, Here, Keys
from generator.link.folding import fold
from generator.link.names import Names
from generator.link.people import People
from generator.link.reasons import BESIDE, Reason, courtesy, decide, explain, forenames, goes_on
from generator.link.survey import Learnt, Observed, Text, learn, observe
from generator.link.usage import Beside, Sighting, Vocabulary, read_before
from generator.model.article import NO_RECORD, Article, Paragraph
from generator.model.dossier import Dossier
from generator.model.ids import RecordId

# Parts one paragraph from the next; no name holds it, and no text.
PARTING = "\0"
_NOTHING = Beside((), (), "")


class Reader:
    """All that is known of names before a text is read.

    Attributes:
        names: The index of all spellings.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self.names = Names.of(dossier)
        self.people = People(dossier)
        self.vocabulary = Vocabulary(
            self.people, [p.text for article in dossier.articles.values() for p in article.paragraphs]
        )
        self.learnt = Learnt()
        self._read: dict[tuple[str, ...], Beside] = {(): _NOTHING}
        self._verdicts: dict[tuple[int, tuple[str, ...], tuple[str, ...]], tuple[Keys, Reason | None]] = {}
        # Whom a spelling means where nothing stands beside it and the text has nothing to add.
        self._single: list[Keys] = [(key,) if key is not None else () for key in self.names.only]
        # Short forms that may be ordinary words, such as "Can".
        self._ordinary = frozenset(
            number
            for number, (name, words) in enumerate(zip(self.names.names, self.names.spellings, strict=True))
            if name.short and not name.full and words.casefold() in self.vocabulary.ordinary
        )
        for number in self._ordinary:
            self._single[number] = ()
        self._full = [name.full[0] if len(name.full) == 1 else None for name in self.names.names]

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

    def observe(self, text: Text) -> Observed:
        """What an article shows that all of them together teach something by."""
        return observe(text, self.names, self.vocabulary, self._beside, self._sure)

    def learn(self, observed: Iterable[Observed]) -> None:
        """Learns from what all articles show, in their order, what no single one does."""
        self.learnt = learn(observed, self.names, self.vocabulary)

    def survey(self, texts: Iterable[Text]) -> None:
        """Learns from all articles what only all of them together show."""
        self.learn(map(self.observe, texts))

    def decide(
        self, text: Text, here: Here, number: int = -1, told: list[tuple[Sighting, Decision]] | None = None
    ) -> list[tuple[Sighting, Keys]]:
        """Whom each name in a text may mean, in order; those that mean nobody are left out.

        Args:
            number: The place of the article among those that were surveyed, if it is one.
            told: Where it is given, it gets every decision with its reasons, in order.
        """
        names, single, head = self.names.names, self._single, text.head
        self._look_around(text, here)
        # Where all is settled by the words alone, and nobody asks for reasons, no case need be made.
        quick = told is None and not here.settled
        strangers, present = here.strangers, here.present
        late: list[Sighting] = []
        found: list[tuple[Sighting, Keys]] = []
        for sighting in text.sightings:
            start, _, spelling, words_before, words_after = sighting
            keys = single[spelling]
            if quick and keys and not words_before and not words_after and spelling not in strangers:
                present.add(keys[0])
            else:
                name = names[spelling]
                if name.is_part:
                    late.append(sighting)
                    continue
                keys = self._decided(text, sighting, here, number, told)
            if start < head:
                here.in_full = here.in_full.union(keys if len(keys) == 1 else ())
            elif keys:
                is_wide = len(keys) == 1 and bool(words_before or words_after)
                found.append((self.widened(text, sighting, keys) if is_wide else sighting, keys))
        # Words of names need to know whom the text names otherwise, and may be forenames in a mention by now.
        taken = (
            {place for wide in found if wide[0].before or wide[0].after for place in range(*wide[0][:2])}
            if late
            else set()
        )
        for sighting in late:
            if sighting.start in taken:
                continue
            keys = self._decided(text, sighting, here, number, told)
            if len(keys) == 1 and sighting.start >= head:
                wide = self.widened(text, sighting, keys)
                found.append((wide, keys))
                taken.update(range(wide.start, wide.end))
        if late:
            found.sort(key=_by_place)
        if told:
            told[:] = sorted((each for each in told if each[0].start >= head), key=_by_place)
        return found

    def _decided(
        self,
        text: Text,
        sighting: Sighting,
        here: Here,
        number: int,
        told: list[tuple[Sighting, Decision]] | None,
    ) -> Keys:
        case = self.case(text, sighting, here, number)
        left, reason = decide(case)
        if told is not None:
            told.append((sighting, explain(case)))
        if len(left) == 1 and not case.is_part:
            here.present.add(left[0])
            if reason is not courtesy:
                here.latest[sighting.spelling] = left[0]
        return left

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
            sighting.before,
            sighting.after,
            _begins(words, start, end),
            alone,
            here,
            self.people,
            self.vocabulary,
            lambda possible, present: self.learnt.company.closest(possible, present, number),
            self.learnt.called,
            self.learnt.men,
            self._dossier.settings.shared_names == "follow",
        )

    def _look_around(self, text: Text, here: Here) -> None:
        """Whom a text names in full, and which strangers it names."""
        strangers = set()
        spellings = [sighting.spelling for sighting in text.sightings]
        in_full = {key for spelling in spellings if (key := self._full[spelling]) is not None}
        in_full |= here.in_full
        otherwise: set[RecordId] = set()
        if not self._ordinary.isdisjoint(spellings):
            for start, end, spelling, *_ in text.sightings:
                if spelling in self._ordinary and not _begins(text.folded.text, start, end):
                    otherwise.update(self.names.names[spelling].short)
        for sighting in text.sightings:
            if not sighting.before and not sighting.after:
                continue
            name = self.names.names[sighting.spelling]
            if name.full or not name.short:
                continue
            left, reason = self._verdict(sighting)
            # Not by a courtesy: after "Mrs. Lima" the bare name may still be her husband's.
            if len(left) == 1 and reason in BESIDE:
                here.told.setdefault(sighting.spelling, set()).update(left)
            if reason is forenames or reason is goes_on:
                if left:
                    in_full.update(left)
                elif self._is_known_stranger(sighting):
                    strangers.add(sighting.spelling)
        here.in_full = frozenset(in_full)
        here.otherwise = here.in_full | otherwise
        here.strangers = frozenset(strangers)
        here.present |= in_full

    def _is_known_stranger(self, sighting: Sighting) -> bool:
        """Whether somebody else is named for sure: by initials, a forename of the dossier, or a given name."""
        said = self._beside(sighting.before).forenames
        return bool(sighting.after) or any(self.vocabulary.sort(w) != "name" for w in said)

    def _sure(self, sighting: Sighting) -> RecordId | None:
        """Whom a name surely means, by itself and the words beside it."""
        keys = self._single[sighting.spelling]
        return keys[0] if keys and self._verdict(sighting)[0] == keys else None

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
                sighting.before,
                sighting.after,
                False,
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


def _begins(text: str, start: int, end: int) -> bool:
    """Whether a place in a folded text begins a sentence, or stands among capitals."""
    before = text[:start].rstrip("“\"'‘(— ") if start < 40 else text[start - 40 : start].rstrip("“\"'‘(— ")
    return not before or before[-1] in ".!?:;\0…" or text[start:end].isupper()


def _by_place(found: tuple[Sighting, object]) -> tuple[int, int]:
    return found[0].start, found[0].end


class Places:
    """Where in an article's body an offset of its joined paragraphs is."""

    def __init__(self, article: Article) -> None:
        self._paragraphs = article.paragraphs
        texts = (len(paragraph.text) + len(PARTING) for paragraph in article.paragraphs)
        self._starts = list(accumulate(texts, initial=len(article.title) + len(PARTING)))

    def of(self, start: int, end: int) -> tuple[Paragraph, int, int]:
        """The paragraph of a span, and the span in its text."""
        at = bisect_right(self._starts, start) - 1
        begin = self._starts[at]
        return self._paragraphs[at], start - begin, end - begin

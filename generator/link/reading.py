"""Reading texts for names, and deciding whom each of them means."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.folding import fold, unbroken
from generator.link.agreement import agree, same_given
from generator.link.beside import After, after, begins, may_go_on
from generator.link.boundaries import Boundaries, Known, is_shouted
from generator.link.company import Company
from generator.link.decision import Case, Decision, Here, Keys
from generator.link.language import MONTHS, language_of
from generator.link.misspelt import Respelt, Slip, Slips, agreed
from generator.link.names import Name, Names, longest_of
from generator.link.parts import Parts
from generator.link.people import People, Sums, Words
from generator.link.places import PARTING
from generator.link.reasons import BESIDE, STRANGERS, Reason, courtesy, decide, explain, forenames, goes_on
from generator.link.survey import Learnt, Observed, Survey, Text, named_in, observe
from generator.link.usage import Beside, Sample, Sighting, Vocabulary, read_before
from generator.model.article import NO_RECORD, Article
from generator.model.dossier import Dossier
from generator.model.ids import ArticleId, RecordId

# What may follow a name of which the record says nothing of it.
_OWN = ("", ",jr")
_NOTHING = Beside((), (), "")
# Makes a sighting in half the time of its class, which would check the number of its values.
_sighting: Callable[[tuple[int, int, int, Words, Words, str]], Sighting] = partial(tuple.__new__, Sighting)


class Lexicon(NamedTuple):
    """All that is known of names by the records alone, as it is kept.

    Attributes:
        spellings: All spellings, in order.
        names: What each of them may mean.
        people: What the records of all people say together.
    """

    spellings: tuple[str, ...]
    names: tuple[Name, ...]
    people: Sums


class Reader:
    """All that is known of names before a text is read.

    Args:
        lexicon: What is known by the records, where it is known already.
        sample: The words of the dossier's texts that are no names, likewise.

    Attributes:
        names: The index of all spellings.
    """

    def __init__(
        self, dossier: Dossier, lexicon: Lexicon | None = None, sample: Sample | None = None
    ) -> None:
        self._dossier = dossier
        self.people = People(dossier, lexicon.people if lexicon else None)
        self.names = Names(lexicon.spellings, lexicon.names) if lexicon else Names.of(dossier)
        self.lexicon = lexicon or Lexicon(self.names.spellings, self.names.names, self.people.sums)
        self.sample = sample or Sample([p.text for a in dossier.articles.values() for p in a.paragraphs])
        self.vocabulary = Vocabulary(
            self.people,
            self.sample,
            (
                words.casefold()
                for words, name in zip(self.names.spellings, self.names.names, strict=True)
                if not name.is_part and " " not in words
            ),
        )
        self.learnt = Learnt()
        self._read: dict[tuple[str, ...], Beside] = {(): _NOTHING}
        self.known = Known(self.names.get, self.people.__contains__, self.vocabulary.sort)
        self._parts = Parts(self.people, self.vocabulary)
        self._slips = Slips(self.names, self.people, self.vocabulary)
        self._respelt: Respelt | None = None
        self._misspelt: frozenset[int] = frozenset()
        self._verdicts: dict[tuple[object, ...], tuple[Keys, Reason | None]] = {}
        # Short forms that may be ordinary words, such as "Can".
        self._ordinary = frozenset(
            number
            for number, (name, words) in enumerate(zip(self.names.names, self.names.spellings, strict=True))
            if name.short and not name.full and words.casefold() in self.vocabulary.ordinary
        )
        # Capitals that may be words in a headline, such as "WHO".
        self._shoutable = frozenset(
            number
            for number, (name, words) in enumerate(zip(self.names.names, self.names.spellings, strict=True))
            if words.isupper() and not name.is_part and words.casefold() in self.vocabulary.ordinary
        )
        # Names such as "May", which are whole words in dates too.
        self._months = frozenset(
            n for n, words in enumerate(self.names.spellings) if words.casefold() in MONTHS
        )
        # The number of whatever else is settled in an article.
        self._other = len(self.names.spellings)
        self.names = self.names.and_also({"": Name()})
        self._index()

    def _index(self) -> None:
        # Whom a spelling means where nothing stands beside it and the text has nothing to add.
        self._single: list[Keys] = [(key,) if key is not None else () for key in self.names.only]
        for number in (*self._ordinary, *self._misspelt):
            self._single[number] = ()

    def sight(self, texts: Sequence[str], language: str | None = None) -> Text:
        """The names in texts that are read as one.

        Args:
            language: Theirs, where it is given; else that of the dossier.
        """
        raw = PARTING.join(texts)
        folded = fold(raw)
        text = folded.text
        language = language_of(text, language, self._dossier.settings.language)
        boundaries = Boundaries(folded, raw, language, self.known)
        nothing: tuple[Words, str] = ((), "")
        spans = self.names.spans(text, boundaries.is_whole)
        if self._months:
            spans = [s for s in spans if s[2] not in self._months or boundaries.is_whole(*s[:2])]
        names, before, after = self.names.names, self._parts.before, self._parts.after
        return Text(
            folded,
            [
                # What most names stand before is neither a space nor a capital: the call is spared.
                _sighting(
                    (
                        start,
                        end,
                        index,
                        before(text, start, end, names[index], language),
                        *(after(text, end, names[index], language) if may_go_on(text, end) else nothing),
                    )
                )
                for start, end, index in spans
            ],
            boundaries,
            language,
        )

    def sight_article(self, article: Article) -> Text:
        """The names in an article's title, which is only read for its evidence, and in its body."""
        texts = [article.title]
        texts += [paragraph.text for paragraph in article.paragraphs]
        text = self.sight(texts, article.language)
        text = text._replace(head=text.folded.text.find(PARTING) + 1)
        return self._with_settled(text, article) if article.mentions else text

    def _with_settled(self, text: Text, article: Article) -> Text:
        """The same with the words that the article's `mentions` settle and that no record has as a name."""
        more = []
        for words, key in article.mentions.items():
            level = fold(words).text
            if key not in self._dossier.records or not level or (self.names.get(level) or Name()).possible:
                continue
            start = text.folded.text.find(level)
            while start >= 0:
                end = start + len(level)
                if text.boundaries.is_whole(start, end):
                    more.append(Sighting(start, end, self._other, (), ()))
                start = text.folded.text.find(level, end)
        if not more:
            return text
        # The longest counts, as elsewhere.
        spans = longest_of(sighting[:3] for sighting in (*text.sightings, *more))
        kept = {(start, end) for start, end, _ in spans}
        return text._replace(sightings=sorted(s for s in (*text.sightings, *more) if s[:2] in kept))

    def respelt(self, texts: Mapping[ArticleId, Text]) -> Mapping[ArticleId, Text]:
        """The texts of all articles, with the family names that they misspell among their names."""
        slips = frozenset(slip for text in texts.values() for slip in self.slips(text))
        if not slips:
            return texts
        names = {slip.name for slip in slips}
        self.respell(slips, {name for name in names if any(name in t.folded.text for t in texts.values())})
        return {key: self.with_misspelt(text) for key, text in texts.items()}

    def slips(self, text: Text) -> frozenset[Slip]:
        """The family names that an article misspells."""
        return self._slips.find(text.folded, text.sightings)

    def respell(self, slips: frozenset[Slip], named: Collection[str]) -> None:
        """Takes the names that all articles together misspell for names; `named` are those that some spell right."""
        is_named = {slip.name: slip.name in named for slip in slips}
        self._respelt = Respelt(agreed(slips, is_named), len(self.names.spellings))
        forms = len(self._respelt.forms)
        self.names = self.names.and_also(self._respelt.forms)
        self._misspelt = frozenset(range(len(self.names.spellings) - forms, len(self.names.spellings)))
        self._index()

    def with_misspelt(self, text: Text) -> Text:
        """An article with the names that it misspells among its names, once they are known."""
        if self._respelt is None:
            return text
        return text._replace(sightings=self._respelt.add(text, self._parts))

    def here(self, article: Article) -> Here:
        """What is known of whom an article may name before it is read: its date, and what is settled."""
        settled = {
            form: None if key == NO_RECORD else RecordId(key)
            for words, key in article.mentions.items()
            if key == NO_RECORD or key in self._dossier.records
            for form in (fold(words).text, unbroken(fold(words).text))
        }
        return Here(settled, date=article.published)

    def observe(self, text: Text) -> Observed:
        """What an article shows that all of them together teach something by."""
        return observe(text, self.names, self.vocabulary, self._beside, self._sure, self._told)

    def learn(self, survey: Survey, named: Mapping[RecordId, frozenset[ArticleId]]) -> None:
        """Learns from what all articles show together what no single one does.

        Args:
            named: In which articles each record is surely named.
        """
        self.learnt = survey.learn(self.names, self.vocabulary, Company(named))

    @property
    def taught(self) -> tuple[frozenset[tuple[int, RecordId]], frozenset[int], frozenset[int]]:
        """What was learnt of all articles, but whose company anybody keeps."""
        return self.learnt.called, self.learnt.men, self.learnt.strangers

    def survey(self, texts: Mapping[ArticleId, Text]) -> None:
        """Learns from all articles what only all of them together show."""
        observed = {key: self.observe(text) for key, text in texts.items()}
        self.learn(Survey(observed.values()), named_in(observed))

    def decide(
        self,
        text: Text,
        here: Here,
        article: ArticleId | None = None,
        told: list[tuple[Sighting, Decision]] | None = None,
    ) -> list[tuple[Sighting, Keys]]:
        """Whom each name in a text may mean, in order; those that mean nobody are left out.

        Args:
            article: The one whose text it is, if it is one's.
            told: Where it is given, it gets every decision with its reasons, in order.
        """
        parts, single, head = self.names.parts, self._single, text.head
        self._look_around(text, here)
        # Where all is settled by the words alone, and nobody asks for reasons, no case need be made.
        quick = told is None and not here.settled
        strangers, present = here.strangers | self.learnt.strangers, here.present
        late: list[Sighting] = []
        found: list[tuple[Sighting, Keys]] = []
        for sighting in text.sightings:
            start, _, spelling, words_before, words_after, suffix = sighting
            is_bare = not (words_before or words_after or suffix)
            keys = single[spelling]
            if (
                quick
                and keys
                and is_bare
                and spelling not in strangers
                and (spelling not in self._shoutable or not self._is_shouted(text, sighting))
            ):
                present.add(keys[0])
                if start >= head and (not found or found[-1][0].end <= start):
                    found.append((sighting, keys))
                    continue
            elif spelling in parts:
                late.append(sighting)
                continue
            else:
                keys = self._decided(text, sighting, here, article, told)
            if start < head:
                here.in_full = here.in_full.union(keys if len(keys) == 1 else ())
            elif keys:
                wide = sighting if is_bare else self.widened(text, sighting, keys)
                # What a mention takes in may be a short form itself (`Lula da Silva`).
                while found and found[-1][0].end > wide.start:
                    other = found.pop()[0]
                    wide = wide._replace(start=min(other.start, wide.start), end=max(other.end, wide.end))
                found.append((wide, keys))
        # Words of names need to know whom the text names otherwise, and may be forenames in a mention by now.
        taken = (
            {place for wide in found if any(wide[0][3:]) for place in range(*wide[0][:2])} if late else set()
        )
        for sighting in late:
            if sighting.start in taken:
                continue
            keys = self._decided(text, sighting, here, article, told)
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
        article: ArticleId | None,
        told: list[tuple[Sighting, Decision]] | None,
    ) -> Keys:
        case = self.case(text, sighting, here, article)
        left, reason = decide(case)
        if told is not None:
            told.append((sighting, explain(case)))
        if len(left) == 1 and not case.is_part:
            here.present.add(left[0])
            if reason is not courtesy:
                here.latest[sighting.spelling] = left[0]
        elif reason in STRANGERS and sighting.start >= text.head:
            here.passed[case.words] = case.name.possible
        return left

    def case(self, text: Text, sighting: Sighting, here: Here, article: ArticleId | None) -> Case:
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
            sighting.suffix,
            begins(words, start, end),
            alone,
            self._is_shouted(text, sighting),
            here,
            self.people,
            self.vocabulary,
            lambda possible, present: self.learnt.company.closest(possible, present, article),
            self.learnt.called,
            self.learnt.men,
            self.learnt.strangers,
            self._misspelt,
            self._dossier.settings.shared_names == "follow",
        )

    def _look_around(self, text: Text, here: Here) -> None:
        """Whom a text names in full, and which strangers it names."""
        strangers = set()
        said = text.sightings
        if any(sighting.spelling in self._shoutable for sighting in said):
            said = [sighting for sighting in said if not self._is_shouted(text, sighting)]
        spellings = {sighting.spelling for sighting in said if sighting.suffix in _OWN}
        in_full = {key for spelling in spellings if (key := self.names.in_full[spelling]) is not None}
        in_full |= here.in_full
        otherwise: set[RecordId] = set()
        if len(said) < len(text.sightings):
            otherwise = {key for spelling in spellings for key in self.names.names[spelling].short}
        if not self._ordinary.isdisjoint(spellings):
            for start, end, spelling, *_ in text.sightings:
                if spelling in self._ordinary and not begins(text.folded.text, start, end):
                    otherwise.update(self.names.names[spelling].short)
        for sighting in text.beside():
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

    def _is_shouted(self, text: Text, sighting: Sighting) -> bool:
        """Whether a name may be a word in a headline in capitals."""
        return sighting.spelling in self._shoutable and is_shouted(text.folded.text, *sighting[:2])

    def _is_known_stranger(self, sighting: Sighting) -> bool:
        """Whether somebody else is named for sure: by initials, a forename of the dossier, or a given name."""
        people = [p for key in self.names.names[sighting.spelling].possible if (p := self.people.get(key))]
        if sighting.after:
            spelling, word = self.names.spellings[sighting.spelling], sighting.after[0]
            known = "-" in word or self.vocabulary.sort(word) in ("forename", "initials")
            if known or any(after for person in people for _, after in person.beside(spelling)):
                return True
        return any(
            self.vocabulary.sort(word) != "name"
            and not any(word.casefold().strip(".") in person.forenames for person in people)
            for word in self._beside(sighting.before).forenames
        )

    def _sure(self, sighting: Sighting) -> RecordId | None:
        """Whom a name surely means, by itself and the words beside it."""
        keys = self._single[sighting.spelling]
        return keys[0] if keys and self._verdict(sighting)[0] == keys else None

    def _told(self, sighting: Sighting) -> Keys | None:
        """Whom the words beside a short form say that it means; none for a stranger, None where they do not say."""
        name = self.names.names[sighting.spelling]
        if name.full or not name.short:
            return None
        left, reason = self._verdict(sighting)
        if len(left) == 1 and reason in BESIDE:
            return left
        is_strange = not left and (reason is forenames or reason is goes_on)
        return () if is_strange and self._is_known_stranger(sighting) else None

    def _verdict(self, sighting: Sighting) -> tuple[Keys, Reason | None]:
        """What the words beside a name alone decide."""
        key = sighting[2:]
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
                sighting.suffix,
                False,
                False,
                False,
                Here(),
                self.people,
                self.vocabulary,
                lambda possible, present: (),
                frozenset(),
                frozenset(),
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
        """The name with forenames before it and a given name or suffix after it that are its bearer's.

        Of a name that may mean several, with forenames of any of them.
        """
        name, spelling = self.names.names[sighting.spelling], self.names.spellings[sighting.spelling]
        people = [person for key in left if (person := self.people.get(key))]
        if not people:
            return sighting
        start, end = sighting.start, sighting.end
        near = after(text.folded.text, end) if sighting.after or sighting.suffix else After()
        if not name.full:
            known = [beside for person in people for beside in person.beside(spelling)]
            said = self._beside(sighting.before).forenames
            if any(agree(said, forenames) for forenames, _ in known if forenames):
                start -= sum(len(word) + 1 for word in said) - (text.folded.text[start - 1] != " ")
            if sighting.after and len(left) == 1:
                given = [same_given(sighting.after, words) for _, words in known if words]
                _, number = max(given, default=(0.0, 0))
                end = near.ends[number - 1] if number else end
        is_next = end == (near.ends[-1] if near.ends else sighting.end)
        if is_next and sighting.suffix:
            end = near.end
        return sighting._replace(start=start, end=end)


def _by_place(found: tuple[Sighting, object]) -> tuple[int, int]:
    return found[0].start, found[0].end

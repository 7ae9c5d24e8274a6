"""Scanning texts for names, and deciding whom each of them means.

A text goes through three steps, of which the corpus has a say in the last:

1. `scan` finds the *candidates*: the places where a spelling of the index occurs, each with the words beside it that
   may belong to the name. `Mrs. Ana Lima, Jr.` is a candidate of the spelling `Lima` with `Mrs. Ana` before it and the
   suffix `,jr` after it, or one of `Ana Lima` if a record has that name.
2. `observe` takes from an article what counts for the statistics of the corpus, and `fit` makes a model of these.
3. `decide` gives the records that each candidate may mean. Words that are only a part of a name, such as a forename,
   come last: they mean somebody only if the text names that person by more.

Most candidates have nothing beside them and one meaning. For these no `Case` is made, which keeps linking fast.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.folding import fold, unbroken
from generator.link.agreement import agree, same_given
from generator.link.beside import After, after, is_weak_capital, may_go_on
from generator.link.boundaries import Boundaries, NameLookup, is_shouted
from generator.link.company import Company
from generator.link.corpus import CorpusModel, CorpusStatistics, Observations, ScannedText
from generator.link.decision import Case, Decision, TextContext
from generator.link.language import MONTHS, language_of
from generator.link.misspelt import Misspelling, MisspellingFinder, MisspeltNames
from generator.link.names import Keys, NameMeaning, Names, longest_of, replacing
from generator.link.parts import Parts
from generator.link.people import KnownPerson, People, PeopleIndex, Words
from generator.link.places import PARTING
from generator.link.reasons import BESIDE, STRANGERS, Reason, courtesy, decide, explain, forenames, goes_on
from generator.link.usage import Beside, Candidate, Sample, Vocabulary, read_before
from generator.model.actors import Person
from generator.model.article import NO_RECORD, Article
from generator.model.dossier import Dossier
from generator.model.ids import ArticleId, RecordId
from generator.model.record import Record

# Suffixes that may follow a name although its record gives none.
_OWN = ("", ",jr")
_MENS = ("mr", "sir")
_NOTHING = Beside((), (), "")
# Creates a candidate in half the time of its class, which would check the number of its values.
_candidate: Callable[[tuple[int, int, int, Words, Words, str]], Candidate] = partial(tuple.__new__, Candidate)


class Lexicon(NamedTuple):
    """The names, as far as they follow from the records alone.

    Attributes:
        names: What each spelling may mean, in order.
        people: The index of all people.
    """

    names: dict[str, NameMeaning]
    people: PeopleIndex

    def replacing(self, old: Iterable[Record], new: Iterable[Record]) -> "Lexicon":
        """The lexicon with some records in place of others."""
        old, new = list(old), list(new)
        people = [
            [KnownPerson(record) for record in records if isinstance(record, Person)]
            for records in (old, new)
        ]
        return Lexicon(replacing(self.names, old, new), self.people.replacing(*people))


class Reader:
    """Scans and decides texts by the names of a dossier and the model of its corpus.

    Args:
        sample: The words that the dossier's texts write small.

    Attributes:
        names: The index of all spellings.
        model: The model of the corpus; empty until `fit` is called.
        company: The records that are named in the same articles; likewise.
    """

    def __init__(self, dossier: Dossier, lexicon: Lexicon, sample: Sample) -> None:
        self._dossier = dossier
        self.people = People(dossier)
        self.names = Names(lexicon.names)
        listed = (
            words.casefold() for words, name in lexicon.names.items() if not name.is_part and " " not in words
        )
        self.vocabulary = Vocabulary(lexicon.people, sample, listed)
        self.model = CorpusModel()
        self.company = Company()
        self._read: dict[tuple[str, ...], Beside] = {(): _NOTHING}
        self.lookup = NameLookup(self.names.get, self.people.__contains__, self.vocabulary.classify)
        self._parts = Parts(self.people, self.vocabulary)
        self._misspelling_finder = MisspellingFinder(self.names, self.people, lexicon.people, self.vocabulary)
        self._misspelt_names: MisspeltNames | None = None
        self._misspelt: frozenset[int] = frozenset()
        self._strangers: frozenset[int] = frozenset()
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
        # The spelling of all words that an article settles and that are no name.
        self._other = len(self.names.spellings)
        self.names = self.names.extended({"": NameMeaning()})
        self._index()

    def _index(self) -> None:
        # The record that a spelling means with no words beside it, unless the text shows otherwise.
        self._single: list[Keys] = [(key,) if key is not None else () for key in self.names.only]
        for number in (*self._ordinary, *self._misspelt):
            self._single[number] = ()

    def scan(self, texts: Sequence[str], language: str | None = None) -> ScannedText:
        """The candidates in some texts that are read as one.

        Args:
            language: The language of the texts, if it is given; else it is guessed.
        """
        raw = PARTING.join(texts)
        folded = fold(raw)
        text = folded.text
        language = language_of(text, language, self._dossier.settings.language)
        boundaries = Boundaries(folded, raw, language, self.lookup)
        nothing: tuple[Words, str] = ((), "")
        spans = self.names.spans(text, boundaries.is_whole)
        if self._months:
            spans = [s for s in spans if s[2] not in self._months or boundaries.is_whole(*s[:2])]
        names, before, after = self.names.names, self._parts.before, self._parts.after
        return ScannedText(
            folded,
            [
                # Most names are followed by neither a space nor a capital, which spares the call.
                _candidate(
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

    def scan_article(self, article: Article) -> ScannedText:
        """The candidates in an article's title, which only count as evidence, and in its body."""
        texts = [article.title]
        texts += [paragraph.text for paragraph in article.paragraphs]
        text = self.scan(texts, article.language)
        text = text._replace(head=text.folded.text.find(PARTING) + 1)
        return self._with_settled(text, article) if article.mentions else text

    def _with_settled(self, text: ScannedText, article: Article) -> ScannedText:
        """The text with candidates for the words that the article's `mentions` settle and that are no names."""
        more = []
        for words, key in article.mentions.items():
            level = fold(words).text
            if (
                key not in self._dossier.records
                or not level
                or (self.names.get(level) or NameMeaning()).possible
            ):
                continue
            start = text.folded.text.find(level)
            while start >= 0:
                end = start + len(level)
                if text.boundaries.is_whole(start, end):
                    more.append(Candidate(start, end, self._other, (), ()))
                start = text.folded.text.find(level, end)
        if not more:
            return text
        # Of overlapping names the longest counts, as elsewhere.
        spans = longest_of(candidate[:3] for candidate in (*text.candidates, *more))
        kept = {(start, end) for start, end, _ in spans}
        return text._replace(candidates=sorted(s for s in (*text.candidates, *more) if s[:2] in kept))

    def misspellings(self, text: ScannedText) -> frozenset[Misspelling]:
        """The family names that an article misspells."""
        return self._misspelling_finder.find(text.folded, text.candidates)

    def add_misspelt(self, meant: Mapping[str, RecordId]) -> None:
        """Adds misspelt names to the names, each with the person whose name it is."""
        self._misspelt_names = MisspeltNames(meant, len(self.names.spellings))
        forms = len(self._misspelt_names.forms)
        self.names = self.names.extended(self._misspelt_names.forms)
        self._misspelt = frozenset(range(len(self.names.spellings) - forms, len(self.names.spellings)))
        self._index()

    def with_misspelt(self, text: ScannedText) -> ScannedText:
        """The text with candidates for the misspelt names, if there are any."""
        if self._misspelt_names is None:
            return text
        return text._replace(candidates=self._misspelt_names.add(text, self._parts))

    def context(self, article: Article) -> TextContext:
        """The context of an article before it is decided: its date, and what its `mentions` settle."""
        settled = {
            form: None if key == NO_RECORD else RecordId(key)
            for words, key in article.mentions.items()
            if key == NO_RECORD or key in self._dossier.records
            for form in (fold(words).text, unbroken(fold(words).text))
        }
        return TextContext(settled=settled, date=article.published)

    def observe(self, text: ScannedText) -> Observations:
        """What an article shows for the statistics of the corpus."""
        names = self.names
        parts, only, in_full, spelled = names.parts, names.only, names.in_full, names.spellings
        known = {in_full[candidate[2]] for candidate in text.candidates if candidate[5] in ("", ",jr")}
        others: list[str] = []
        men: set[str] = set()
        strangers: set[str] = set()
        bare = [candidate[2] for candidate in text.candidates if not any(candidate[3:])]
        named = {only[spelling] for spelling in bare}
        lone = [spelled[spelling] for spelling in bare if spelling in parts]
        short = [key for spelling in bare if in_full[spelling] is None and (key := only[spelling])]
        for candidate in text.beside() if len(bare) < len(text.candidates) else ():
            words = spelled[candidate.spelling]
            keys = self._meant_beside(candidate)
            if keys is not None:
                known.update(keys)
                strangers.update(() if keys else (words,))
            beside = self._beside(candidate.before)
            if beside.courtesy in _MENS:
                men.add(words)
            if candidate.spelling in parts:
                if beside.forenames or (candidate.after and not self.vocabulary.is_plain(candidate.after[0])):
                    others.append(words)
                else:
                    lone.append(words)
            elif key := self._sure(candidate):
                named.add(key)
                if not names.names[candidate.spelling].full:
                    short.append(key)
        return Observations(
            lone=tuple(lone),
            short=tuple(short),
            others=tuple(others),
            men=tuple(sorted(men)),
            known=tuple(sorted(key for key in known if key)),
            strangers=tuple(sorted(strangers)),
            named=tuple(sorted(key for key in named if key)),
        )

    def fit(self, statistics: CorpusStatistics, named: Mapping[RecordId, frozenset[ArticleId]]) -> None:
        """Fits the model to the statistics of the corpus.

        Args:
            named: The articles in which each record is surely named.
        """
        self.model = statistics.fit(self.names, self.vocabulary)
        self.company = Company(named)
        strangers = self.model.strangers
        self._strangers = frozenset(n for n, words in enumerate(self.names.spellings) if words in strangers)

    def decide(
        self,
        text: ScannedText,
        context: TextContext,
        article: ArticleId | None = None,
        trace: list[tuple[Candidate, Decision]] | None = None,
    ) -> list[tuple[Candidate, Keys]]:
        """The candidates of a text that may mean records, in order, each with these; widened to the whole name.

        Args:
            article: The article, if it is the text of one; its own names do not count as company.
            trace: A list to which every decision is added with its reasons, in order.
        """
        parts, single, head = self.names.parts, self._single, text.head
        self._note_context(text, context)
        # Without settled words and without a trace, most candidates need no case.
        quick = trace is None and not context.settled
        strangers, present = context.strangers | self._strangers, context.present
        late: list[Candidate] = []
        found: list[tuple[Candidate, Keys]] = []
        for candidate in text.candidates:
            start, _, spelling, words_before, words_after, suffix = candidate
            is_bare = not (words_before or words_after or suffix)
            keys = single[spelling]
            if (
                quick
                and keys
                and is_bare
                and spelling not in strangers
                and (spelling not in self._shoutable or not self._is_shouted(text, candidate))
            ):
                present.add(keys[0])
                if start >= head and (not found or found[-1][0].end <= start):
                    found.append((candidate, keys))
                    continue
            elif spelling in parts:
                late.append(candidate)
                continue
            else:
                keys = self._decided(text, candidate, context, article, trace)
            if start < head:
                context.in_full = context.in_full.union(keys if len(keys) == 1 else ())
            elif keys:
                wide = candidate if is_bare else self.widened(text, candidate, keys)
                # A widened mention may take in another candidate (`Lula da Silva`).
                while found and found[-1][0].end > wide.start:
                    other = found.pop()[0]
                    wide = wide._replace(start=min(other.start, wide.start), end=max(other.end, wide.end))
                found.append((wide, keys))
        # Parts of names are decided once it is known whom the text names by more. Some are in a mention by now.
        taken = (
            {place for wide in found if any(wide[0][3:]) for place in range(*wide[0][:2])} if late else set()
        )
        for candidate in late:
            if candidate.start in taken:
                continue
            keys = self._decided(text, candidate, context, article, trace)
            if len(keys) == 1 and candidate.start >= head:
                wide = self.widened(text, candidate, keys)
                found.append((wide, keys))
                taken.update(range(wide.start, wide.end))
        if late:
            found.sort(key=_by_place)
        if trace:
            trace[:] = sorted((each for each in trace if each[0].start >= head), key=_by_place)
        return found

    def _decided(
        self,
        text: ScannedText,
        candidate: Candidate,
        context: TextContext,
        article: ArticleId | None,
        trace: list[tuple[Candidate, Decision]] | None,
    ) -> Keys:
        case = self.case(text, candidate, context, article)
        left, reason = decide(case)
        if trace is not None:
            trace.append((candidate, explain(case)))
        if len(left) == 1 and not case.is_part:
            context.present.add(left[0])
            if reason is not courtesy:
                context.latest[candidate.spelling] = left[0]
        elif reason in STRANGERS and candidate.start >= text.head:
            context.left_to_strangers[case.words] = case.name.possible
        return left

    def case(
        self, text: ScannedText, candidate: Candidate, context: TextContext, article: ArticleId | None
    ) -> Case:
        """A name in a text as a case to decide."""
        start, end = candidate.start, candidate.end
        words = text.folded.text
        is_paragraph = words[start - 1 : start] in ("", PARTING) and words[end : end + 1] in ("", PARTING)
        return Case(
            index=candidate.spelling,
            words=words[start:end],
            name=self.names.names[candidate.spelling],
            beside=self._beside(candidate.before),
            before=candidate.before,
            after=candidate.after,
            suffix=candidate.suffix,
            is_weak_capital=is_weak_capital(words, start, end),
            is_paragraph=is_paragraph,
            is_shouted=self._is_shouted(text, candidate),
            context=context,
            people=self.people,
            vocabulary=self.vocabulary,
            model=self.model,
            company=self.company,
            misspelt=self._misspelt,
            follow=self._dossier.settings.shared_names == "follow",
            article=article,
        )

    def _note_context(self, text: ScannedText, context: TextContext) -> None:
        """Notes in the context whom a text names in full, and which strangers it names."""
        strangers = set()
        certain = text.candidates
        if any(candidate.spelling in self._shoutable for candidate in certain):
            certain = [candidate for candidate in certain if not self._is_shouted(text, candidate)]
        spellings = {candidate.spelling for candidate in certain if candidate.suffix in _OWN}
        in_full = {key for spelling in spellings if (key := self.names.in_full[spelling]) is not None}
        in_full |= context.in_full
        named_otherwise: set[RecordId] = set()
        if len(certain) < len(text.candidates):
            named_otherwise = {key for spelling in spellings for key in self.names.names[spelling].short}
        if not self._ordinary.isdisjoint(spellings):
            for start, end, spelling, *_ in text.candidates:
                if spelling in self._ordinary and not is_weak_capital(text.folded.text, start, end):
                    named_otherwise.update(self.names.names[spelling].short)
        for candidate in text.beside():
            name = self.names.names[candidate.spelling]
            if name.full or not name.short:
                continue
            left, reason = self._verdict(candidate)
            # Not by a courtesy: after "Mrs. Lima" the bare name may still be her husband's.
            if len(left) == 1 and reason in BESIDE:
                context.meant_beside.setdefault(candidate.spelling, set()).update(left)
            if reason is forenames or reason is goes_on:
                if left:
                    in_full.update(left)
                elif self._is_known_stranger(candidate):
                    strangers.add(candidate.spelling)
        context.in_full = frozenset(in_full)
        context.named_otherwise = context.in_full | named_otherwise
        context.strangers = frozenset(strangers)
        context.present |= in_full

    def _is_shouted(self, text: ScannedText, candidate: Candidate) -> bool:
        """Whether a name may be a word in a headline in capitals."""
        return candidate.spelling in self._shoutable and is_shouted(text.folded.text, *candidate[:2])

    def _is_known_stranger(self, candidate: Candidate) -> bool:
        """Whether a candidate surely names somebody else: by initials, a known forename, or a given name."""
        people = [p for key in self.names.names[candidate.spelling].possible if (p := self.people.get(key))]
        if candidate.after:
            spelling, word = self.names.spellings[candidate.spelling], candidate.after[0]
            known = "-" in word or self.vocabulary.classify(word) in ("forename", "initials")
            if known or any(after for person in people for _, after in person.beside(spelling)):
                return True
        return any(
            self.vocabulary.classify(word) != "name"
            and not any(word.casefold().strip(".") in person.forenames for person in people)
            for word in self._beside(candidate.before).forenames
        )

    def _sure(self, candidate: Candidate) -> RecordId | None:
        """The record that a candidate means by its own words and those beside it, if that is sure."""
        keys = self._single[candidate.spelling]
        return keys[0] if keys and self._verdict(candidate)[0] == keys else None

    def _meant_beside(self, candidate: Candidate) -> Keys | None:
        """The record that a short form means by the words beside it; none for a stranger, None if they decide nothing."""
        name = self.names.names[candidate.spelling]
        if name.full or not name.short:
            return None
        left, reason = self._verdict(candidate)
        if len(left) == 1 and reason in BESIDE:
            return left
        is_stranger = not left and (reason is forenames or reason is goes_on)
        return () if is_stranger and self._is_known_stranger(candidate) else None

    def _verdict(self, candidate: Candidate) -> tuple[Keys, Reason | None]:
        """The decision that a candidate's own words and those beside it allow, whatever the text is."""
        key = candidate[2:]
        found = self._verdicts.get(key)
        if found is None:
            name = self.names.names[candidate.spelling]
            case = Case(
                index=candidate.spelling,
                words=self.names.spellings[candidate.spelling],
                name=name,
                beside=self._beside(candidate.before),
                before=candidate.before,
                after=candidate.after,
                suffix=candidate.suffix,
                context=TextContext(),
                people=self.people,
                vocabulary=self.vocabulary,
                model=CorpusModel(),
            )
            found = self._verdicts[key] = decide(case)
        return found

    def _beside(self, words: tuple[str, ...]) -> Beside:
        found = self._read.get(words)
        if found is None:
            found = self._read[words] = read_before(words, self.vocabulary)
        return found

    def widened(self, text: ScannedText, candidate: Candidate, left: Keys) -> Candidate:
        """A candidate widened to the bearer's forenames before it, and given name or suffix after it.

        If it may mean several records, the forenames may be those of any.
        """
        name, spelling = self.names.names[candidate.spelling], self.names.spellings[candidate.spelling]
        people = [person for key in left if (person := self.people.get(key))]
        if not people:
            return candidate
        start, end = candidate.start, candidate.end
        near = after(text.folded.text, end) if candidate.after or candidate.suffix else After()
        if not name.full:
            known = [beside for person in people for beside in person.beside(spelling)]
            written = self._beside(candidate.before).forenames
            if any(agree(written, forenames) for forenames, _ in known if forenames):
                start -= sum(len(word) + 1 for word in written) - (text.folded.text[start - 1] != " ")
            if candidate.after and len(left) == 1:
                given = [same_given(candidate.after, words) for _, words in known if words]
                _, number = max(given, default=(0.0, 0))
                end = near.ends[number - 1] if number else end
        is_next = end == (near.ends[-1] if near.ends else candidate.end)
        if is_next and candidate.suffix:
            end = near.end
        return candidate._replace(start=start, end=end)


def _by_place(found: tuple[Candidate, object]) -> tuple[int, int]:
    return found[0].start, found[0].end

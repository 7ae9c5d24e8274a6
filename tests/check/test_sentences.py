"""Sentences end where a reader would say so; where that is not certain, they go on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.sentences import uncited


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("One. [@a#p1] Two. [@a#p2]", ()),
        ("One [@a#p1]. Two [@a#p2].", ()),
        ("One.[@a#p1] Two? [@a#p1; @b#p2] [@c#p3]", ()),
        ("One. Two. [@a#p1]", ("One.",)),
        ("One! Two? [@a#p1] Three", ("One!", "Three")),
        ("A.\n\nB. [@a#p1]", ("A.",)),
        ("He said “No.” Then he left. [@a#p1]", ("He said “No.”",)),
        ("“Help!” he said. [@a#p1]", ()),
        ("In the U.S. Senate Mr. N. Eck of St. Selm paid 1.5 million. [@a#p1]", ()),
        ("He took No. 5, pp. 3 and 4, on Sept. 9. [@a#p1]", ()),
        ("She said no. He left. [@a#p1]", ("She said no.",)),
        ("In the U.S. [@a#p1] He left.", ("He left.",)),
        ("[[ana]] left. [@a#p1] [[bo|Mr. Bo. And so on]] did.", ("[[bo|Mr. Bo. And so on]] did.",)),
        ("See [U.S. Then](https://a.example/b.C). [@a#p1]", ()),
        ("Մեկ։ Երկու։ [@a#p1]", ("Մեկ։",)),
        ("一。二。[@a#p1]", ("一。",)),
        ("[@a#p1]", ()),
        ("…", ()),
    ],
)
def test_sentences_without_a_citation(prose: str, expected: tuple[str, ...]) -> None:
    assert uncited(prose, "en") == expected


# One sentence each, whatever language the dossier is in.
@pytest.mark.parametrize("language", ["en", "de", "ru", "hy"])
@pytest.mark.parametrize(
    "sentence",
    [
        "On Jan. 5 Gen. A. Der Sarkissian of the U.S. Air Force met Sen. J. F. Kane vs. Acme Inc. Motors.",
        "He paid approx. Rs. 5.5 to Messrs. Ash and Oak at 9 a.m. Moscow time.",
        "Am 3. Mai 1920 kam Dr. med. Huber z. B. nach Bern.",
        "Am 1. September und am 2. Okt. war Prof. Dr. Klein in Bad Ems a. d. Lahn, d. h. nicht in St. Gallen.",
        "Die Stadt zahlte 5 Mio. Euro, u. a. Steuern, s. Abs. 3 und S. 12 sowie Nr. 4.",
        "Dipl.-Ing. Huber und Ph. Rey zahlten 5 Mio. €, ca. 3 Tsd. Euro, s. Art. 5 Abs. 2 S. 1 und Bd. II. S. 3.",
        "Caesar starb 44 v. Chr. Rom trauerte.",
        "M. Le Drian a reçu Mme. Rey et Mgr. Aubry, p. ex. Place St. Jean, cf. art. 5 du traité.",
        "Il naquit en 44 av. J.-C. Rome brûlait.",
        "Ana Lima met U.S. First Lady Bo Ruiz, of 5 Oak Ave. West.",
        "El Sr. Gómez y la Dra. Ruiz viajaron a EE. UU. México no respondió.",
        "Il Sig. Rossi e l'On. Bianchi, ecc. Roma tace.",
        "Dn. 3 maja prof. Nowak z ul. Długiej mieszkał m.in. W. Kowalski, tj. Adam, przy al. Róż, nr. 5.",
        "В 1920 г. он приехал в г. Москву, ул. Ленина.",
        "Акад. И. В. Петров и др. Москва, т. е. Кремль, см. Указ от 5 янв. 1920 гг. и т. д. Россия.",
        "Дж. Смит и Вл. Иванов, в т.ч. Россия, приехали в «Известия». — Так пишут.",
        "Он заплатил 5 млн. Евро, т. н. Залог, по ст. Десятой.",
        "У 1991 р. Київ, вул. Хрещатик, напр. Майдан, ім. Шевченка та ін. Одеса.",
        "Նա ասաց. «Մենք սպասում ենք»։",
        "1920 թ. Երևան եկավ պրն. Հ. Աբրահամյանը։",
        "“Is it over?” Ana asked.",
        "«Где?» Путин промолчал.",
        "He said: “We wait. Nobody came. It is cold.”",
        "Sie sagte: „Wir warten. Niemand kam.“",
        "Он сказал: «Мы ждём. Никто не пришёл».",
        'He wrote: "We wait. Then we go." and left.',
        "他说：“我们等。没有人来。”会议结束了。",
        "「待つ。」と彼は言った。",
        "They wrote that the alliance … Armenia had not answered.",
        "They wrote that the alliance […] Armenia had not answered.",
        "1. Ana left.",
        "b. The summit ended.",
        "II. Ana left.",
        "It is at https://a.example/B.C?d=E. and at a.example.",
        "The Yahoo! site and the what?! of it.",
        "Wm. Ash of Ft. Worth, 5 ft. Tall, a.k.a. Bo, left Washington, D.C. West of it, at 3 p.m. Sunday.",
        "He has 3.5 p. 100 of it.",
        "C’était M. L’Hermite.",
        "Elizabeth R. Lake left.",
        "Der 2. Weltkrieg und die 3. Armee waren für die Stadt nicht das Ende.",
    ],
)
def test_one_sentence(sentence: str, language: str) -> None:
    assert uncited(f"{sentence} [@a#p1]", language) == ()


# The first of two sentences is found.
@pytest.mark.parametrize("language", ["en", "de", "ru", "hy"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("They met in the U.S.", "The treaty was signed."),
        ("They met at 9 a.m.", "In the evening they left."),
        ("It was made by Acme Inc.", "This was new."),
        ("He left in Sept.", "She stayed."),
        ("So did I.", "Nobody else did."),
        ("It was Plan B.", "It failed."),
        ("There were guns, etc.", "No one was hurt."),
        ("It cost $5,500.", "Armenia paid."),
        ("The attack of 1920.", "Armenia answered."),
        ("It was the time of Henry VIII.", "The king died."),
        ("He is a Ph.D.", "He teaches."),
        ("They live in Selm, CA.", "Ana does not."),
        ("Is it over?!", "Ana asked."),
        ("He said “No!”", "Then he left."),
        ("He said “No.”", "Ana left."),
        ("They waited…", "Nobody came."),
        ("(They left.)", "Ana stayed."),
        ("He reads «Известия».", "Ana does not."),
        ("They left (with guns, etc.).", "The rest stayed."),
        ("Россия ответила США.", "В Москве молчат."),
        ("Er kam 1920.", "Huber ging."),
        ("Er wurde 5.", "Das war alles."),
        ("Das geschah 44 v. Chr.", "Die Stadt brannte."),
        ("Es gab Brot usw.", "Dann kam er."),
        ("Er wohnt in der Hauptstr.", "Sie nicht."),
        ("Das gilt, z. B. in Bern.", "Er kam an."),
        ("C'était en 44 av. J.-C.", "L’empire tomba."),
        ("Il vendit du pain, etc.", "Aujourd’hui il dort."),
        ("Vive en EE. UU.", "El tratado no vale."),
        ("¿Qué pasó?", "¡Nada!"),
        ("Comprò pane, ecc.", "Poi tornò."),
        ("Kupił chleb itd.", "Potem wrócił."),
        ("Это было в 1920 г.", "Он приехал."),
        ("Там были дома и т. д.", "Потом все ушли."),
        ("Пришёл Иванов и др.", "Они молчали."),
        ("Дом стоит 5 млн. руб.", "Но его купили."),
        ("Це було в 1991 р.", "Він приїхав."),
        ("Նա եկավ 1920 թ.։", "Հետո գնաց։"),
        ("Նա եկավ 1920 թ.", "Հետո գնաց."),
        ("Նա եկավ։", "Նրանք գնացին։"),
        ("Նա եկավ:", "Նրանք գնացին:"),
        ("ის წავიდა.", "ანა დარჩა."),
        ("हम गए।", "वे रुके।"),
        ("ذهب.", "بقيت."),
        ("그는 떠났다.", "아나는 남았다."),
        ("他走了。", "她留下了。"),
        ("«Мы ждём. Никто не пришёл».", "Он ушёл."),
        ("„Wir warten. Niemand kam.“", "Dann ging er."),
        ("See https://a.example/b.", "Ana left."),
        ("See www.a.example.", "Ana left."),
        ("It went at 50 km/h.", "Ana left."),
        ("Er kam am 16.9.", "Dann ging er."),
    ],
)
def test_two_sentences(first: str, second: str, language: str) -> None:
    assert uncited(f"{first} {second} [@a#p1]", language) == (first,)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", ()), ("pl", ()), ("de-AT", ()), ("en", ("Lima had 12.",)), ("fr", ("Lima had 12.",))],
)
def test_a_number_is_an_ordinal_where_the_language_writes_it_so(
    language: str, expected: tuple[str, ...]
) -> None:
    assert uncited("Lima had 12. Huber left. [@a#p1]", language) == expected


def test_language_is_guessed_by_small_words() -> None:
    german = "Er nahm an der Konferenz teil und war für die Abgabe an die 2. Armee."
    english = "He was at the conference, and for the attack of the army they sent 2. Ana left."
    assert uncited(f"{german} [@a#p1]\n\n{english} [@a#p1]", "en") == (
        "He was at the conference, and for the attack of the army they sent 2.",
    )


@given(st.text(), st.sampled_from(["en", "de", "hy", "", "x-none"]))
def test_any_text_is_sentences_of_its_own_words(text: str, language: str) -> None:
    for sentence in uncited(text, language):
        assert sentence
        assert sentence in text

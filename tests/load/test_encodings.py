"""What is not UTF-8 is told with the encoding that it is likely in."""

import pytest

from generator.load.encodings import is_mostly_utf8, likely_encoding

# One text a language, each invented: a ferry, a council, what somebody said of it.
_SPANISH = "Ana Díaz pidió ayuda al consejo. «Mañana no habrá barco», dijo la señora."
_FRENCH = "La mairie a fermé l’école à Selm. « C’est très décevant », a déclaré l’élue après la réunion."
_GERMAN = "Der Bürgermeister ließ die Fähre schließen. „Das ist unmöglich“, sagte er für alle Gäste."
_POLISH = "Rada zamknęła prom. „Nie było innego wyjścia”, powiedziała łódzka radna i wyszła późno w nocy."
_CZECH = "Rada zavřela přívoz. Žádná loď už nepřijede, řekl starosta městečka během večeře."
_RUSSIAN = "Совет закрыл паром. «Другого выхода не было», сказала депутат и вышла."
_UKRAINIAN = "Рада закрила пором. «Іншого виходу не було», сказала депутатка і вийшла з її кабінету."
_GREEK = "Το συμβούλιο έκλεισε το πορθμείο. Δεν υπήρχε άλλη λύση, είπε η δήμαρχος."
_TURKISH = "Meclis feribotu kapattı. Başka çıkış yolu yoktu, dedi başkan ve dışarı çıktı, güneş batıyordu."
_HEBREW = "המועצה סגרה את המעבורת. לא הייתה ברירה אחרת, אמרה ראש העיר."
_ARABIC = "أغلق المجلس العبارة. لم يكن هناك حل آخر، قالت رئيسة البلدية."
_LITHUANIAN = "Taryba uždarė keltą. Kitos išeities nebuvo, pasakė merė ir išėjo į gatvę, žmonės tylėjo."
_JAPANESE = "町の議会は渡し船をとめた。ほかに道はなかったと町長は話していた。"
_KOREAN = "의회는 나룻배를 멈추었다. 다른 길은 없었다고 시장이 말하고 나갔다. 사람들은 기다리고 있었다."
_CHINESE = "市议会停了渡船。市长说没有其他的办法，这是大家都不想看到的。我们会在明年再来。"
_TAIWANESE = "市議會停了渡船。市長說沒有其他的辦法，這是大家都不想看到的。我們會在明年再來。"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (_SPANISH, "cp1252", "Windows-1252 or Latin-1"),
        ("Cara Díaz", "latin-1", "Windows-1252 or Latin-1"),
        ("She said “no” and left.", "cp1252", "Windows-1252 or Latin-1"),
        (_FRENCH, "cp1252", "Windows-1252 or Latin-1"),
        (_GERMAN, "cp1252", "Windows-1252 or Latin-1"),
        (_GERMAN, "mac-roman", "Mac Roman"),
        (_FRENCH, "mac-roman", "Mac Roman"),
        (_POLISH, "cp1250", "Windows-1250"),
        (_CZECH, "cp1250", "Windows-1250"),
        (_CZECH, "iso8859-2", "Latin-2"),
        (_RUSSIAN, "cp1251", "Windows-1251"),
        (_RUSSIAN.upper(), "cp1251", "Windows-1251"),
        (_RUSSIAN.replace("«", '"').replace("»", '"'), "koi8-r", "KOI8-R"),
        (_RUSSIAN.replace("«", '"').replace("»", '"'), "cp866", "CP866"),
        (_UKRAINIAN, "cp1251", "Windows-1251"),
        (_UKRAINIAN.replace("«", '"').replace("»", '"'), "koi8-u", "KOI8-U"),
        (_GREEK, "cp1253", "Windows-1253"),
        (_TURKISH, "cp1254", "Windows-1254"),
        (_HEBREW, "cp1255", "Windows-1255"),
        (_ARABIC, "cp1256", "Windows-1256"),
        (_LITHUANIAN, "cp1257", "Windows-1257"),
        (_JAPANESE, "shift_jis", "Shift JIS"),
        (_JAPANESE, "euc-jp", "EUC-JP"),
        (_KOREAN, "euc-kr", "EUC-KR"),
        (_CHINESE, "gb18030", "GB 18030"),
        (_TAIWANESE, "big5", "Big5"),
        (_RUSSIAN, "utf-16", "UTF-16"),
        (_GERMAN, "utf-16-le", "UTF-16"),
        (_RUSSIAN, "utf-16-be", "UTF-16"),
        (_GERMAN, "utf-32", "UTF-32"),
    ],
)
@pytest.mark.parametrize("times", [1, 2_000])
def test_the_likely_encoding_is_named(text: str, codec: str, name: str, times: int) -> None:
    lines = "\n".join(["Title", *[text] * times, ""])
    data = lines.encode(codec)
    found, iconv = likely_encoding(data, _first_wrong(data))
    assert found == name
    # What iconv is asked for reads it.
    assert data.decode(iconv) == lines


def _first_wrong(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\x01\x81"])
def test_what_is_no_text_is_in_no_encoding(data: bytes) -> None:
    assert likely_encoding(data) == ("", "")


def test_a_part_in_another_encoding_does_not_make_the_file_one() -> None:
    pasted = "Müller".encode("cp1252")
    assert is_mostly_utf8("Günther Müller über Ärzte. ".encode() + pasted)
    assert not is_mostly_utf8(b"Gunther " + pasted)

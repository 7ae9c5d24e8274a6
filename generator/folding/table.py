"""The one table of characters that are written in several ways, and of what a search makes of letters.

It has three levels, each of which forgives more than the one before:

- quotes: typography alone, that is quotation marks, dashes, spaces, invisible characters and compatibility forms;
- names: the same of hyphens and apostrophes, and what changes when a name is set in capitals; case is kept;
- search: case, diacritics, strokes and ligatures too.

The browser has the same table: `python -m generator.folding` writes it into the theme.
"""

import unicodedata

APOSTROPHES = "'’‘‛`´′‵ʹʻʼʽʾʿˊˋ՚׳＇"
DOUBLE_QUOTES = '"“”„‟«»″‶〝〞〟ʺ״＂'
# Quotation marks that are no sign of a name.
OTHER_QUOTES = "‚‹›「」『』｢｣"
QUOTATION_MARKS = APOSTROPHES + DOUBLE_QUOTES + OTHER_QUOTES
# Within a word; a dash between words parts them.
HYPHENS = "-‐‑‒–−⁃˗֊־﹣－"
DASHES = HYPHENS + "—―⸺⸻﹘"
# Between the parts of a name in Japanese, and of a word in Catalan.
DOTS = "·•‧∙⋅・･"
SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
# Ranges of characters that have neither width nor meaning: soft hyphens, joiners, marks of direction, variants.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef"
)
# What ends sentences: in scripts with spaces between words, and in those without, where no space follows.
STOPS, WIDE_STOPS = ".!?…։؟۔።။។।", "。！？｡"
# Armenian puts the marks of emphasis, exclamation and question into the word, on its vowel.
INNER_MARKS = "՛՜՞"
# Ranges of compatibility characters that count as what they are made of although they are symbols or modifiers:
# subscripts, radicals, squared words, wide and narrow forms.
FORMS = "\u1d62-\u1d6a\u2080-\u209c\u2c7c\u2e80-\u2fdf\u3300-\u33ff\ufe10-\ufe6f\uff00-\uffef"
# Superscripts that are letters to Unicode.
SUPERSCRIPTS = "ªº"
# Letters of Hangul by themselves, which would run together.
JAMO = "".join(map(chr, (*range(0x3131, 0x318F), *range(0xFFA0, 0xFFDD))))
# Ranges of scripts that are written without spaces: Thai, Lao, Burmese, Khmer, kana and Han. A word may end anywhere.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# Ranges of scripts of which a letter is a syllable: words of two are long.
SYLLABIC = "\u1200-\u137f\uac00-\ud7a3"

# The lengthening of Arabic letters.
TATWEEL = "ـ"
# One letter under two numbers: those of Romanian and Persian, which older keyboards lacked, and one of Catalan.
VARIANTS = dict(zip("șțȘȚیکŀĿ", ["ş", "ţ", "Ş", "Ţ", "ي", "ك", "l·", "L·"], strict=True))
# Vowels of Hebrew and Arabic, which few texts write.
POINTS = "".join(
    map(
        chr,
        (
            *range(0x0591, 0x05BE),
            0x05BF,
            0x05C1,
            0x05C2,
            0x05C4,
            0x05C5,
            0x05C7,
            *range(0x064B, 0x0653),
            0x0670,
        ),
    )
)
# What capitals differ in: they have no accents in Greek, a dot in Turkish, and ß and և have two letters.
CAPITALS = {
    capital: unicodedata.normalize("NFD", capital)[0]
    for capital in map(chr, (*range(0x0386, 0x0390), *range(0x1F08, 0x1FFD)))
    if capital.isupper() and len(unicodedata.normalize("NFD", capital)) > 1
} | {"İ": "I", "ẞ": "SS"}
# Of one sound, by the spelling before or after a reform: և is one of these as well, by its compatibility form.
PAIRS = {"եվ": "եւ", "Եվ": "Եւ", "ԵՎ": "ԵՒ"}

# For a search: diacritics, and the points of Hebrew and Arabic, which are no letters of their own as the marks of
# other scripts are.
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670"
# By what letters are found that have no diacritic which Unicode could take off.
LETTERS = {
    **dict(
        zip(
            "øłđħŧıðæœßþəŋ",
            ["o", "l", "d", "h", "t", "i", "d", "ae", "oe", "ss", "th", "e", "n"],
            strict=True,
        )
    ),
    **dict(zip("ςґٱىیةہھک", "σгاييهههك", strict=True)),
    "եվ": "եւ",
}
# What is left out of a word, as in U.S. or 1,000; an apostrophe is as well.
LEFT_OUT = ".,"
# What follows an apostrophe in English and is no word that one was joined to, as in l'eau.
ENDINGS = ("ll", "re", "ve")

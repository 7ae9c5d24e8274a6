// What words are looked up by; all of it as in generator/folding/search.py.

import { APOSTROPHES, ENDINGS, FORMS, GONE, HYPHENS, LEFT_OUT, LETTERS, MARKS, SUPERSCRIPTS, SYLLABIC, UNSPACED } from "./folding-table.js"

const any = (set, flags = "gu") => new RegExp(`[${set}]`, flags)

const gone = any(GONE)
const apostrophes = any(APOSTROPHES)
const hyphens = any(HYPHENS)
const symbols = new RegExp(`(?![${FORMS}])(?:[^\\p{L}\\p{M}\\p{Nd}\\p{Nl}]|\\p{Lm}|[${SUPERSCRIPTS}])`, "gu")
const possessive = /(?<=[\p{L}\p{N}])'s(?=[^\p{L}\p{N}]*$)/u
const joint = /^.*?[\p{L}]'(?=\p{L})/u
const leftOut = any(LEFT_OUT)
const apart = /[^\p{L}\p{M}\p{N}]+/gu
// й is a letter of its own.
const marks = new RegExp(`(?<!\\u0438)[${MARKS}]|(?<=\\u0438)[\\u0300\\u0301]`, "gu")
const letters = new RegExp(Object.keys(LETTERS).join("|"), "gu")
const unspaced = new RegExp(`([${UNSPACED}]+)`, "u")
const syllabic = any(SYLLABIC, "u")

// What would be other letters in normal form KC, such as the number of a footnote, parts words.
const formed = (sign) => (sign.normalize("NFKC") === sign.normalize("NFC") ? sign : " ")

// A text in lower case and in normal form KC, with one sort of apostrophe and hyphen and nothing invisible.
export const plain = (text) =>
  text.replace(gone, "").replace(apostrophes, "'").replace(hyphens, "-").replace(symbols, formed).normalize("NFKC").toLowerCase().normalize("NFC")

// A plain text without diacritics and strokes.
export const bare = (text) => text.normalize("NFD").replace(marks, "").normalize("NFC").replace(letters, (letter) => LETTERS[letter])

// What stands in a text by whatever spelling of a word: for what is looked for inside of texts, without an index.
export const loose = (text) => bare(plain(text).replaceAll("'", ""))

export const isUnspaced = (term) => unspaced.test(term)
// Of a script of which a letter is a syllable.
export const isSyllabic = (term) => syllabic.test(term)

const pairs = (text) => {
  const each = [...text]
  return each.length < 2 ? each : each.slice(1).map((letter, at) => each[at] + letter)
}

// What a word without spaces is looked up by, each once: `Café-Bar's` by `cafe` and `bar`.
export const terms = (word) => {
  const runs = plain(word).replace(possessive, "").replace(leftOut, "").replace(apart, " ").split(" ").filter(Boolean)
  const parts = runs.flatMap((run) => run.split(unspaced).flatMap((piece, at) => (at % 2 ? pairs(piece) : piece ? [piece] : [])))
  return [...new Set(parts.map(bare))]
}

// A word without a possessive.
export const owner = (word) => plain(word).replace(possessive, "")

// The word that an article or the like was joined to by an apostrophe, where one may be: l'OTAN, dell'Armenia.
export const afterElision = (word) => {
  const rest = plain(word).replace(joint, "")
  return rest !== plain(word) && !ENDINGS.includes(rest) ? rest : ""
}

// What a word of a query, or of a text, is looked up by; all of it as in generator/search/terms.py.

const POSSESSIVE = /(?<=[\p{L}\p{N}])['’ʼ]s(?=[^\p{L}\p{N}]*$)/u
const LEFT_OUT = /['’‘ʼʻ`´.,]/g
const APART = /[^\p{L}\p{M}\p{N}]+/gu
const MARKS = /(?<!\u0438)[\u0300-\u036f]|(?<=\u0438)[\u0301\u0300]|[\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]/g
// Scripts without spaces between words.
const UNSPACED = /([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+)/u

const pairs = (text) => {
  const letters = [...text]
  return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter)
}

// A part of a word without its diacritics.
export const bare = (part) => part.normalize("NFD").replace(MARKS, "").normalize("NFC")

export const isUnspaced = (term) => UNSPACED.test(term)

// What a word without spaces is found by, each once: `Café-Bar's` by `cafe` and `bar`.
export const terms = (word) => {
  const plain = word.normalize("NFC").toLowerCase().normalize("NFC").replace(POSSESSIVE, "")
  const runs = plain.replace(LEFT_OUT, "").replace(APART, " ").split(" ").filter(Boolean)
  const parts = runs.flatMap((run) => run.split(UNSPACED).flatMap((piece, at) => (at % 2 ? pairs(piece) : piece ? [piece] : [])))
  return [...new Set(parts.map(bare))]
}

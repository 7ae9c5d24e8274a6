// Passages: the texts that hold what is asked, the best first, and the paragraphs of each in which it stands.

import { file } from "./data.js"
import { afterElision, owner, terms } from "../folding.js"
import { Words } from "./words.js"

// Words of a passage that are shown around what was found.
const MOST_WORDS = 55
const SHOWN_WORDS = 45
// Sources come before what the dossier says of them: of the same words those of an article count most.
const WEIGHTS = { article: 1, statement: 0.7 }
const WEIGHT = 0.4
// Of BM25: how soon more of a word count no more, and how much the length of a text counts.
const SATURATION = 1.2
const LENGTH = 0.2
// Whose first passage says itself whom it names; on the pages of other records it refers to all whom their fields name.
const HEADED = new Set(["article", "statement"])
// Lengths are told by steps of a quarter of a doubling.
const STEPS = 4
// Passages begin at places that are multiples of this.
const APART = 64

export class Passages {
  #words = null
  #texts = null
  #found = new Map()

  constructor(base, manifest) {
    this.base = base
    this.manifest = manifest
  }

  async #index() {
    this.#words ??= file(this.base, this.manifest.words).then((listed) => new Words(this.base, listed))
    this.#words.catch(() => (this.#words = null))
    return this.#words
  }

  // What there is of each text, by its number.
  async #list() {
    this.#texts ??= file(this.base, this.manifest.texts).then((listed) => {
      const lengths = listed.lengths.map((steps) => 2 ** (steps / STEPS) - 1)
      const mean = lengths.reduce((sum, length) => sum + length, 0) / (lengths.length || 1) || 1
      const kinds = listed.kinds.map((kind) => this.manifest.kinds[kind])
      // The file of each text, and its number there.
      const places = listed.sizes.flatMap((size, file) => Array.from({ length: size }, (_, at) => [listed.files[file], at]))
      return { places, kinds, norms: lengths.map((length) => SATURATION * (1 - LENGTH + (LENGTH * length) / mean)) }
    })
    this.#texts.catch(() => (this.#texts = null))
    return this.#texts
  }

  // The texts that name all of some records and hold all phrases and all words that stand anywhere; all texts where
  // nothing is asked.
  async search({ records = [], words = [], phrases = [] }) {
    const key = JSON.stringify([records, words, phrases])
    if (!this.#found.has(key)) {
      const found = this.#search(records, words, phrases)
      found.catch(() => this.#found.delete(key))
      this.#found.set(key, found)
    }
    return this.#found.get(key)
  }

  async #search(records, words, phrases) {
    const texts = await this.#list()
    if (!records.length && !phrases.length && !words.length) return texts.kinds.map((_, number) => ({ number, words: [], named: [] }))
    const index = await this.#index()
    const [named, held, quoted] = await Promise.all([
      Promise.all(records.map((id) => index.record(id))),
      Promise.all(words.map((word) => index.word(word))),
      Promise.all(phrases.map((phrase) => index.phrase(phrase))),
    ])
    const asked = [...quoted, ...held.flat().filter((found) => found.size)]
    const all = [...named, ...asked]
    if (!all.length) return []
    const idf = new Map(all.map((found) => [found, Math.log(1 + (texts.kinds.length - found.size + 0.5) / (found.size + 0.5))]))
    const [least] = [...all].sort((a, b) => a.size - b.size)
    const results = [...least.keys()].filter((number) => all.every((found) => found.has(number))).map((number) => {
      const score = all.reduce((sum, found) => {
        const { times } = found.get(number)
        return sum + (idf.get(found) * times * (SATURATION + 1)) / (times + texts.norms[number])
      }, 0)
      const kind = texts.kinds[number]
      return {
        number,
        score: score * (WEIGHTS[kind] ?? WEIGHT),
        words: asked.map((found) => found.get(number).places),
        named: named.map((found) => found.get(number).places),
        isTogether: named.length < 2 || named[0].get(number).places.some((at) => (at > 0 || HEADED.has(kind)) && named.every((found) => found.get(number).places.includes(at))),
      }
    })
    // Several records named in one passage come before those of a page.
    return results.sort((a, b) => b.isTogether - a.isTogether || b.score - a.score || a.number - b.number)
  }

  // The kind of each text, by its number.
  async kinds() {
    return (await this.#list()).kinds
  }

  // A passage of a text that has a date, with what is shown of it: the words of a statement alone.
  async dated({ number, passage, kind }) {
    const texts = await this.#list()
    const [name, place] = texts.places[number]
    const [title, date, outlet, address, written] = (await file(this.base, name))[place]
    const isStatement = kind === "statement"
    const [anchor, text, said] = isStatement ? written[passage] : ["", "", ""]
    return { title, outlet, kind, date: said || date, href: new URL(anchor ? `${address}#${anchor}` : address, this.base).href, text }
  }

  // Which of some words stand in no text: they are passed over where others are found.
  async absent(words) {
    const found = await Promise.all(words.map((word) => this.search({ words: [word] })))
    return words.filter((word, at) => /[\p{L}\p{N}]/u.test(word) && !found[at].length)
  }

  // Whether all of some words are in the texts as they are typed.
  async has(words) {
    if (!words.length) return true
    const index = await this.#index()
    return (await Promise.all(words.map((word) => index.has(word)))).every(Boolean)
  }

  // A text with the passages of it in which something was found, the fullest first: only those that have all that is
  // asked, where there are any (`isWhole`). Words that were passed over are marked as well, and count only where
  // nothing else was looked up. `forms`: the names of each record that is asked for.
  async read(result, fold, forms, passed) {
    const texts = await this.#list()
    const [name, place] = texts.places[result.number]
    const [title, date, outlet, address, written] = (await file(this.base, name))[place]
    const common = new Set(passed.flatMap(terms))
    const isAll = !result.words.length && !result.named.length
    const hits = new Set(result.words.flat())
    const anyForm = forms.flat().sort((a, b) => b.length - a.length)
    const kind = texts.kinds[result.number]
    const head = folded(title.split(" "), fold)
    // What the fields of a record refer to need not be in its words.
    const says = (words) => kind === "article" || result.named.length < 2 || forms.every((one) => has(words, one) || has(head, one))
    let start = 0
    const all = written.map(([anchor, text, said], at) => {
      const shown = text ? text.split(" ") : []
      const [first, end] = [start, start + shown.length]
      const isMarked = shown.map((_, word) => hits.has(first + word))
      start = following(end)
      const isNamed = result.named.some((places) => places.includes(at))
      const isWhole = result.named.every((places) => places.includes(at)) && result.words.every((places) => places.some((place) => place >= first && place < end))
      const literal = new Set(shown.filter((_, word) => isMarked[word]).map((word) => fold(word))).size
      const words = forms.length ? folded(shown, fold) : []
      const isSaid = forms.length ? markNames(words, isMarked, anyForm) : false
      const isCommon = shown.map((word) => common.size > 0 && terms(word).some((term) => common.has(term)))
      const ofCommon = isAll ? new Set(shown.filter((_, word) => isCommon[word]).map((word) => fold(word))).size : 0
      return {
        anchor,
        said,
        shown,
        isMarked,
        isCommon,
        isWhole: isWhole && says(words),
        score: (isNamed ? 2 : 0) + (isSaid ? 1 : 0) + 2 * Math.min(literal + ofCommon, 4),
        isHit: isNamed || literal + ofCommon > 0,
      }
    })
    const hit = all.filter(({ isHit }) => isHit).sort((a, b) => b.score - a.score)
    // Of passages at one address the fullest; the title, which stands above them anyway, only where nothing else is.
    const isTitle = ({ anchor, shown }) => !anchor && shown.join(" ") === title
    const whole = hit.filter((passage) => passage.isWhole)
    const best = whole.length ? whole : hit
    const body = best.filter((passage) => !isTitle(passage))
    const found = body.length ? body : best.length ? best : all.filter((passage) => !isTitle(passage)).slice(0, 1)
    const chosen = found.filter(({ anchor }, at) => found.findIndex((other) => other.anchor === anchor) === at)
    const named = chosen.filter(({ anchor }) => anchor)
    return {
      title,
      outlet,
      kind,
      isWhole: isAll || whole.length > 0,
      passages: (named.length ? named : chosen.length ? chosen : all.slice(0, 1)).map(({ anchor, said, shown, isMarked, isCommon }) => ({
        anchor,
        date: said ?? date,
        isTitle: isTitle({ anchor, shown }),
        href: new URL(anchor ? `${address}#${anchor}` : address, this.base).href,
        parts: parts(shown, isMarked, isCommon),
      })),
    }
  }
}

// The place of the first word of a passage, after one that ends at a place; as `next_passage` in generator/search/postings.py.
const following = (end) => (Math.floor(end / APART) + 1) * APART

// What each word of a passage may be a name by.
const folded = (shown, fold) => shown.map((word) => [word, afterElision(word)].filter(Boolean).map((one) => fold(owner(one)).split(" ")[0]))

// The one of some names that begins at a word of a passage.
const formAt = (words, at, forms) => forms.find((form) => form.every((word, next) => words[at + next]?.includes(word)))
const has = (words, forms) => words.some((_, at) => formAt(words, at, forms))

// Marks the words of a passage that are one of some names; whether there are any.
const markNames = (words, isMarked, forms) => {
  let any = false
  for (let at = 0; at < words.length; at += 1) {
    const form = formAt(words, at, forms)
    if (!form) continue
    any = true
    for (let next = 0; next < form.length; next += 1) isMarked[at + next] = true
    at += form.length - 1
  }
  return any
}

// The words around what was found, as runs of text that are marked or not.
const parts = (words, isFound, isCommon) => {
  const [from, to] = window(words, isFound.includes(true) ? isFound : isCommon)
  const isMarked = isFound.map((found, at) => found || isCommon[at])
  const runs = []
  for (let at = from; at < to; at += 1) {
    const last = runs.at(-1)
    if (last && last.isMarked === isMarked[at]) last.text += ` ${words[at]}`
    else runs.push({ text: words[at], isMarked: isMarked[at] })
  }
  if (from > 0) runs.unshift({ text: "…", isMarked: false })
  if (to < words.length) runs.push({ text: "…", isMarked: false })
  return runs
}

// The stretch of a long passage with most marks in it, the first of several, and some words before the first mark.
const LEAD = 8
const window = (words, isMarked) => {
  if (words.length <= MOST_WORDS) return [0, words.length]
  let best = 0
  let most = 0
  for (let start = 0; start < words.length; start += 1) {
    if (!isMarked[start]) continue
    const marked = isMarked.slice(start, start + SHOWN_WORDS - LEAD).filter(Boolean).length
    if (marked > most) [best, most] = [start, marked]
  }
  const from = Math.max(0, Math.min(best - LEAD, words.length - SHOWN_WORDS))
  return [from, from + SHOWN_WORDS]
}

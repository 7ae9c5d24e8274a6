// Where words stand, by the index that the build wrote in files of neighbouring words: `content` in
// generator/search/postings.py says how they are made. A word that stands in very many places has several files.

import { packed } from "./data.js"
import { bare, isSyllabic, isUnspaced, terms } from "../folding.js"

// Before the id of a record, which texts are found by like by a word; no word has it.
const RECORD = "@"
// Beginnings of words count from this many letters on, of syllables sooner. A word that stands nowhere as typed may be a stem that does,
// of so many letters at least, with an ending of so many at most.
const BEGINNING = 3
const SYLLABLES = 2
const ENDING = 3
const SHORTEST = 5
// What another form of a word counts, and a word that begins with it, of which longer ones count less.
const FORM = 0.8
const LONGER = 0.5
// Files around the one that a word would stand in.
const AROUND = 1

export class Words {
  #chunks = new Map()

  // `listed`: the first term and the name of each file, in order.
  constructor(base, listed) {
    this.base = base
    this.listed = listed
  }

  // The last file in which a term would stand, by number.
  #at(term) {
    let low = 0
    let high = this.listed.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.listed[middle][0] <= term) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  // The first or the last of the files that begin with the same term as one does.
  #furthest(number, step) {
    let end = number
    while (this.listed[end] && this.listed[end + step]?.[0] === this.listed[end][0]) end += step
    return end
  }

  async #chunk(number) {
    if (!this.#chunks.has(number)) {
      const found = packed(this.base, this.listed[number][1]).then(unpack)
      found.catch(() => this.#chunks.delete(number))
      this.#chunks.set(number, found)
    }
    return this.#chunks.get(number)
  }

  async #forms(from, to) {
    const numbers = []
    for (let number = Math.max(from, 0); number <= Math.min(to, this.listed.length - 1); number += 1) numbers.push(number)
    return (await Promise.all(numbers.map((number) => this.#chunk(number)))).flat()
  }

  // The forms that a term may stand for, each with what it counts; `isExact` is for the term as it is.
  async #like(term, isExact) {
    const middle = this.#at(term)
    if (isExact) {
      // Forms that differ in diacritics alone may lie on both sides of a cut.
      const from = this.listed[middle]?.[0] === term ? this.#furthest(middle, -1) - 1 : middle
      const forms = await this.#forms(from, middle)
      return forms.filter(({ key }) => key === term).map((form) => ({ form, weight: 1 }))
    }
    const beginning = term.slice(0, Math.max(BEGINNING, term.length - BEGINNING))
    // Of a word with several files all are asked for, if it may be a form of the term.
    const first = (number) => (this.listed[number]?.[0] >= beginning ? this.#furthest(number, -1) : number)
    const from = first(Math.max(this.#at(beginning), first(middle) - AROUND))
    const to = this.#furthest(Math.min(this.#at(`${term}\uffff`), middle + AROUND), 1)
    const forms = await this.#forms(from, to)
    const same = forms.filter(({ key }) => key === term)
    const known = same.length ? same : related(forms, term)
    const stems = new Set(known.map(({ stem }) => stem))
    const isBeginning = term.length >= (isSyllabic(term) ? SYLLABLES : BEGINNING) || isUnspaced(term)
    const weigh = ({ key, stem }) => {
      if (key === term) return 1
      if (stems.has(stem)) return FORM
      return isBeginning && key.startsWith(term) ? (LONGER * term.length) / key.length : 0
    }
    return forms.map((form) => ({ form, weight: weigh(form) })).filter(({ weight }) => weight > 0)
  }

  // The texts of a term by number, each with how often it stands there, by weight, and at which words.
  async #texts(term, isExact) {
    const found = new Map()
    for (const { form, weight } of await this.#like(term, isExact)) {
      for (const [text, places] of form.texts()) {
        const other = found.get(text)
        if (!other) found.set(text, { times: weight * places.length, places })
        else found.set(text, { times: other.times + weight * places.length, places: other.places.concat(places) })
      }
    }
    return found
  }

  // What is looked up of a word: a list of its terms, each with its texts.
  word(word, isExact = false) {
    return Promise.all(terms(word).map((term) => this.#texts(term, isExact)))
  }

  // Whether a word is in the texts as it is typed, or begins one that is: not only other forms of it.
  async has(word) {
    const found = await Promise.all(terms(word).map(async (term) => (await this.#like(term)).some(({ form }) => form.key.startsWith(term))))
    return found.every(Boolean)
  }

  // The texts that name a record, with the passages that do in place of words.
  record(id) {
    return this.#texts(RECORD + id, true)
  }

  // The texts in which some words follow each other, with the places of all of them.
  async phrase(words) {
    const steps = (await Promise.all(words.map((word) => this.word(word, true)))).flatMap((found, at) => found.map((texts) => ({ at, texts })))
    const found = new Map()
    if (!steps.length) return found
    const [first, ...others] = [...steps].sort((a, b) => a.texts.size - b.texts.size)
    for (const [text, { places }] of first.texts) {
      const sets = others.map(({ at, texts }) => ({ at, places: new Set(texts.get(text)?.places) }))
      const starts = places.map((place) => place - first.at).filter((start) => sets.every((one) => one.places.has(start + one.at)))
      if (starts.length) found.set(text, { times: starts.length, places: starts.flatMap((start) => words.map((_, at) => start + at)) })
    }
    return found
  }
}

// The forms whose stem a term begins with, of the longest such stem.
const related = (forms, term) => {
  const least = Math.max(SHORTEST, term.length - ENDING)
  const found = forms.filter(({ stem }) => stem.length >= least && term.startsWith(stem))
  const longest = Math.max(...found.map(({ stem }) => stem.length))
  return found.filter(({ stem }) => stem.length === longest)
}

const unpack = (bytes) => {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)))
  let end = 4 + size
  return head.terms.map((term, at) => {
    const start = end
    end += head.sizes[at]
    const own = bytes.subarray(start, end)
    const stem = head.stems[at]
    return { key: bare(term), stem: typeof stem === "number" ? bare(term.slice(0, stem)) : stem, texts: () => read(own, head.texts[at]) }
  })
}

// The texts of a form, of which there are so many, by number, and the places of it in each.
const read = (bytes, size) => {
  let at = 0
  const number = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at]
      at += 1
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
  const numbers = () => Array.from({ length: size }, number)
  const [gaps, counts] = [numbers(), numbers()]
  let text = 0
  return gaps.map((gap, each) => {
    text += gap
    const places = []
    let place = 0
    for (let left = counts[each]; left > 0; left -= 1) {
      place += number()
      places.push(place)
    }
    return [text, places]
  })
}

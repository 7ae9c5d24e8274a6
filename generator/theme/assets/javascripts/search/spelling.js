// Words that a word of a query may be mistyped from, by the words of all texts: generator/search/vocabulary.py.

import { file } from "./data.js"
import { isNear, slips } from "./fold.js"
import { terms } from "../folding.js"

// Of words that are alike, so many are compared by how many texts have them.
const MOST = 5

export class Spelling {
  #listed = null

  constructor(base, manifest) {
    this.base = base
    this.manifest = manifest
  }

  // Words that differ from one by few letters, but begin with the same; the likest first.
  async near(word) {
    const found = terms(word)
    const [term] = found
    if (found.length !== 1 || !slips(term.length)) return []
    this.#listed ??= file(this.base, this.manifest.spelling)
    this.#listed.catch(() => (this.#listed = null))
    const listed = await this.#listed
    const [first] = term
    const isAsked = ([start], at) => start < first + "\uffff" && !(listed[at + 1]?.[0] < first)
    const words = (await Promise.all(listed.filter(isAsked).map(([, name]) => file(this.base, name)))).flat()
    const near = [1, 2].filter((most) => most <= slips(term.length)).map((most) => words.filter((other) => other[0] === first && isNear(other, term, most)))
    return (near.find(({ length }) => length) ?? []).slice(0, MOST)
  }
}

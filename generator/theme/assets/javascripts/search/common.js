// Words that stand in most texts, by the build's count: they tell no texts apart and are the dearest to look up.

import { terms } from "../folding.js"

// What texts are filtered by, besides people.
export const FACETS = ["kind", "outlet", "year"]

export class Common {
  constructor(words) {
    this.words = new Set(words)
  }

  has(word) {
    const found = terms(word)
    return found.length > 0 && found.every((term) => this.words.has(term))
  }

  // The words of a query that are looked up, and those that are passed over.
  part(query) {
    const words = query.split(/\s+/).filter(Boolean)
    return { asked: words.filter((word) => !this.has(word)), passed: words.filter((word) => this.has(word)) }
  }
}

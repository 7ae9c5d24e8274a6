// Words that stand in most texts, by the build's count: they tell no texts apart and are the dearest to look up.

// A word as the build counts it; as `bare` in generator/search/common.py.
export const bare = (word) =>
  word.normalize("NFC").toLowerCase().normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]/gu, "")

export class Common {
  constructor(words) {
    this.words = new Set(words)
  }

  has(word) {
    return this.words.has(bare(word))
  }

  // The words of a query that are looked up, and those that are passed over.
  part(query) {
    const words = query.split(/\s+/).filter(Boolean)
    return { asked: words.filter((word) => !this.has(word)), passed: words.filter((word) => this.has(word)) }
  }
}

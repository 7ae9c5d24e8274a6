// Passages: Pagefind's index of texts, whose words are counted from the start of a page; here they get their paragraphs.

import { bare } from "./common.js"
import { file, fragment } from "./data.js"

const TOKEN = /^[\u{103a0}-\u{103bf}]{4}$/u
// Words of a passage that are shown around what was found.
const MOST_WORDS = 55
const SHOWN_WORDS = 45

export class Passages {
  #engine = null
  #found = new Map()

  constructor(base, manifest) {
    this.base = base
    this.manifest = manifest
    this.folder = new URL(`search/data/${manifest.passages}`, base)
  }

  async #load() {
    const engine = await import(new URL("pagefind.js", this.folder).href)
    // A worker of its own would be another program to fetch, for a few milliseconds' work.
    await engine.options({ basePath: this.folder.pathname, noWorker: true, ranking: { pageLength: 0.2 } })
    await engine.init()
    return engine
  }

  // The texts that hold all words, the best first; all texts without any.
  async search(query) {
    if (!query) return this.#all()
    if (!this.#found.has(query)) {
      this.#engine ??= this.#load()
      const found = this.#engine.then((engine) => engine.search(query))
      found.catch(() => this.#found.delete(query))
      this.#found.set(query, found)
    }
    const { results } = await this.#found.get(query)
    // Pagefind looks into titles and outlets that stand beside a text too; what leads to no word is no passage.
    return results.filter(({ words }) => words.length)
  }

  // Without a word Pagefind would fetch all of its index.
  async #all() {
    const { ids } = await file(this.base, this.manifest.pages)
    return ids.split(" ").map((id) => ({ id, words: [], data: () => fragment(this.folder, id) }))
  }

  // Which of some words stand in no text: Pagefind passes over them where others are found.
  async absent(words) {
    const found = await Promise.all(words.map((word) => this.search(word)))
    return words.filter((word, at) => /[\p{L}\p{N}]/u.test(word) && !found[at].length)
  }

  // A text with the passages of it in which something was found, the fullest first. Words that were passed over are
  // marked as well, and count only where nothing else was looked up.
  async read(result, fold, forms, passed) {
    const common = new Set(passed.map(bare))
    const isAll = !result.words.length
    const { content, meta, anchors, url } = await result.data()
    const words = content.split(/\s+/)
    const hits = new Set(result.words)
    const starts = anchors.map(({ id, location }) => ({ anchor: id.slice(id.indexOf(".") + 1), start: location }))
    const all = starts.map(({ anchor, start }, at) => {
      const own = words.slice(start, starts[at + 1]?.start ?? words.length)
      const found = own.map((_, place) => hits.has(start + place))
      const isNamed = own.some((word, place) => found[place] && TOKEN.test(word))
      const shown = own.filter((word) => !TOKEN.test(word))
      const isMarked = found.filter((_, place) => !TOKEN.test(own[place]))
      const literal = new Set(shown.filter((_, place) => isMarked[place]).map((word) => fold(word))).size
      const isSaid = forms.length ? markNames(shown, isMarked, fold, forms) : false
      const isCommon = shown.map((word) => common.has(bare(word)))
      const ofCommon = isAll ? new Set(shown.filter((_, place) => isCommon[place]).map(bare)).size : 0
      return {
        anchor,
        shown,
        isMarked,
        isCommon,
        score: (isNamed ? 2 : 0) + (isSaid ? 1 : 0) + 2 * Math.min(literal + ofCommon, 4),
        isHit: isNamed || literal + ofCommon > 0,
      }
    })
    const hit = all.filter(({ isHit }) => isHit).sort((a, b) => b.score - a.score)
    // Of passages at one address the fullest; the title, which stands above them anyway, only where nothing else is.
    const isTitle = ({ anchor, shown }) => !anchor && shown.join(" ") === meta.title
    const body = hit.filter((passage) => !isTitle(passage))
    const found = body.length ? body : hit.length ? hit : all.filter((passage) => !isTitle(passage)).slice(0, 1)
    const chosen = found.filter(({ anchor }, at) => found.findIndex((other) => other.anchor === anchor) === at)
    const named = chosen.filter(({ anchor }) => anchor)
    const path = url.replace(/^\//, "").replace(/~[^/]*$/, "")
    return {
      title: meta.title,
      outlet: meta.outlet,
      date: meta.date,
      isStatement: url.includes("/~"),
      section: path.split("/")[0],
      passages: (named.length ? named : chosen.length ? chosen : all.slice(0, 1)).map(({ anchor, shown, isMarked, isCommon }) => ({
        anchor,
        isTitle: isTitle({ anchor, shown }),
        href: new URL(anchor ? `${path}#${anchor}` : path, this.base).href,
        parts: parts(shown, isMarked, isCommon),
      })),
    }
  }
}

// Marks the words of a passage that are one of some names; whether there are any.
const markNames = (shown, isMarked, fold, forms) => {
  const folded = shown.map((word) => fold(word.replace(/['’]s\b/, "")).split(" ")[0])
  let any = false
  for (let at = 0; at < folded.length; at += 1) {
    const form = forms.find((words) => words.every((word, next) => folded[at + next] === word))
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

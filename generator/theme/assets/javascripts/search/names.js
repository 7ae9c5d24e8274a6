// Records by any spelling of their names.

import MiniSearch from "./minisearch.js"
import { file } from "./data.js"
import { afterElision, owner, plain } from "../folding.js"
import { consonants, folder, isAbjad, isNear, skeleton, skeletonSlips, slips } from "./fold.js"

// Skeletons are terms of their own in the index, told from words by this.
const MARK = "_"
// A skeleton shorter than this is too common to stand for a name.
const SHORTEST = 5
// As short as an abbreviation, which in the middle of a query counts only in capitals: US, EU, UN.
const ABBREVIATION = 3
// Fewer consonants are those of many names.
const CONSONANTS = 3
// A handle or a hashtag is a word and no name.
const HANDLE = /^[@#]/
const LONGEST_SPAN = 8
// A name may have another ending in a query: Belarusian, Armenii. Of so many letters at most, after so many at least.
const ENDING = 4
const STEM = 4
// The share of a query's letters that a record must have where none has all.
const MOST = 0.6

export class Names {
  // `fillers`: words that say nothing of what is looked for, such as "of".
  constructor(base, manifest, table, fillers) {
    this.base = base
    this.fillers = new Set(fillers.split(" "))
    this.manifest = manifest
    this.fold = folder(table)
    this.rows = []
    this.byId = new Map()
    this.loaded = 0
    // Those who held offices.
    this.holders = []
    // Numbers of records by their names as folded, and by their skeletons.
    this.exact = new Map()
    this.alike = new Map()
    this.index = new MiniSearch({
      fields: ["label", "forms"],
      tokenize: (text) => this.fold(text).split(" "),
      processTerm: (word) => (word ? [word, MARK + skeleton(word)] : null),
      searchOptions: { tokenize: (text) => [text], processTerm: (word) => word },
    })
  }

  static async of(base, manifest, fillers) {
    const names = new Names(base, manifest, await file(base, manifest.fold), fillers)
    await names.more()
    return names
  }

  get isWhole() {
    return this.loaded === this.manifest.names.length
  }

  // Loads the next chunk of names; the first holds the most cited.
  async more() {
    const number = this.loaded
    if (this.isWhole) return
    const rows = await file(this.base, this.manifest.names[number])
    if (this.loaded !== number) return
    this.loaded += 1
    this.index.addAll(rows.map((row) => this.#add(row)))
  }

  async all() {
    while (!this.isWhole) await this.more()
  }

  #add([kind, id, label, also, short, line, years, weight, offices = []]) {
    const number = this.rows.length
    const name = { number, id, kind: this.manifest.kinds[kind], label, also, short, line, years, weight }
    name.offices = name.kind === "person" ? [...offices, line].filter(Boolean).map((words) => ({ words, seen: 0 })) : []
    if (name.offices.length) this.holders.push(name)
    name.address = `${this.manifest.sections[kind]}/${id}/`
    this.rows.push(name)
    this.byId.set(id, name)
    // A question is found by its words, and no text names it.
    if (name.kind !== "question") {
      for (const form of [label, ...also, ...short]) this.#keep(this.fold(form), number)
      // A person is called by the last of several names, whether a curator wrote so or not.
      if (name.kind === "person") {
        for (const form of [label, ...also]) {
          const parts = this.fold(form).split(" ")
          if (parts.length > 1 && parts.at(-1).length > 2) this.#keep(parts.at(-1), number)
        }
      }
    }
    return { id: number, label, forms: [...also, ...short].join(" ") }
  }

  #keep(form, number) {
    const add = (map, key) => {
      const numbers = map.get(key)
      if (!numbers) map.set(key, [number])
      else if (!numbers.includes(number)) numbers.push(number)
    }
    if (!form) return
    add(this.exact, form)
    const bare = form.split(" ").map(skeleton).join(" ")
    if (bare.length >= SHORTEST) add(this.alike, bare)
  }

  #search(words, combineWith) {
    return this.index.search(
      { combineWith, queries: words.map((word) => ({ combineWith: "OR", queries: [word, MARK + skeleton(word)] })) },
      {
        prefix: (term) => term.length > 1,
        // Two letters that were swapped count as two here, and as one slip to `#holds`, which decides.
        fuzzy: (term) => (slips(term.replace(MARK, "").length) ? 2 : 0),
        weights: { fuzzy: 0.25, prefix: 0.6 },
        boost: { label: 1.5 },
        bm25: { k: 1.2, b: 0.3, d: 0.5 },
        boostDocument: (number) => 1 + Math.log1p(this.rows[number].weight) / 4,
      },
    )
  }

  // The records that a query means, the likeliest first: each has all its words, or words that begin so, in any
  // spelling and script.
  find(query) {
    const words = this.#words(query)
    if (!words.length) return []
    const named = (this.#called(words)?.numbers ?? []).map((number) => this.rows[number])
    return [...new Set([...named, ...this.held(query), ...this.#namedBy(query, words)])]
  }

  // The people who held an office that a query names, all of its words.
  held(query, isLike = begins) {
    const words = this.#ofOffice(query)
    return words.length ? this.holders.filter((name) => name.offices.some((office) => this.#isOffice(office, words, isLike))) : []
  }

  // The office by which a query led to a person, as runs of text that are marked or not.
  office(name, query) {
    const words = this.#ofOffice(query)
    const found = words.length && [begins, beginsNearly].map((isLike) => name.offices.find((office) => this.#isOffice(office, words, isLike))).find(Boolean)
    if (!found) return []
    const isMarked = (text) => this.fold(text).split(" ").some((own) => own && words.some((word) => beginsNearly(own, word) || isFormOf(own, word)))
    return found.words.split(" ").map((text) => ({ text, isMarked: isMarked(text) }))
  }

  #ofOffice(query) {
    return query.split(/\s+/).filter((word) => word && !this.fillers.has(plain(word))).flatMap((word) => this.#known(word).split(" ")).filter(Boolean)
  }

  // Whether an office has all words, one of them of its title and not only of the name of what it belongs to.
  #isOffice(office, words, isLike) {
    // Names that came since may be of what it belongs to.
    if (office.seen < this.loaded) Object.assign(office, this.#partsOf(this.fold(office.words).split(" ")), { seen: this.loaded })
    const isTitle = (word) => office.title.some((own) => isLike(own, word))
    const isWhole = (word) => office.whole.some((own) => isLike(own, word) || isFormOf(own, word))
    return words.some(isTitle) && words.every((word) => isTitle(word) || isWhole(word))
  }

  // The words of an office without the name of what it belongs to, and the words of all names of that.
  #partsOf(words) {
    for (let length = words.length - 1; length > 0; length -= 1) {
      for (let start = 1; start + length <= words.length; start += 1) {
        const [number] = this.exact.get(words.slice(start, start + length).join(" ")) ?? []
        const whole = this.rows[number]
        if (!whole || whole.kind === "person") continue
        const title = [...words.slice(0, start), ...words.slice(start + length)]
        return { title: title.filter((word) => !this.fillers.has(word)), whole: [whole.label, ...whole.also, ...whole.short].flatMap((form) => this.fold(form).split(" ")) }
      }
    }
    return { title: words.filter((word) => !this.fillers.has(word)), whole: [] }
  }

  #namedBy(query, words) {
    const all = this.#search(words, "AND")
    const found = all.filter(({ terms }) => words.every((word) => holds(terms, word)))
    const named = this.#called(words)?.numbers ?? []
    // Latin letters are asked of names in others only where nothing else is meant.
    const isOpen = isAbjad(query) || !(named.length || all.some(({ terms }) => words.every((word) => isNearIn(terms, word))))
    const inConsonants = isOpen ? this.#inConsonants(query) : []
    return [...named, ...found.map(({ id }) => id), ...inConsonants].map((number) => this.rows[number])
  }

  // Records with names that are like a query, which is a guess: those that have all its words but for slips of the
  // finger, or else those that have most of its letters in such words.
  near(query) {
    const words = this.#words(query)
    const whole = words.join("").length
    const found = this.#search(words, "OR")
    const shares = new Map(found.map(({ id, terms }) => [id, words.filter((word) => isNearIn(terms, word)).join("").length / whole]))
    const isWhole = [...shares.values()].includes(1)
    const rows = found
      .filter(({ id }) => shares.get(id) >= (isWhole ? 1 : MOST))
      .sort((a, b) => shares.get(b.id) - shares.get(a.id) || b.score - a.score)
      .map(({ id }) => this.rows[id])
    return [...new Set([...this.held(query, beginsNearly), ...rows])]
  }

  #words(query) {
    return this.fold(query).split(" ").filter(Boolean)
  }

  #inConsonants(query) {
    return this.rows.filter((name) => this.#isInConsonants(name, query)).map(({ number }) => number)
  }

  // Whether a name without vowels, whole or its last word, is that of a query, of which one is in such a script.
  #isInConsonants({ label, also }, query) {
    const wanted = consonants(this.fold, query).filter((one) => one.length >= CONSONANTS)
    const forms = isAbjad(query) ? [label, ...also] : [label, ...also].filter(isAbjad)
    return wanted.length > 0 && forms.flatMap((form) => [form, form.split(/\s+/).at(-1)]).some((form) => consonants(this.fold, form).some((one) => wanted.includes(one)))
  }

  #called(words) {
    const exact = this.exact.get(words.join(" "))
    if (exact) return { numbers: exact, isExact: true }
    const alike = this.alike.get(words.map(skeleton).join(" "))
    return alike ? { numbers: alike, isExact: false } : null
  }

  // Which records some words of a query name, and the words that are left. Where `isSure` is false it holds only if the
  // words as typed are found nowhere; `isGuess` is true unless a rule of spelling says that the name is the same.
  understand(query) {
    const written = query.split(/\s+/).filter(Boolean)
    const words = written.map((word) => (HANDLE.test(word) ? "" : this.#known(word)))
    const named = []
    let left = words.map((_, at) => at)
    for (let span = this.#span(written, words, left); span && named.length < 3; span = this.#span(written, words, left)) {
      named.push(span.name)
      left = left.filter((at) => !span.at.includes(at))
    }
    if (named.length) return { named, words: left.map((at) => written[at]), isSure: true, isGuess: false }
    return this.#guess(query, written, words)
  }

  // A word without a possessive, or without the article before an apostrophe where only the rest is a name.
  #known(word) {
    const whole = this.fold(owner(word))
    const rest = this.fold(owner(afterElision(word)))
    return rest && !this.#called([whole]) && this.#called([rest]) ? rest : whole
  }

  #span(written, words, left) {
    for (let length = Math.min(left.length, LONGEST_SPAN); length > 0; length -= 1) {
      for (let start = 0; start + length <= left.length; start += 1) {
        const at = left.slice(start, start + length)
        // Words that stood beside each other before a name was taken out between them are no name.
        if (at.at(-1) - at[0] !== length - 1 || at.some((one) => !words[one])) continue
        const called = this.#called(at.flatMap((one) => words[one].split(" ")))
        if (!called) continue
        const [first] = at
        const isCapital = written[first] === written[first].toUpperCase()
        if (length === 1 && words.length > 1 && words[first].length <= ABBREVIATION && !isCapital) continue
        return { at, name: this.rows[called.numbers[0]] }
      }
    }
    return null
  }

  #guess(query, written, words) {
    const alike = (text) => [...this.#namedBy(text, this.#words(text)), ...this.near(text)]
    const [whole] = alike(query)
    if (whole && whole.kind !== "question" && this.#isNearly(whole, words.join(" "), query)) {
      return { named: [whole], words: [], isSure: false, isGuess: !this.#isInConsonants(whole, query) }
    }
    for (const [at, word] of words.entries()) {
      if (words.length < 2 || word.length < SHORTEST) continue
      const near = alike(written[at]).slice(0, 5).find((name) => name.kind === "person" && this.#isNearly(name, word, written[at]))
      if (near) return { named: [near], words: written.filter((_, other) => other !== at), isSure: false, isGuess: !this.#isInConsonants(near, written[at]) }
    }
    return null
  }

  #isNearly(name, text, query) {
    const { label, also, short } = name
    const bare = skeleton(text)
    const forms = [label, ...also, ...short].map(this.fold)
    // The last word of a title is a word like others.
    const called = name.kind === "person" ? [...forms, ...forms.map((form) => form.split(" ").at(-1))] : forms
    const isLike = (form) => isNear(form, text, slips(text.length)) || isNear(skeleton(form), bare, skeletonSlips(bare.length))
    return called.some(isLike) || this.#isInConsonants(name, query)
  }

  // The other spelling by which a query led to a record, where its label does not say it.
  spelling({ label, also, short }, query) {
    const words = this.fold(query).split(" ").filter(Boolean)
    const has = (form, alike) => {
      const parts = this.fold(form).split(" ").map(alike)
      return words.every((word) => parts.some((part) => part.startsWith(alike(word))))
    }
    const same = (word) => word
    if (has(label, same)) return ""
    return [...also, ...short].find((form) => has(form, same)) ?? ""
  }

  // All names of a record as lists of folded words: what is marked in passages that name it.
  forms({ kind, label, also, short }) {
    const all = [label, ...also, ...short].map(this.fold)
    const forms = kind === "person" ? [...all, ...all.map((form) => form.split(" ").at(-1))] : all
    return [...new Set(forms)].filter(Boolean).map((form) => form.split(" "))
  }
}

// Whether a word of a query, in any spelling, is a word or begins it.
const begins = (own, word) => own === word || (word.length > 1 && (own.startsWith(word) || skeleton(own).startsWith(skeleton(word))))

// The same, or the word mistyped.
const beginsNearly = (own, word) => begins(own, word) || isNear(own, word, slips(word.length))

// Whether a word is a form of a name.
const isFormOf = (own, word) => {
  let same = 0
  while (same < own.length && own[same] === word[same]) same += 1
  return word.length > STEM && same >= Math.max(STEM, own.length - 2) && word.length - same <= ENDING
}

// Whether a word of a query, or one that it begins, is among the terms by which a record was found.
const holds = (terms, word) => {
  const bare = MARK + skeleton(word)
  return terms.some((term) => term === word || (word.length > 1 && term.startsWith(word)) || term.startsWith(bare))
}

// The same, or the word mistyped.
const isNearIn = (terms, word) => {
  const bare = skeleton(word)
  const isLike = (term) => (term.startsWith(MARK) ? isNear(term.slice(1), bare, skeletonSlips(bare.length)) : isNear(term, word, slips(word.length)))
  return holds(terms, word) || terms.some(isLike)
}

// The search as it is seen: a box, records, passages, filters. The dialog and the page both show it.

import { Common, FACETS } from "./common.js"
import { calendar, manifest, words } from "./data.js"
import { direction, dotted, element, marked } from "./element.js"
import { Names } from "./names.js"
import { Passages } from "./passages.js"
import { parse } from "./query.js"

// Records, pages and passages of a page that show at first.
const RECORDS = 6
const PAGES = 10
const PASSAGES = 3
// Pages with the words of a query from which on they are taken for no rare name.
const MANY = 1000
// While somebody types, in milliseconds.
const PAUSE = 120

export const EMPTY = { q: "", kind: [], outlet: [], year: [], person: [], only: false, sort: "best" }

export class View {
  #run = 0
  #timer = 0
  #names = null
  #passages = null
  #facets = null
  #calendar = null

  // `isList`: as one list of options that the arrow keys go through from the box, for the dialog.
  // `changed`: told of every state; `isStep` where a reader may want to go back to the one before.
  // `submitted`: what Enter does, where it does not search.
  constructor(base, say, listed, { isList = false, changed = () => {}, submitted = null } = {}) {
    Object.assign(this, { base, say, listed, isList, changed, submitted, state: { ...EMPTY }, pages: PAGES, records: RECORDS })
    const own = isList ? "dialog" : "page"
    this.id = `search-${own}`
    this.input = element("input", {
      type: "text", class: "search__input", inputmode: "search", enterkeyhint: "search", name: "q",
      autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false",
      "aria-label": say("box"), placeholder: say("box"),
      role: isList && "combobox", "aria-expanded": isList && "false", "aria-controls": isList && `${this.id}-results`,
      "aria-autocomplete": isList && "list",
      oninput: () => this.#typed(),
    })
    this.clear = element("button", { type: "button", class: "search__clear", "aria-label": say("clear"), hidden: true, onclick: () => this.#cleared() }, "×")
    this.form = element("form", { class: "search__form", role: "search", onsubmit: (event) => this.#submitted(event) }, this.input, this.clear)
    this.status = element("p", { class: "search__status", role: "status" })
    this.note = element("div", { class: "search__note" })
    this.results = element("div", { class: "search__results", id: `${this.id}-results`, role: isList && "listbox", "aria-label": isList && say("title") })
    this.rest = element("div", { class: "search__rest" })
    this.filters = element("div", { class: "search__filters", hidden: true })
    this.main = element("div", { class: "search__main" }, this.status, this.note, this.results, this.rest)
    this.body = element("div", { class: "search__body" }, this.main, this.filters)
    this.box = element("div", { class: "search" }, this.form, this.body)
    this.isOpen = !isList && matchMedia("(min-width: 60rem)").matches
  }

  static async of(base, options) {
    const [say, listed] = await Promise.all([words(base), manifest(base)])
    const view = new View(base, say, listed, options)
    if (listed) view.#prepare()
    return view
  }

  #prepare() {
    this.#names ??= Names.of(this.base, this.listed, this.say("fillers"))
    this.#names.catch(() => (this.#names = null))
    this.#passages ??= new Passages(this.base, this.listed)
    this.common ??= new Common(this.listed.common)
  }

  // Shows a state; a promise of its results.
  set(state) {
    this.state = { ...EMPTY, ...state }
    if (this.input.value !== this.state.q) this.input.value = this.state.q
    this.pages = PAGES
    this.records = RECORDS
    return this.search()
  }

  type(words) {
    this.input.value = words
    this.#typed()
  }

  #typed() {
    this.state = { ...this.state, q: this.input.value, only: false }
    this.pages = PAGES
    this.records = RECORDS
    this.changed(this.state, false)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.search(), PAUSE)
  }

  #cleared() {
    this.input.value = ""
    this.#typed()
    this.input.focus()
  }

  #submitted(event) {
    event.preventDefault()
    clearTimeout(this.#timer)
    if (this.submitted) return this.submitted(this)
    this.changed(this.state, true)
    return this.search()
  }

  #change(change) {
    this.state = { ...this.state, ...change }
    this.pages = PAGES
    this.changed(this.state, true)
    return this.search()
  }

  async search() {
    const run = (this.#run += 1)
    this.options = 0
    const isCurrent = () => run === this.#run
    this.clear.hidden = !this.input.value
    if (!this.listed) return this.#told("absent")
    const { q, only } = this.state
    const isFiltered = [...FACETS, "person"].some((facet) => this.state[facet].length)
    this.box.classList.toggle("search--empty", !q.trim() && !isFiltered)
    if (!q.trim() && !isFiltered) return this.#showStart(isCurrent)
    try {
      this.#prepare()
      this.box.setAttribute("aria-busy", "true")
      const names = await this.#names
      if (!isCurrent()) return undefined
      const [time, dated] = only ? [null, []] : await this.#dated(q)
      // Texts write a date in the language's own way, however it is typed.
      const text = dated.length ? time.text : q
      const { phrases, words } = parse(text)
      const typed = words.join(" ")
      const isExact = phrases.length > 0 && !words.length
      this.datedGroups = await this.#datedGroups(time, dated)
      if (!isCurrent()) return undefined
      let found = names.find(q)
      this.#showRecords(names, found)
      const understood = () => (only || isExact || dated.length ? null : names.understand(typed))
      let meant = understood()
      const lacks = this.state.person.some((id) => !names.byId.has(id))
      const again = async () => {
        await names.all()
        if (!isCurrent()) return
        found = names.find(q)
        this.#showRecords(names, found)
        meant = understood()
      }
      // Words in quotation marks are no name that somebody misspelt.
      // Anybody may have held an office.
      if (lacks || names.held(q).length || (q.trim() && !found.length && !meant?.isSure && !isExact)) await again()
      if (!isCurrent()) return undefined
      // Those whom a query with other words names come before its passages too.
      if (meant?.isSure) this.#showRecords(names, [...new Set([...found, ...meant.named])])
      const people = this.state.person.map((id) => names.byId.get(id)).filter(Boolean)
      const literal = meant?.isSure ? [] : await this.#query(people, words, phrases)
      if (!isCurrent()) return undefined
      // Words of very many pages are no name of a record that few articles name, as those of later chunks are.
      if (!names.isWhole && !meant?.isSure && !isExact && literal.length < MANY) await again()
      if (!isCurrent()) return undefined
      // A guess holds only where the words as typed stand nowhere.
      const asked = (words) => this.common.part(words.join(" ")).asked
      let absent = meant?.isSure || isExact ? [] : await this.#passages.absent(asked(words))
      const named = meant && (meant.isSure || absent.length || !literal.length) ? meant : null
      const isThere = meant?.isSure || literal.length > 0
      const isKnown = found.length > 0 || dated.length > 0 || isExact || (isThere && (await this.#passages.has(asked(meant?.isSure ? meant.words : words))))
      if (named) absent = await this.#passages.absent(asked(named.words))
      const typedWords = named ? named.words : words
      const corrected = only || dated.length ? new Map() : await this.#corrected(absent)
      absent = absent.filter((word) => !corrected.has(word))
      const asWords = typedWords.map((word) => corrected.get(word) ?? word)
      const results = named || corrected.size ? await this.#query([...people, ...(named?.named ?? [])], asWords, phrases) : literal
      if (!isCurrent()) return undefined
      if (!isKnown || named) {
        const [sure, guessed] = named?.isSure ? [named.named, []] : [[], named?.named ?? []]
        this.#showRecords(names, [...new Set([...found, ...sure])], isKnown ? guessed : [...names.near(q), ...guessed])
      }
      const passed = isExact ? [] : this.common.part(named ? named.words.join(" ") : typed).passed
      const shown = dated.length && absent.length ? [] : results
      await this.#showPassages(names, { results: shown, text, named, corrected, guess: named ? null : meant, absent, passed, phrases, people, isCurrent })
      // The names that were not needed come when all is shown, for the next query.
      if (!isCurrent() || names.isWhole) return undefined
      await names.all()
      if (isExact && !found.length && isCurrent() && names.find(q).length) return await this.search()
    } catch (error) {
      console.warn(error)
      if (isCurrent()) this.#told("broken")
    } finally {
      if (isCurrent()) this.box.removeAttribute("aria-busy")
    }
    return undefined
  }

  // Of the words typed only those that are looked for as such; where none are left, all texts.
  #query(names, words, phrases) {
    return this.#passages.search({ records: names.map(({ id }) => id), words: this.common.part(words.join(" ")).asked, phrases })
  }

  // In place of results: a hint, or that there is no search here, with the ways in.
  #told(key) {
    this.status.textContent = this.say(key)
    this.note.replaceChildren()
    this.results.replaceChildren()
    this.filters.hidden = true
    this.input.removeAttribute("aria-activedescendant")
    const index = new URL("search/", this.base).href
    const isFault = key !== "hint"
    this.rest.replaceChildren(...(isFault && this.isList ? [element("a", { href: index }, this.say("title"))] : []))
    this.#expanded()
  }

  // Before anything is typed: the pages that the reader opened last, the records that most articles name, and the keys.
  async #showStart(isCurrent) {
    this.#told("hint")
    const { forgetting, keys, recentPages } = await import("./empty.js")
    if (!isCurrent()) return
    const option = (href, kind, name, line) => this.#option({ href: new URL(href, this.base).href }, this.#name(kind, name), element("span", { class: "hit__line" }, dotted([this.say.kind(kind) ?? "", ...line])))
    const pages = recentPages(this.base)
    const recent = this.#group("recent", this.say("recent"), pages.map(({ path, kind, title }) => option(path, kind, title, [])))
    const show = (...groups) => {
      this.results.replaceChildren(...[recent, ...groups].filter(Boolean))
      const forget = pages.length ? forgetting(this.base, this.say, () => this.search()) : ""
      this.rest.replaceChildren(...[forget, this.isList ? keys(this.say) : ""].filter(Boolean))
      this.#expanded()
    }
    show()
    try {
      this.#prepare()
      const { rows } = await this.#names
      if (!isCurrent()) return
      const named = rows.filter(({ kind, weight }) => weight && kind !== "question")
      const [people, others] = [true, false].map((isPerson) => named.filter(({ kind }) => (kind === "person") === isPerson).slice(0, RECORDS / 2))
      const most = [...people, ...others]
      show(this.#group("most", this.say("most_named"), most.map(({ address, kind, label, weight }) => option(address, kind, label, [this.say("cited_in", { n: weight })]))))
    } catch (error) {
      console.warn(error)
      if (isCurrent()) this.#told("broken")
    }
  }

  // A list without options is none.
  #expanded() {
    if (!this.isList) return
    const isThere = this.results.childElementCount > 0
    this.results.hidden = !isThere
    this.input.setAttribute("aria-expanded", String(isThere))
  }

  #name(kind, label) {
    return element("span", { class: `k ${kind === "statement" ? "person" : kind}` }, element("span", { class: "hit__name", dir: direction(label) }, label))
  }

  #option(attributes, ...children) {
    const more = this.isList ? { role: "option", tabindex: "-1", "aria-selected": "false", id: `${this.id}-${(this.options += 1)}` } : {}
    return element("a", { class: "hit", ...more, ...attributes }, ...children)
  }

  #group(name, heading, rows) {
    if (!rows.length) return ""
    const id = `${this.id}-${name}`
    const head = element(this.isList ? "div" : "h2", { class: "search__heading", id }, heading)
    return element(this.isList ? "div" : "section", { class: `search__${name}`, role: this.isList && "group", "aria-labelledby": id }, head, ...rows)
  }

  // `near`: those that may have been meant, of other names than what was typed.
  #showRecords(names, found, near = []) {
    const similar = near.filter((name, at) => !found.includes(name) && near.indexOf(name) === at)
    const groups = Object.entries({ records: found, similar }).map(([key, rows]) => this.#recordGroup(names, key, rows))
    this.recordGroups = [...this.datedGroups, ...groups].filter(Boolean)
    this.results.replaceChildren(...this.recordGroups)
    this.#expanded()
    this.#selected(null)
  }

  #recordGroup(names, key, found) {
    // A filter by kind is one of records too.
    const kept = this.state.kind.length ? found.filter(({ kind }) => this.state.kind.includes(kind)) : found
    const rows = kept.slice(0, this.records).map((name) => {
      const other = names.spelling(name, this.state.q)
      const office = names.office(name, this.state.q)
      const what = office.length ? element("span", {}, ...marked(office)) : name.line
      const line = [what, other && this.say("also", { names: other }), name.years, name.weight && this.say("cited_in", { n: name.weight })]
      return this.#option(
        { href: new URL(name.address, this.base).href },
        this.#name(name.kind, name.label),
        element("span", { class: "hit__line" }, dotted([this.say.kind(name.kind), ...line])),
      )
    })
    // Guesses are not what was looked for.
    if (key === "records") this.shownRecords = kept.length
    return this.#group(key, this.say(key), [...rows, this.#allRecords(kept.length)].filter(Boolean))
  }

  // The time that a query asks for, if it does, and what has a date in it and passes the filters.
  async #dated(query) {
    // Dates have digits: what reads them is fetched with the first.
    if (!/\d/.test(query)) return [null, []]
    this.#calendar ??= Promise.all([import("./when.js"), calendar(this.base)]).then(([{ Calendar }, written]) => new Calendar(written, this.say("fillers")))
    this.#calendar.catch(() => (this.#calendar = null))
    const time = (await this.#calendar).read(query)
    return [time, time ? await this.#within(time) : []]
  }

  async #within(time) {
    const { Dates } = await import("./dates.js")
    const found = await new Dates(this.base, this.listed).find(time, await this.#passages.kinds())
    if (!found.length || !this.#isFiltered()) return found
    const kept = (await this.#loadFacets()).passing(found, this.state)
    if (!this.state.person.length) return kept
    const naming = new Map((await this.#passages.search({ records: this.state.person })).map((result) => [result.number, result.named]))
    return kept.filter(({ kind, number, passage }) => naming.has(number) && (kind !== "statement" || naming.get(number).every((places) => places.includes(passage))))
  }

  async #datedGroups(time, dated) {
    this.shownDates = dated.length
    const heading = { dated: () => this.say(`of_${time.key}`, { date: time.text }), around: () => this.say("around", { date: time.text }) }
    const groups = ["dated", "around"].map(async (key) => {
      const all = dated.filter(({ isWithin }) => isWithin === (key === "dated"))
      if (!all.length) return ""
      const rows = await Promise.all(all.slice(0, this.records).map(async (one) => this.#datedRow(await this.#passages.dated(one))))
      return this.#group(key, heading[key](), [...rows, this.#allRecords(all.length)].filter(Boolean))
    })
    return Promise.all(groups)
  }

  #datedRow({ title, outlet, kind, date, href, text }) {
    const line = element("span", { class: "hit__line" }, dotted([this.say.kind(kind), outlet, date]))
    return this.#option({ href }, this.#name(kind, title), line, text ? element("span", { class: "hit__text", dir: direction(text) }, text) : "")
  }

  // A button that shows all records of a group, of which there are so many.
  #allRecords(size) {
    if (size <= this.records || this.isList) return ""
    return element("button", { type: "button", class: "search__more", onclick: () => { this.records = size; this.search() } }, this.say("more_records", { n: size }))
  }

  async #showPassages(names, { results, text, named, corrected, guess, absent, passed, phrases, people, isCurrent }) {
    const { q, sort } = this.state
    const isFiltered = FACETS.some((facet) => this.state[facet].length)
    let kept = results
    if (isFiltered || sort !== "best" || !q.trim()) {
      const facets = await this.#loadFacets()
      kept = facets.passing(results, this.state)
      if (sort !== "best") kept = facets.byDate(kept, sort === "newest")
    }
    const looked = [...people, ...(named?.named ?? [])]
    const forms = looked.map((name) => names.forms(name))
    const shown = kept.slice(0, this.isList ? PAGES : this.pages)
    const texts = await Promise.all(shown.map((result) => this.#passages.read(result, names.fold, forms, passed)))
    if (!isCurrent()) return
    const groups = [["passages", ""], ["apart", "_apart"]].map(([name, form]) => {
      const rows = texts.filter(({ isWhole }) => isWhole === !form).flatMap((text) => this.#textRows(text))
      const heading = this.#heading(text, named, corrected, people, absent, passed, phrases, form)
      const isGuess = corrected.size > 0 || named?.isGuess === true
      const group = this.#group(name, isGuess ? this.say("guess", { heading }) : heading, rows)
      if (group && isGuess) group.classList.add("search__guess")
      return group
    })
    this.results.replaceChildren(...[...this.recordGroups, ...groups].filter(Boolean))
    this.#expanded()
    this.#note(named, corrected, guess, results.length ? absent : [], passed)
    this.#counted(kept.length, isFiltered || people.length > 0)
    this.#more(kept.length)
    // Filters are fetched when the first passages are there.
    const facets = await this.#loadFacets()
    if (isCurrent()) await this.#showFilters(names, facets, results, looked, isCurrent)
  }

  // What words that no text has may be mistyped from: of words that are alike, the one that most texts have.
  async #corrected(absent) {
    if (!absent.length) return new Map()
    const { Spelling } = await import("./spelling.js")
    this.spelling ??= new Spelling(this.base, this.listed)
    const found = await Promise.all(absent.map(async (word) => {
      const near = await this.spelling.near(word)
      const sizes = await Promise.all(near.map(async (one) => (near.length > 1 ? (await this.#passages.search({ words: [one] })).length : 1)))
      return [word, near[sizes.indexOf(Math.max(...sizes))]]
    }))
    return new Map(found.filter(([, near]) => near))
  }

  #filtering() {
    return import("./filters.js")
  }

  async #loadFacets() {
    this.#facets ??= this.#filtering().then(({ Facets }) => Facets.of(this.base, this.listed))
    this.#facets.catch(() => (this.#facets = null))
    return this.#facets
  }

  #listed(names) {
    return new Intl.ListFormat(this.say.locale).format(names.map(({ label }) => label))
  }

  // `form`: of passages that have all that is asked, or of pages that have it in several passages.
  #heading(text, named, corrected, people, absent, passed, phrases, form) {
    const name = this.#listed([...(named?.named ?? []), ...people])
    const quoted = phrases.map((phrase) => `“${phrase.join(" ")}”`)
    const typed = (named ? [...quoted, ...named.words] : text.trim().split(/\s+/)).filter((word) => !absent.includes(word)).map((word) => corrected.get(word) ?? word)
    const asked = typed.filter((word) => !passed.includes(word))
    const words = (asked.length || name ? asked : typed).join(" ")
    if (name) return this.say(`${words ? "naming_with" : "naming"}${form}`, { name, words })
    return words ? this.say(`with_words${form}`, { words }) : this.say("passages")
  }

  // What was understood of the query, and the other way to take it.
  #note(named, corrected, guess, absent, passed) {
    const { q, only } = this.state
    const button = (key, values, change) => element("button", { type: "button", class: "search__other", onclick: () => this.#change(change) }, this.say(key, values))
    const told = (key, words) => element("span", { class: "search__absent" }, this.say(key, { n: words.length, words: new Intl.ListFormat(this.say.locale).format(words.map((word) => `“${word}”`)) }))
    const notes = []
    if (corrected.size) {
      const query = q.trim().split(/\s+/).map((word) => corrected.get(word) ?? word).join(" ")
      notes.push(told("as_typed", [...corrected.keys()]), button("did_you_mean", { words: query }, { q: query }))
    } else if (named?.isGuess) notes.push(told("as_typed", [q.trim()]), button("did_you_mean", { words: this.#listed(named.named) }, { q: named.named[0].label }))
    else if (named) notes.push(button("only_words", { words: q.trim(), n: q.trim().split(/\s+/).length }, { only: true }))
    else if (only) notes.push(button("instead", { name: this.onlyName ?? q.trim() }, { only: false }))
    else if (guess) notes.push(button("meant", { name: this.#listed(guess.named) }, { q: guess.named[0].label }))
    if (passed.length) notes.unshift(told("stands_everywhere", [...new Set(passed)]))
    if (absent.length) notes.unshift(told("stands_nowhere", absent))
    if (named) this.onlyName = this.#listed(named.named)
    this.note.replaceChildren(...notes)
    if (this.input.value !== this.state.q) this.input.value = this.state.q
  }

  #textRows({ title, outlet, kind, passages }) {
    return passages.slice(0, PASSAGES).map(({ anchor, date, href, isTitle, parts }, at) => {
      const source = [kind === "article" ? "" : this.say.kind(kind), outlet, date]
      const number = /^p\d+$/.test(anchor) ? this.say("paragraph", { n: anchor.slice(1) }) : ""
      const head = at
        ? [element("span", { class: "hit__line" }, number || date)]
        : [
            this.#name(kind, title),
            element("span", { class: "hit__line" }, dotted([...source, number])),
          ]
      return this.#option({ href, class: at ? "hit hit--more" : "hit hit--passage" }, ...head, isTitle ? "" : element("span", { class: "hit__text", dir: direction(parts.map((part) => part.text).join(" ")) }, ...marked(parts)))
    })
  }

  #counted(pages, isFiltered) {
    const told = []
    if (this.shownDates) told.push(this.say("found_dates", { n: this.shownDates }))
    if (this.shownRecords) told.push(this.say("found_records", { n: this.shownRecords }))
    if (pages) told.push(this.say("found_pages", { n: pages }))
    this.status.textContent = told.join(", ") || this.say(isFiltered ? "nothing_filtered" : "nothing")
  }

  #more(pages) {
    const more = []
    if (this.isList && (pages > PAGES || Math.max(this.shownRecords ?? 0, this.shownDates ?? 0) > RECORDS)) more.push(element("a", { href: this.address() }, this.say("all", { n: pages })))
    else if (!this.isList && pages > this.pages) {
      more.push(element("button", { type: "button", class: "search__more", onclick: () => this.#further() }, this.say("more")))
    }
    this.rest.replaceChildren(...more)
  }

  async #further() {
    const passages = () => [...this.results.querySelectorAll(":is(.search__passages, .search__apart) .hit")]
    const before = new Set(passages().map(({ href }) => href))
    this.pages += PAGES
    await this.search()
    passages().find(({ href }) => !before.has(href))?.focus()
  }

  async #showFilters(names, facets, results, named, isCurrent) {
    const { panel } = await this.#filtering()
    const options = { say: this.say, state: this.state, names, facets, results, named, isOpen: this.isOpen, change: (change) => this.#change(change), opened: (isOpen) => (this.isOpen = isOpen) }
    const made = await panel(options)
    if (!isCurrent()) return
    const focused = this.filters.contains(document.activeElement) ? document.activeElement.dataset.value ?? document.activeElement.tagName : ""
    this.filters.replaceChildren(made)
    this.filters.hidden = !results.length && !this.#isFiltered()
    // The new ones keep the focus where it was.
    if (focused) this.filters.querySelector(`[data-value="${CSS.escape(focused)}"], ${/^[A-Z]+$/.test(focused) ? focused : "none"}`)?.focus()
  }

  #isFiltered() {
    return [...FACETS, "person"].some((facet) => this.state[facet].length)
  }

  // The address of the page that shows the same.
  address(state = this.state) {
    const url = new URL("search/", this.base)
    if (state.q.trim()) url.searchParams.set("q", state.q.trim())
    for (const facet of [...FACETS, "person"]) for (const value of state[facet]) url.searchParams.append(facet, value)
    if (state.only) url.searchParams.set("only", "words")
    if (state.sort !== "best") url.searchParams.set("sort", state.sort)
    return url.href
  }

  // Which option the arrow keys have come to.
  #selected(option) {
    this.results.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false")
    if (!option) return this.input.removeAttribute("aria-activedescendant")
    option.setAttribute("aria-selected", "true")
    option.scrollIntoView({ block: "nearest" })
    return this.input.setAttribute("aria-activedescendant", option.id)
  }

  get selected() {
    return this.results.querySelector('[aria-selected="true"]')
  }

  // Moves through the options; past either end is none.
  move(step) {
    const options = [...this.results.querySelectorAll('[role="option"]')]
    const at = options.indexOf(this.selected)
    const next = at < 0 ? (step > 0 ? 0 : options.length - 1) : at + step
    this.#selected(options[next] ?? null)
  }
}

// The state that an address says.
export const stateOf = (search) => {
  const said = new URLSearchParams(search)
  const sort = said.get("sort")
  return {
    q: said.get("q") ?? "",
    ...Object.fromEntries([...FACETS, "person"].map((facet) => [facet, said.getAll(facet)])),
    only: said.get("only") === "words",
    sort: ["newest", "oldest"].includes(sort) ? sort : "best",
  }
}

// Filters and sorts a list: a table, or a list of items. What there is to filter and sort by is in the page (see
// generator/pages/indexes/faceted.py), and what is chosen is in its address. The rows of a list of several pages
// are read from these pages once they are needed, so that filters are always those of the whole list.

import { loose } from "./folding.js"

const SITE = new URL("../../", import.meta.url).href
// Values that a panel lists at once.
const LISTED = 60

const mark = document.querySelector(".facets[data-index]")
const words = JSON.parse(document.getElementById("__facets").dataset.words)
const language = document.documentElement.lang
const plural = new Intl.PluralRules(language)
const collator = new Intl.Collator(language, { numeric: true })
const index = JSON.parse(mark.dataset.index)
const { columns, parts } = index
const facets = index.facets.map(([key, label, isInOrder]) => ({ key, label, isInOrder, names: new Map() }))

const fill = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name])
const said = (key, values) => {
  const message = words[key]
  return fill(typeof message === "string" ? message : message[plural.select(values.n)] ?? message.other, values)
}

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

// Thousands are set apart as the language has it.
const digits = (text) => Number(text.replace(/[^0-9]/g, ""))


// The rows of a page, each with the ids of its values.

const rowsOf = (page, values) =>
  [...page.querySelectorAll("[data-of]")].map(({ dataset, parentElement }) => {
    const row = parentElement.closest("tr") ?? parentElement.closest("li")
    const ids = dataset.of.split(";").map((numbers, place) =>
      new Set((numbers ? numbers.split(",") : []).map((number) => {
        const [id, name] = values[place][number]
        facets[place].names.set(id, name)
        return id
      })))
    return { row, ids, text: loose(row.textContent) }
  })

const keyOf = ({ row }, column) => {
  const cell = row.cells[column]
  return cell.querySelector("[data-sort]")?.dataset.sort ?? cell.textContent.trim()
}

// What has no value comes last either way; equals keep their order.
const sorted = (rows, key, isBackward) => {
  const column = columns.findIndex(([name]) => name === key)
  if (column < 0) return rows
  const by = columns[column][1]
  const compare =
    by === "text" ? collator.compare : by === "date" ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : (a, b) => digits(a) - digits(b)
  const keyed = rows.map((row) => ({ row, key: keyOf(row, column) }))
  keyed.sort((a, b) => (!a.key || !b.key ? (a.key ? -1 : 0) - (b.key ? -1 : 0) : (isBackward ? -1 : 1) * compare(a.key, b.key)))
  return keyed.map(({ row }) => row)
}

const order = { column: index.order.replace(/^-/, ""), isBackward: index.order.startsWith("-") }
const own = rowsOf(document, index.values)
const box = own[0].row.parentElement
// Rows that are shown at once: a row of a table is one line, an item of a list several.
const STEP = box.matches("tbody") ? 200 : 50
let rows = own
let reading = null

// A row of another page says where its links lead from here, in the form that style sheets read kinds off.
const HERE = location.href.replace(/[?#].*/, "")
const UP = "../".repeat(HERE.slice(SITE.length).split("/").length - 1)
const rebased = (row, page) => {
  for (const link of row.querySelectorAll("a[href]")) {
    const { href } = new URL(link.getAttribute("href"), page)
    if (href.startsWith(HERE)) link.setAttribute("href", href.slice(HERE.length))
    else if (href.startsWith(SITE)) link.setAttribute("href", UP + href.slice(SITE.length))
  }
  for (const named of row.querySelectorAll("[id]")) named.removeAttribute("id")
}

const read = async (part) => {
  const url = new URL(part, HERE).href
  const response = await fetch(url)
  if (!response.ok) throw new Error(url)
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  const { values } = JSON.parse(page.querySelector("[data-part]").dataset.part)
  const found = rowsOf(page, values)
  for (const { row } of found) rebased(row, url)
  return found
}

// All rows, read when they are first needed.
const whole = () => {
  reading ??= Promise.all(parts.map(read)).then(
    (found) => {
      rows = index.repeat && parts.length ? sorted(found.flat(), order.column, order.isBackward) : [...own, ...found.flat()]
      return true
    },
    () => {
      reading = null
      return false
    },
  )
  return reading
}


// The choice: words, ids by facet, and a column.

const chosen = { words: "", ids: facets.map(() => new Set()), column: "", isBackward: false }
let most = STEP

const restored = () => {
  const asked = new URLSearchParams(location.search)
  chosen.words = asked.get("q") ?? ""
  chosen.ids = facets.map(({ key }) => new Set(asked.getAll(key).flatMap((value) => value.split(",")).filter(Boolean)))
  const sort = asked.get("sort") ?? ""
  const name = sort.replace(/^-/, "")
  const isKnown = columns.some(([key, by]) => by && key === name)
  chosen.column = isKnown ? name : order.column
  chosen.isBackward = isKnown ? sort.startsWith("-") : order.isBackward
}

const isSorted = () => chosen.column !== order.column || chosen.isBackward !== order.isBackward
const isFiltered = () => Boolean(chosen.words) || chosen.ids.some((wanted) => wanted.size)

const address = () => {
  const asked = new URLSearchParams(location.search)
  for (const key of ["q", "sort", ...facets.map(({ key }) => key)]) asked.delete(key)
  if (chosen.words) asked.set("q", chosen.words)
  facets.forEach(({ key }, place) => {
    if (chosen.ids[place].size) asked.set(key, [...chosen.ids[place]].join(","))
  })
  if (isSorted()) asked.set("sort", (chosen.isBackward ? "-" : "") + chosen.column)
  // A comma needs no escape there, and is read more easily.
  const query = asked.toString().replaceAll("%2C", ",")
  return query ? `?${query}` : ""
}


// What the reader sees of it.

const input = element("input", { type: "search", className: "facets__find", placeholder: words.find, autocomplete: "off", spellcheck: false })
input.setAttribute("aria-label", words.find)
const status = element("p", { className: "facets__status" })
status.setAttribute("role", "status")
const clear = element("button", { type: "button", className: "facets__clear", textContent: words.clear })
const more = element("button", { type: "button", className: "facets__more" })

const panels = facets.map(({ label }, place) => {
  const number = element("span", { className: "facet__on" })
  const find = element("input", { type: "search", className: "facets__find", placeholder: words.find_value, autocomplete: "off" })
  find.setAttribute("aria-label", words.find_value)
  const lines = element("div")
  const legend = element("legend", { className: "vh", textContent: fill(words.values, { facet: label }) })
  const summary = element("summary", {}, label, number)
  const panel = element("details", { className: "facet" }, summary, element("fieldset", {}, legend, find, lines))
  // Before it opens, so that the next tab stop is in it.
  summary.addEventListener("click", () => panel.open || needed(() => list(place)))
  find.addEventListener("input", () => list(place))
  // One value says nothing, unless rows lack it or there are more pages.
  panel.hidden = !parts.length && facets[place].names.size < 2 && own.every(({ ids }) => ids[place].size)
  return { panel, number, find, lines }
})

// The values of a panel with the number of rows that each would show.
const list = (place) => {
  const { key, names, isInOrder } = facets[place]
  const { find, lines } = panels[place]
  const all = new Map([...names.keys()].map((id) => [id, 0]))
  for (const { ids } of rows) for (const id of ids[place]) all.set(id, all.get(id) + 1)
  const counts = new Map()
  for (const row of rows) if (fits(row, place)) for (const id of row.ids[place]) counts.set(id, (counts.get(id) ?? 0) + 1)
  const wanted = chosen.ids[place]
  const by = isInOrder
    ? ([a], [b]) => (a < b ? 1 : -1)
    : ([a, n], [b, m]) => (a === "other") - (b === "other") || m - n || collator.compare(names.get(a), names.get(b))
  const found = [...all].sort(by).map(([id]) => id)
  find.hidden = found.length <= LISTED
  const asked = find.hidden ? "" : loose(find.value.trim())
  const shown = found.filter((id) => loose(names.get(id)).includes(asked))
  const first = shown.filter((id, at) => at < LISTED || wanted.has(id))
  const focused = document.activeElement?.name === key ? document.activeElement.value : null
  lines.replaceChildren(...first.map((id) => {
    const box = element("input", { type: "checkbox", name: key, value: id, checked: wanted.has(id) })
    box.addEventListener("change", () => {
      if (box.checked) wanted.add(id)
      else wanted.delete(id)
      change()
    })
    const line = element("label", {}, box,
      element("span", { textContent: names.get(id), dir: "auto" }),
      element("span", { className: "facet__count", textContent: counts.get(id) ?? 0 }))
    line.classList.toggle("facet__none", !counts.has(id))
    return line
  }))
  if (focused !== null) [...lines.querySelectorAll("input")].find(({ value }) => value === focused)?.focus()
}

const form = element("form", { className: "facets" }, input, ...panels.map(({ panel }) => panel), clear, status)
form.setAttribute("aria-label", words.title)
mark.closest("p").replaceWith(form)

const heads = [...box.closest("table")?.tHead.rows[0].cells ?? []]
columns.forEach(([key, by], place) => {
  if (!by) return
  const button = element("button", { type: "button", className: "sort" }, ...heads[place].childNodes)
  button.addEventListener("click", () => {
    // Numbers and dates begin with the greatest.
    const startsBackward = by === "number" || by === "date"
    chosen.isBackward = chosen.column === key ? !chosen.isBackward : startsBackward
    chosen.column = key
    change()
  })
  heads[place].append(button)
})

// Bars over time, each of which filters by its period, and by what its row of bars counts.
const choiceOf = (bar) => [...new URLSearchParams(bar.dataset.choice)].map(([key, id]) => [chosen.ids[facets.findIndex((facet) => facet.key === key)], id])
const isChosen = (bar) => choiceOf(bar).every(([wanted, id]) => wanted.has(id))
const bars = [...document.querySelectorAll(".bars [data-choice]")]
for (const bar of bars) {
  bar.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const wasChosen = isChosen(bar)
    for (const [wanted, id] of choiceOf(bar)) {
      wanted.clear()
      if (!wasChosen) wanted.add(id)
    }
    change()
  })
}

const frame = box.closest(".wide") ?? box
frame.after(more)
// Links to groups on this page are of use in its own order alone; what follows the first rows, without scripts.
const jumps = [...document.querySelectorAll("p:has(> .letters)")]
const isLocal = jumps.some((bar) => bar.querySelector('a[href^="#"]'))


// Showing the choice

const fits = ({ ids, text }, without) =>
  loose(chosen.words).split(/\s+/).every((word) => text.includes(word)) &&
  chosen.ids.every((wanted, place) => place === without || !wanted.size || [...wanted].some((id) => ids[place].has(id)))

const tell = (text) => {
  if (status.textContent !== text) status.textContent = text
}

const show = () => {
  // Ids that no row has, of an old address.
  chosen.ids.forEach((wanted, place) => {
    if (reading || !parts.length) for (const id of [...wanted]) if (!facets[place].names.has(id)) wanted.delete(id)
  })
  const inOrder = isSorted() ? sorted(rows, chosen.column, chosen.isBackward) : rows
  const found = inOrder.filter((row) => fits(row))
  const isPlain = !isFiltered() && !isSorted()
  // As the page was, until more is asked for.
  const shown = isPlain && most === STEP ? (index.repeat ? own : own.filter((row) => fits(row))) : found.slice(0, most)
  box.replaceChildren(...shown.map(({ row }) => row))
  frame.toggleAttribute("data-sorted", !isPlain)
  if (isLocal || !index.repeat) for (const bar of jumps) bar.hidden = !isPlain
  for (const bar of bars) {
    if (isChosen(bar)) bar.setAttribute("aria-current", "true")
    else bar.removeAttribute("aria-current")
  }
  heads.forEach((cell, place) => {
    const [key, by] = columns[place] ?? []
    if (by && key === chosen.column) cell.setAttribute("aria-sort", chosen.isBackward ? "descending" : "ascending")
    else cell.removeAttribute("aria-sort")
  })
  panels.forEach(({ panel, number }, place) => {
    number.textContent = chosen.ids[place].size || ""
    if (panel.open) list(place)
  })
  clear.hidden = !isFiltered()
  const left = found.length - shown.length
  more.hidden = !(left > 0 || (parts.length && !reading))
  more.textContent = words.more
  tell(isFiltered() ? said(found.length ? "shown" : "none", { n: found.length, all: rows.length }) : "")
}

// Does what needs all rows, once they are there.
const needed = async (act) => {
  if (!parts.length) return act()
  const isWaiting = setTimeout(() => tell(words.loading), 150)
  const isWhole = await whole()
  clearTimeout(isWaiting)
  if (!isWhole) return tell(words.failed)
  tell("")
  return act()
}

const change = () => {
  most = STEP
  history.pushState(null, "", location.pathname + address() + location.hash)
  needed(show)
}

let typing = 0
input.addEventListener("focus", () => needed(() => {}), { once: true })
input.addEventListener("input", () => {
  clearTimeout(typing)
  typing = setTimeout(() => {
    chosen.words = input.value.trim()
    most = STEP
    // A word is one step back, not each of its letters.
    history.replaceState(null, "", location.pathname + address() + location.hash)
    needed(show)
  }, 120)
})
form.addEventListener("submit", (event) => event.preventDefault())
clear.addEventListener("click", () => {
  chosen.words = input.value = ""
  for (const wanted of chosen.ids) wanted.clear()
  change()
  input.focus()
})
more.addEventListener("click", () => {
  const last = box.lastElementChild
  most = box.children.length + STEP
  needed(() => {
    show()
    last.nextElementSibling?.querySelector("a")?.focus()
  })
})

// One panel at a time, closed by Escape and by turning elsewhere.
const closeOthers = (target) => {
  for (const { panel } of panels) if (!panel.contains(target)) panel.open = false
}
document.addEventListener("click", ({ target }) => target.isConnected && closeOthers(target))
form.addEventListener("focusin", ({ target }) => closeOthers(target))
form.addEventListener("keydown", (event) => {
  const open = panels.find(({ panel }) => panel.open)?.panel
  if (event.key !== "Escape" || !open) return
  open.open = false
  open.querySelector("summary").focus()
})

const restore = () => {
  restored()
  input.value = chosen.words
  if (isFiltered() || isSorted()) needed(show)
  else show()
}
addEventListener("popstate", restore)
restore()

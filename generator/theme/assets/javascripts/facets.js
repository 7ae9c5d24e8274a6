// Filters and sorts the tables of an index. What there is to filter and sort by stands in the page
// (see generator/pages/indexes/faceted.py); what is chosen stands in its address.

import { loose } from "./folding.js"

const mark = document.querySelector(".facets[data-index]")
const words = JSON.parse(document.getElementById("__facets").dataset.words)
const language = document.documentElement.lang
const plural = new Intl.PluralRules(language)
const { columns, facets } = JSON.parse(mark.dataset.index)
const texts = columns.filter(([, by]) => by === "text").map(([key]) => key)

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


// The table as it stands: groups, each with its heading and rows.

const tables = [...document.querySelectorAll(".entry .table")].filter((table) => table.querySelector("[data-of]"))
const groups = tables.map((table) => {
  const box = table.closest(".wide")
  const heading = box.previousElementSibling
  return { table, box, heading: heading?.matches("h2") ? heading : null, body: table.tBodies[0] }
})
const rows = groups.flatMap((group) =>
  [...group.body.rows].map((row) => {
    const { of, ranks } = row.querySelector("[data-of]").dataset
    const values = of.split(";").map((numbers) => new Set(numbers ? numbers.split(",").map(Number) : []))
    return { row, group, values, ranks: ranks.split(","), text: loose(row.textContent) }
  }),
)

// Texts have the rank that the build gave them, by its collation.
const keyOf = ({ row, ranks }, column) => {
  const [key, by] = columns[column]
  if (by === "text") return ranks[texts.indexOf(key)]
  const cell = row.cells[column]
  return cell.querySelector("[data-sort]")?.dataset.sort ?? cell.textContent.trim()
}


// The choice: words, values by facet, and a column; `-` before its name is the other way round.

const chosen = { words: "", values: facets.map(() => new Set()), column: "", isBackward: false }
const first = columns.find(([, by]) => by === "order")?.[0] ?? ""

const read = () => {
  const asked = new URLSearchParams(location.search)
  chosen.words = asked.get("q") ?? ""
  facets.forEach(({ key, values }, place) => {
    const wanted = asked.getAll(key).flatMap((value) => value.split(","))
    chosen.values[place] = new Set(wanted.map((id) => values.findIndex(([known]) => known === id)).filter((n) => n >= 0))
  })
  const sort = asked.get("sort") ?? ""
  const name = sort.replace(/^-/, "")
  const isKnown = columns.some(([key, by]) => by && key === name)
  chosen.column = isKnown ? name : first
  chosen.isBackward = isKnown && sort.startsWith("-")
}

const address = () => {
  const asked = new URLSearchParams(location.search)
  for (const key of ["q", "sort", ...facets.map(({ key }) => key)]) asked.delete(key)
  if (chosen.words) asked.set("q", chosen.words)
  facets.forEach(({ key, values }, place) => {
    if (chosen.values[place].size) asked.set(key, [...chosen.values[place]].map((number) => values[number][0]).join(","))
  })
  if (chosen.column !== first || chosen.isBackward) asked.set("sort", (chosen.isBackward ? "-" : "") + chosen.column)
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

const panels = facets.map(({ key, label, values }, place) => {
  const number = element("span", { className: "facet__on" })
  const lines = values.map(([id, name], value) => {
    const box = element("input", { type: "checkbox", name: key, value: id })
    const count = element("span", { className: "facet__count" })
    const line = element("label", {}, box, element("span", { textContent: name, dir: "auto" }), count)
    box.addEventListener("change", () => {
      if (box.checked) chosen.values[place].add(value)
      else chosen.values[place].delete(value)
      change()
    })
    return { box, count, line }
  })
  const legend = element("legend", { className: "vh", textContent: fill(words.values, { facet: label }) })
  const panel = element("details", { className: "facet" },
    element("summary", {}, label, number),
    element("fieldset", {}, legend, ...lines.map(({ line }) => line)))
  // One value says nothing, unless rows lack it.
  panel.hidden = values.length < 2 && rows.every((row) => row.values[place].size)
  return { panel, number, lines }
})

const form = element("form", { className: "facets" }, input, ...panels.map(({ panel }) => panel), clear, status)
form.setAttribute("aria-label", words.title)
mark.closest("p").replaceWith(form)

const heads = groups.map(({ table }) => [...table.tHead.rows[0].cells])
for (const cells of heads) {
  columns.forEach(([key, by], place) => {
    if (!by) return
    const button = element("button", { type: "button", className: "sort" }, ...cells[place].childNodes)
    button.addEventListener("click", () => {
      // Numbers and dates begin with the greatest, unless the list stands in their order.
      const startsBackward = by === "number" || by === "date"
      chosen.isBackward = chosen.column === key ? !chosen.isBackward : startsBackward
      chosen.column = key
      change()
    })
    cells[place].append(button)
  })
}

const jumpsBar = document.querySelector(".letters")?.parentElement
const jumps = [...jumpsBar?.querySelectorAll("a") ?? []].map((link) => ({ link, href: link.getAttribute("href") }))


// Showing the choice

const fits = ({ values, text }, without) =>
  loose(chosen.words).split(/\s+/).every((word) => text.includes(word)) &&
  chosen.values.every((wanted, place) => place === without || !wanted.size || [...wanted].some((value) => values[place].has(value)))

const sorted = () => {
  const column = columns.findIndex(([key]) => key === chosen.column)
  const by = columns[column]?.[1] ?? "order"
  const way = chosen.isBackward ? -1 : 1
  if (by === "order") return chosen.isBackward ? [...rows].reverse() : rows
  const compare = by === "date" ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : (a, b) => digits(a) - digits(b)
  const keyed = rows.map((row) => ({ row, key: keyOf(row, column) }))
  // What has no value comes last either way; equals keep their order.
  keyed.sort((a, b) => (!a.key || !b.key ? (a.key ? -1 : 0) - (b.key ? -1 : 0) : way * compare(a.key, b.key)))
  return keyed.map(({ row }) => row)
}

const show = () => {
  const isGrouped = chosen.column === first && !chosen.isBackward
  const shown = new Set(rows.filter((row) => fits(row)))
  for (const row of rows) row.row.hidden = !shown.has(row)
  // In another order than their own the groups are one.
  for (const row of sorted()) (isGrouped ? row.group : groups[0]).body.append(row.row)
  for (const group of groups) {
    const isEmpty = isGrouped ? !rows.some((row) => row.group === group && shown.has(row)) : group !== groups[0] || !shown.size
    group.box.hidden = isEmpty
    if (group.heading) group.heading.hidden = isEmpty || !isGrouped
  }
  for (const { link, href } of jumps) {
    if (href.startsWith("#")) link.hidden = !isGrouped || groups.some(({ heading }) => heading?.hidden && heading.querySelector(href))
    else link.setAttribute("href", href + address())
  }
  if (jumpsBar) jumpsBar.hidden = jumps.every(({ link }) => link.hidden)
  for (const cells of heads) {
    columns.forEach(([key, by], place) => {
      if (by && key === chosen.column) cells[place].setAttribute("aria-sort", chosen.isBackward ? "descending" : "ascending")
      else cells[place].removeAttribute("aria-sort")
    })
  }
  panels.forEach(({ number, lines }, place) => {
    const others = rows.filter((row) => fits(row, place))
    number.textContent = chosen.values[place].size || ""
    lines.forEach(({ box, count, line }, value) => {
      const found = others.filter(({ values }) => values[place].has(value)).length
      box.checked = chosen.values[place].has(value)
      count.textContent = found
      line.classList.toggle("facet__none", !found)
    })
  })
  const isFiltered = Boolean(chosen.words) || chosen.values.some((wanted) => wanted.size)
  clear.hidden = !isFiltered
  const told = isFiltered ? said(shown.size ? "shown" : "none", { n: shown.size, all: rows.length }) : ""
  if (status.textContent !== told) status.textContent = told
}

const change = () => {
  history.pushState(null, "", location.pathname + address() + location.hash)
  show()
}

let typing = 0
input.addEventListener("input", () => {
  clearTimeout(typing)
  typing = setTimeout(() => {
    chosen.words = input.value.trim()
    // A word is one step back, not each of its letters.
    history.replaceState(null, "", location.pathname + address() + location.hash)
    show()
  }, 120)
})
form.addEventListener("submit", (event) => event.preventDefault())
clear.addEventListener("click", () => {
  chosen.words = input.value = ""
  for (const wanted of chosen.values) wanted.clear()
  change()
  input.focus()
})

// One panel at a time, closed by Escape and by turning elsewhere.
const closeOthers = (target) => {
  for (const { panel } of panels) if (!panel.contains(target)) panel.open = false
}
document.addEventListener("click", ({ target }) => closeOthers(target))
form.addEventListener("focusin", ({ target }) => closeOthers(target))
form.addEventListener("keydown", (event) => {
  const open = panels.find(({ panel }) => panel.open)?.panel
  if (event.key !== "Escape" || !open) return
  open.open = false
  open.querySelector("summary").focus()
})

const restore = () => {
  read()
  input.value = chosen.words
  show()
}
addEventListener("popstate", restore)
restore()

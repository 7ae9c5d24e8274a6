// The network: a field that finds somebody, switches for sorts of ties, and whoever is pointed at with their ties.
// The table lists the ties that are drawn; the address keeps what was chosen.

import { idOf, make, remember, speaker } from "./common.js"

const SORTS = ["events", "statements", "paragraphs"]

for (const figure of document.querySelectorAll('.fig[data-figure="network"]')) network(figure)

function network(figure) {
  const words = JSON.parse(figure.dataset.words)
  const say = speaker(words)
  const drawing = figure.querySelector(".fig-graph")
  const state = new URLSearchParams(location.search)
  const ties = [...figure.querySelectorAll(".tie")].map((tie) => ({
    tie,
    ends: tie.dataset.ends.split(" "),
    sorts: SORTS.filter((sort) => tie.querySelector(`.${sort}`)),
  }))
  const nodes = new Map([...figure.querySelectorAll(".node")].map((node) => [node.dataset.key, node]))
  const rows = new Map()
  for (const row of document.querySelectorAll(".entry table tbody tr")) {
    const links = row.querySelectorAll("td:nth-child(-n+2) a")
    if (links.length === 2) rows.set([...links].map((a) => idOf(a.href)).sort().join(" "), row)
  }

  const name = (node) => node.querySelector("title").textContent
  const people = [...nodes].map(([key, node]) => [name(node), key]).sort(([a], [b]) => a.localeCompare(b, document.documentElement.lang))
  const list = make("datalist", { id: "network-names" }, ...people.map(([value]) => make("option", { value })))
  const field = make("input", { type: "search", name: "who", autocomplete: "off", dir: "auto" })
  field.setAttribute("list", list.id)
  const told = make("output", { role: "status" })
  const boxes = SORTS.map((sort) => make("input", { type: "checkbox", name: "ties", value: sort, checked: true }))
  const switches = make(
    "fieldset",
    {},
    make("legend", {}, words.ties),
    ...boxes.map((box) => make("label", {}, box, words[box.value])),
  )

  let found = ""
  const light = (key) => {
    const near = new Set([key])
    for (const { tie, ends } of ties) {
      const isNear = ends.includes(key)
      tie.classList.toggle("away", Boolean(key) && !isNear)
      tie.classList.toggle("near", Boolean(key) && isNear)
      if (isNear && !tie.classList.contains("off")) ends.forEach((end) => near.add(end))
    }
    for (const [id, node] of nodes) {
      node.classList.toggle("away", Boolean(key) && !near.has(id))
      node.classList.toggle("found", id === found)
    }
  }

  const show = ({ write = true } = {}) => {
    const on = boxes.filter((box) => box.checked).map((box) => box.value)
    for (const sort of SORTS) drawing.classList.toggle(`no-${sort}`, !on.includes(sort))
    const tied = new Set()
    let n = 0
    for (const { tie, ends, sorts } of ties) {
      const isOn = sorts.some((sort) => on.includes(sort))
      tie.classList.toggle("off", !isOn)
      if (isOn) ends.forEach((end) => tied.add(end))
      const isListed = isOn && (!found || ends.includes(found))
      const row = rows.get([...ends].sort().join(" "))
      if (row) row.hidden = !isListed
      n += isListed
    }
    for (const [key, node] of nodes) node.classList.toggle("off", !tied.has(key))
    light(found)
    told.textContent = field.value.trim() && !found ? say("nobody", { name: field.value.trim() }) : say("ties_shown", { n, total: ties.length })
    if (write) remember({ who: found, ties: on.length === SORTS.length ? "" : on.join(" ") || "none" })
  }

  /** Somebody whose name is, or begins with, or contains what was typed. */
  const find = () => {
    const typed = field.value.trim().toLocaleLowerCase()
    const fits = (test) => people.find(([value]) => test(value.toLocaleLowerCase()))
    const hit = typed && (fits((value) => value === typed) ?? fits((value) => value.startsWith(typed)) ?? fits((value) => value.includes(typed)))
    found = hit ? hit[1] : ""
    show()
    reveal()
  }

  // On a phone the drawing is wider than the window.
  const reveal = () => {
    if (!found || figure.scrollWidth <= figure.clientWidth) return
    const box = nodes.get(found).getBoundingClientRect()
    figure.scrollLeft += box.left + box.width / 2 - innerWidth / 2
  }

  field.addEventListener("input", find)
  for (const box of boxes) box.addEventListener("change", () => show())
  const label = make("label", {}, words.find, field)
  figure.before(make("div", { className: "figure-tools", role: "group", ariaLabel: words.filters }, label, list, switches, told))

  const of = ({ target }) => target.closest?.(".node")?.dataset.key ?? found
  figure.addEventListener("pointerover", (event) => light(of(event)))
  figure.addEventListener("focusin", (event) => light(of(event)))
  figure.addEventListener("pointerleave", () => light(found))
  figure.addEventListener("focusout", () => light(found))

  const wanted = state.get("ties")
  if (wanted) for (const box of boxes) box.checked = wanted.split(" ").includes(box.value)
  if (nodes.has(state.get("who"))) {
    found = state.get("who")
    field.value = name(nodes.get(found))
  }
  show({ write: false })
  reveal()
}

// The matrix of speakers and issues: its counts lead to the index of statements, filtered, and its rows can be
// filtered by name. Without scripts a count leads to what the speaker said on the page of the issue.

import { loose } from "./folding.js"

const SITE = new URL("../../", import.meta.url)
// Fewer rows are seen at a glance.
const LONG = 12
const words = JSON.parse(document.getElementById("__matrix").dataset.words)
const FACETS = ["speaker", "issue", "stance"]

for (const chip of document.querySelectorAll(".chip[data-said]")) {
  const link = chip.closest("a")
  // Where what was said is read for a preview (previews.js).
  link.dataset.said = link.href
  const query = chip.dataset.said.split(" ").map((value, place) => `${FACETS[place]}=${encodeURIComponent(value)}`)
  link.href = new URL(`statements/?${query.join("&")}`, SITE)
}

const table = document.querySelector("[data-kind=page] .table:has(.matrix)")
const rows = [...table?.tBodies[0].rows ?? []].map((row) => ({ row, name: loose(row.cells[0].textContent) }))

if (rows.length >= LONG) {
  const input = Object.assign(document.createElement("input"), { type: "search", className: "facets__find", placeholder: words.find, autocomplete: "off", spellcheck: false })
  input.setAttribute("aria-label", words.find)
  const status = Object.assign(document.createElement("p"), { className: "facets__status" })
  status.setAttribute("role", "status")
  const form = Object.assign(document.createElement("form"), { className: "facets" })
  form.append(input, status)
  table.closest(".wide").before(form)

  const show = () => {
    const asked = loose(input.value.trim()).split(/\s+/)
    const found = rows.filter(({ row, name }) => {
      row.hidden = !asked.every((word) => name.includes(word))
      return !row.hidden
    })
    const told = input.value.trim() ? words.shown.replace("{n}", found.length).replace("{all}", rows.length) : ""
    if (status.textContent !== told) status.textContent = told
  }
  const restore = () => {
    input.value = new URLSearchParams(location.search).get("who") ?? ""
    show()
  }
  input.addEventListener("input", () => {
    const address = new URL(location)
    if (input.value.trim()) address.searchParams.set("who", input.value.trim())
    else address.searchParams.delete("who")
    history.replaceState(null, "", address)
    show()
  })
  form.addEventListener("submit", (event) => event.preventDefault())
  addEventListener("popstate", restore)
  restore()
}

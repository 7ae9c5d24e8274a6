// The matrix of speakers and issues: its counts lead to the index of statements, filtered, and its rows can be
// filtered by name. Without scripts a count leads to what the speaker said on the page of the issue.

import { loose } from "./folding.js"

const SITE = new URL("../../", import.meta.url)
const words = JSON.parse(document.getElementById("__matrix").dataset.words)
const STANCES = ["supportive", "critical", "mixed", "neutral"]

// A link leads to the speaker's words on the page of the issue: issues/ISSUE/#by-SPEAKER.
for (const link of document.querySelectorAll(".table:has(.stacks-matrix) a:has(> .chip)")) {
  const url = new URL(link.href)
  const stance = STANCES.find((one) => link.firstElementChild.classList.contains(one))
  const values = { speaker: url.hash.replace("#by-", ""), issue: url.pathname.split("/").at(-2), stance }
  // What was said is read there for a preview (previews.js).
  Object.assign(link.dataset, { said: url.href, stance })
  link.href = new URL(`statements/?${new URLSearchParams(values)}`, SITE)
}

const place = document.querySelector(".matrix-find")
const rows = [...document.querySelectorAll(".table:has(.stacks-matrix) > tbody > tr")].map((row) => ({ row, name: loose(row.cells[0].textContent) }))

if (place) {
  const input = Object.assign(document.createElement("input"), { type: "search", placeholder: words.find, autocomplete: "off", spellcheck: false })
  input.setAttribute("aria-label", words.find)
  const status = document.createElement("p")
  status.setAttribute("role", "status")
  const form = document.createElement("form")
  form.append(input, status)
  place.append(form)

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

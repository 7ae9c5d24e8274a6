// The reader's choice of colours. This script stands in the head and holds up the page, so that
// it never shows in colours that were not chosen; what it does to the page's body waits for it.
(() => {
  const KEY = "dossier-colours"
  const STATES = ["auto", "light", "dark"]
  const root = document.documentElement

  // What needs scripts shows by this mark (see .needs-script in dossier.css).
  root.dataset.scripts = ""

  const kept = () => {
    // Storage may be forbidden.
    try { return localStorage.getItem(KEY) } catch { return null }
  }
  const apply = (state) => {
    if (state === "light" || state === "dark") root.dataset.colours = state
    else delete root.dataset.colours
  }
  const current = () => root.dataset.colours ?? "auto"
  apply(kept())

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".colours")
    if (!button) return
    const words = JSON.parse(button.dataset.words)
    const status = button.parentElement.querySelector("[role=status]")
    const name = () => {
      const said = words[current()]
      button.setAttribute("aria-label", said)
      button.title = said
      return said
    }
    button.addEventListener("click", () => {
      const next = STATES[(STATES.indexOf(current()) + 1) % STATES.length]
      apply(next)
      try { localStorage.setItem(KEY, next) } catch { /* it holds for this page */ }
      status.textContent = name()
    })
    // Another tab's choice is this one's.
    addEventListener("storage", ({ key, newValue }) => {
      if (key !== KEY) return
      apply(newValue)
      name()
    })
    name()
  })
})()

// Opens the search by its box or its keys, and fills its page; all else of it loads only then.
const base = new URL("../../", import.meta.url)
const box = document.querySelector(".find")

// What is typed while it loads is not lost.
let typed = ""
const keep = (event) => {
  if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  // A second slash is a letter of what is typed, and opens nothing.
  event.stopImmediatePropagation()
  typed += event.key
}

const open = async () => {
  typed = ""
  document.addEventListener("keydown", keep, true)
  try {
    const { open } = await import("./search/dialog.js")
    await open(base, () => typed)
  } catch (error) {
    console.warn(error)
    if (box) location.assign(box.href)
  } finally {
    document.removeEventListener("keydown", keep, true)
  }
}

box?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
  event.preventDefault()
  open()
})
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]")
  const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey
  const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
  if (!isSlash && !isK) return
  event.preventDefault()
  open()
})

const place = document.querySelector('[data-kind="search"] h1, [data-search] h1')
if (place) import("./search/page.js").then(({ fill }) => fill(base, place))

const entry = document.querySelector('.entry[data-depth="2"]:has(h1)')
if (entry) import("./recent.js").then(({ keep }) => keep(base, entry))

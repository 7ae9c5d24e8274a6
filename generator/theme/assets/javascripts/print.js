// On paper nobody can follow a link: a citation becomes the number of a note, and the notes stand at
// the end with their words and addresses. Without scripts the words stay where they are.
// Addresses are those that the site is published at, if it knows them, else those that it is read at.

const CITATION = '.entry a[href*="#p"]'
const PARAGRAPH = /^#(p[0-9]+)(?:-.+)?$/
const title = document.getElementById("__print").dataset.title

const published = document.querySelector("link[rel=canonical]")?.href ?? location.origin + location.pathname
const own = document.querySelector(".foot__address")
// The whole dossier on paper says of which day it is, and where it is published.
const report = document.querySelector('[data-kind="report"] h1')

let undo = () => {}

const number = () => {
  undo()
  if (own) own.textContent = published
  const printed = document.createElement("p")
  printed.className = "printed"
  printed.textContent = `${new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" })} · ${published}`
  report?.after(printed)
  const notes = new Map()
  const references = []
  for (const link of document.querySelectorAll(CITATION)) {
    const url = new URL(link.href)
    // A paragraph of the page itself is at hand.
    const found = PARAGRAPH.exec(url.hash)
    if (!found || url.pathname === location.pathname || link.closest(".notes")) continue
    // On paper it does not matter which record cites the paragraph.
    url.hash = found[1]
    const words = link.textContent.trim()
    // Its number alone stands beside the name of its article.
    if (words.startsWith("¶")) continue
    // The same paragraph with other words, such as its quotation, is another note.
    const key = `${url.href} ${words}`
    if (!notes.has(key)) notes.set(key, { words: link.cloneNode(true).childNodes, address: new URL(link.getAttribute("href"), published).href.replace(/(#p[0-9]+)-.*/, "$1"), number: notes.size + 1 })
    const reference = document.createElement("sup")
    reference.className = "note"
    reference.textContent = notes.get(key).number
    link.after(reference)
    link.classList.add("noted")
    references.push({ link, reference })
  }
  const list = document.createElement("section")
  if (notes.size) {
    list.className = "notes"
    const heading = document.createElement("h2")
    heading.textContent = title
    const items = document.createElement("ol")
    for (const { words, address } of notes.values()) {
      const item = document.createElement("li")
      const where = document.createElement("span")
      where.className = "notes__address"
      where.textContent = address
      item.append(...words, " ", where)
      items.append(item)
    }
    list.append(heading, items)
    document.querySelector(".sheet").append(list)
  }
  undo = () => {
    for (const { link, reference } of references) {
      reference.remove()
      link.classList.remove("noted")
    }
    list.remove()
    printed.remove()
    undo = () => {}
  }
}

addEventListener("beforeprint", number)
addEventListener("afterprint", () => undo())

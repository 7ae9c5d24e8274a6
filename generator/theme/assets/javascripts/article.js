// At the paragraph that the address names: marks and names the record whose citation led here, with the way back to
// it, and unfolds the list of records where none of it shows.

const where = document.querySelector(".where")
const words = where?.querySelector("[hidden]")
let undo = () => {}

const arrive = () => {
  undo()
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  const paragraph = target?.parentElement
  const list = paragraph?.nextElementSibling
  if (!paragraph?.querySelector(":scope > .n") || !list?.matches("details.backs")) return
  const wasOpen = list.open
  if (matchMedia("(max-width: 60rem)").matches) list.open = true
  // The places in a paragraph have the order of the records beside it.
  const item = list.querySelectorAll("li")[[...paragraph.querySelectorAll(":scope > .n ~ span[id]")].indexOf(target)]
  item?.setAttribute("aria-current", "true")
  const link = item?.querySelector("a").cloneNode(true)
  if (link) words.append(" ", link)
  words.hidden = !link
  undo = () => {
    list.open = wasOpen
    item?.removeAttribute("aria-current")
    link?.remove()
    words.hidden = true
    undo = () => {}
  }
}

addEventListener("hashchange", arrive)
arrive()

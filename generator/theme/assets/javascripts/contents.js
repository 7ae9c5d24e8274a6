// Marks in the contents of a page the section that is being read, and names it in the bar of small screens.

const contents = document.querySelector(".contents")
const here = contents.querySelector(".contents__here")
const entries = [...contents.querySelectorAll("a")].map((link) => ({ link, target: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
const root = document.documentElement
let current

const top = ({ target }) => target.getBoundingClientRect().top

const find = () => {
  const line = parseFloat(getComputedStyle(root).scrollPaddingTop) + 8
  const passed = entries.findLast((entry) => top(entry) <= line) ?? entries[0]
  if (scrollY + innerHeight < root.scrollHeight - 2) return passed
  // The last sections cannot come to the top of the window: the one that was asked for, or the last.
  const asked = entries.find(({ link }) => link.hash === location.hash)
  return asked && top(asked) > line ? asked : scrollY ? entries.at(-1) : passed
}

const mark = () => {
  const found = find()
  if (found === current) return
  current?.link.removeAttribute("aria-current")
  current = found
  current.link.setAttribute("aria-current", "location")
  here.textContent = current === entries[0] ? "" : current.link.textContent
}

let waiting = false
const later = () => {
  if (waiting) return
  waiting = true
  requestAnimationFrame(() => {
    waiting = false
    mark()
  })
}

addEventListener("scroll", later, { passive: true })
addEventListener("resize", later)
addEventListener("hashchange", later)
mark()

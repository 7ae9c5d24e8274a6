// What scrolls sideways needs a tab stop; what fits its column does not.
const boxes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})
for (const box of document.querySelectorAll(".wide, .entry figure")) boxes.observe(box)

// A citation shows the paragraph that it leads to, beside a pointer and on focus.
const CITATION = 'a[href*="#p"]'
const pages = new Map()
let shown = null
let waiting = 0

const pageAt = (url) => {
  if (!pages.has(url)) {
    const fetched = fetch(url).then((response) => (response.ok ? response.text() : ""))
    pages.set(url, fetched.then((html) => new DOMParser().parseFromString(html, "text/html")).catch(() => null))
  }
  return pages.get(url)
}

const hide = () => {
  clearTimeout(waiting)
  shown?.link.removeAttribute("aria-describedby")
  shown?.box.remove()
  shown = null
}

const show = async (link) => {
  const { hash, origin, pathname } = new URL(link.href)
  if (origin !== location.origin || !/^#p[0-9]+$/.test(hash)) return
  const page = pathname === location.pathname ? document : await pageAt(origin + pathname)
  const text = page?.getElementById(hash.slice(1))?.closest("p")?.cloneNode(true)
  if (!text || !link.matches(":hover, :focus")) return
  hide()
  const box = document.createElement("div")
  const title = document.createElement("b")
  title.textContent = page.querySelector("h1")?.textContent ?? ""
  text.querySelector(".n")?.remove()
  box.append(title, text.textContent.trim())
  box.className = "preview"
  box.id = "__preview"
  box.setAttribute("role", "tooltip")
  document.body.append(box)
  const at = link.getBoundingClientRect()
  const below = at.bottom + box.offsetHeight + 8 < innerHeight
  box.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8)) + scrollX}px`
  box.style.top = `${(below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + scrollY}px`
  link.setAttribute("aria-describedby", box.id)
  shown = { link, box }
}

if (matchMedia("(hover: hover)").matches) {
  const later = ({ target }) => {
    const link = target.closest?.(CITATION)
    if (link || target.closest?.(".preview")) clearTimeout(waiting)
    if (!link || link === shown?.link) return
    waiting = setTimeout(show, 200, link)
  }
  // Time enough to move onto the preview, which stays while the pointer is on it.
  const leave = ({ target }) => {
    clearTimeout(waiting)
    if (target.closest?.(`${CITATION}, .preview`)) waiting = setTimeout(hide, 200)
  }
  document.addEventListener("pointerover", later)
  document.addEventListener("focusin", later)
  document.addEventListener("pointerout", leave)
  document.addEventListener("focusout", leave)
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide())
}

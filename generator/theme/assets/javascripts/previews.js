// Beside a pointer and on focus a link shows what it leads to: a citation its paragraph, a link to
// a record its kind and role, its name and its first line. By touch a citation opens its paragraph from
// below, and other links are only followed.

const SITE = new URL("../../", import.meta.url)
const RECORD = /^(?:people|organizations|places|events|documents|articles|issues|questions)\/[^/]+\/$/
// The paragraph, and the record that cites it.
const PARAGRAPH = /^#(p[0-9]+)(?:-.+)?$/
// In the network what is tied to somebody lights up, which a preview would cover.
const LINKS = ".entry a[href]:not(.fig-network a), .sheet svg a:not(.fig-network a)"
// Time to pass over a link on the way elsewhere, and to move onto a preview, which then stays.
const WAIT = 250
const LINGER = 200
// The most statements in a preview of a count.
const SAID = 4

const parser = new DOMParser()
const wholes = new Map()
const heads = new Map()
let shown = null
let waiting = 0

const once = (kept, url, get) => {
  if (!kept.has(url)) kept.set(url, get(url).then((html) => parser.parseFromString(html, "text/html")).catch(() => null))
  return kept.get(url)
}

const whole = async (url) => {
  const response = await fetch(url)
  return response.ok ? response.text() : ""
}

// A record's page up to its title: the rest, which may be long, is not waited for.
const head = async (url) => {
  const response = await fetch(url)
  if (!response.ok) return ""
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let html = ""
  for (;;) {
    const { done, value } = await reader.read()
    html += value ?? ""
    if (done) return html
    if (html.includes("</h1>")) {
      reader.cancel()
      return html
    }
  }
}

// As of the language and direction of the element that it is taken from.
const line = (text, css, { lang, dir } = {}) => {
  const made = document.createElement("span")
  made.className = css
  made.textContent = text.trim()
  made.dir = dir || "auto"
  if (lang) made.lang = lang
  return made
}

const spoken = (element) => {
  const inner = element?.querySelector("[lang]")
  const isWhole = inner && inner.textContent.trim().length * 2 > element.textContent.trim().length
  return { lang: (isWhole ? inner : element?.closest("[lang]"))?.lang, dir: element?.dir }
}

// A paragraph of a page, without its number and links; its quoted words stay marked.
const paragraph = (page, id, Element = "span") => {
  const found = page?.getElementById(id)?.closest("p")
  if (!found) return null
  const text = document.importNode(found, true)
  for (const aside of text.querySelectorAll(".n, [id]")) aside.remove()
  for (const link of text.querySelectorAll("a")) link.replaceWith(...link.childNodes)
  const made = document.createElement(Element)
  const { lang, dir } = spoken(found)
  made.className = "preview__text"
  made.dir = dir || "auto"
  if (lang) made.lang = lang
  made.append(...text.childNodes)
  return made
}

const titleOf = (page, css) => {
  const title = page.querySelector("h1")
  return line(title?.textContent ?? "", css, spoken(title))
}

const record = (page) => {
  const title = page?.querySelector(".entry h1")
  if (!title) return null
  const label = page.querySelector(".entry .label")
  const name = title.textContent.trim()
  // The description may begin with the name, which stands above it.
  const told = page.querySelector("meta[name=description]")?.content ?? ""
  const text = told.startsWith(`${name}, `) || told.startsWith(`${name}: `) ? told.slice(name.length + 2) : told
  const parts = [line(label?.textContent ?? "", label?.className.replace("label", "preview__label") ?? ""), line(name, "preview__name", spoken(title))]
  return text ? [...parts, line(text, "preview__text")] : parts
}

// What a count of statements stands for: the first of them, from the page that lists them.
const statements = async (link) => {
  const url = new URL(link.dataset.said)
  const page = await once(wholes, url.origin + url.pathname, whole)
  const { stance } = link.dataset
  const found = []
  let next = page?.getElementById(url.hash.slice(1))?.closest("h3")?.nextElementSibling
  for (; next && !next.matches("h2, h3"); next = next.nextElementSibling) {
    if (next.querySelector(`.said.${stance}`)) found.push(next.querySelector("p"))
  }
  if (!found.length) return null
  const texts = found.slice(0, SAID).map((text) => line(text.textContent, "preview__said", spoken(text)))
  const rest = found.length > SAID ? [line("…", "preview__text")] : []
  return [line(link.querySelector(".vh").textContent, "preview__label"), ...texts, ...rest]
}

// What a mark in a figure stands for: the statements that it names, in its title.
const position = (link) => link.querySelector("title").textContent.split(" · ").map((text) => line(text, "preview__said"))

const addressOf = (link) => new URL(link.href.baseVal ?? link.href, document.baseURI)

// The page that a citation leads to, or null if a link is none.
const cited = (url) => {
  if (!url.href.startsWith(SITE.href) || !PARAGRAPH.test(url.hash)) return null
  return url.pathname === location.pathname ? document : once(wholes, url.origin + url.pathname, whole)
}

const contents = async (link) => {
  if (link.dataset?.said) return statements(link)
  if (link.matches(".position")) return position(link)
  const url = addressOf(link)
  if (!url.href.startsWith(SITE.href) || link.matches(".n")) return null
  const page = await cited(url)
  if (page) {
    const text = paragraph(page, PARAGRAPH.exec(url.hash)[1])
    return text && [titleOf(page, "preview__label"), text]
  }
  const bare = url.origin + url.pathname
  if (url.pathname === location.pathname || !RECORD.test(bare.slice(SITE.href.length))) return null
  return record(await once(heads, bare, head))
}

const hide = () => {
  clearTimeout(waiting)
  shown?.link.removeAttribute("aria-describedby")
  shown?.box.remove()
  shown = null
}

const show = async (link) => {
  const parts = await contents(link)
  if (!parts || !link.matches(":hover, :focus-visible")) return
  hide()
  const box = document.createElement("div")
  box.append(...parts)
  box.className = "preview"
  box.id = "__preview"
  box.setAttribute("role", "tooltip")
  // Within a landmark, as all that is read out should be.
  document.querySelector("main").append(box)
  const at = link.getClientRects()[0] ?? link.getBoundingClientRect()
  const below = at.bottom + box.offsetHeight + 8 < innerHeight || at.top < box.offsetHeight + 8
  const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8))
  box.style.left = `${left + scrollX}px`
  box.style.top = `${(below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + scrollY}px`
  link.setAttribute("aria-describedby", box.id)
  shown = { link, box }
}

const linkAt = ({ target }) => target.closest?.(LINKS)

const enter = (event) => {
  if (event.pointerType === "touch") return
  const link = linkAt(event)
  if (link || event.target.closest?.(".preview")) clearTimeout(waiting)
  if (!link || link === shown?.link) return
  if (event.type === "focusin" && !link.matches(":focus-visible")) return
  waiting = setTimeout(show, WAIT, link)
}

const leave = (event) => {
  clearTimeout(waiting)
  if (linkAt(event) || event.target.closest?.(".preview")) waiting = setTimeout(hide, LINGER)
}

document.addEventListener("pointerover", enter)
document.addEventListener("focusin", enter)
document.addEventListener("pointerout", leave)
document.addEventListener("focusout", leave)
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide())

// By touch: a paragraph from below.

const words = JSON.parse(document.getElementById("__previews").dataset.words)
let isTouch = false

const make = (tag, css, ...inner) => {
  const made = document.createElement(tag)
  made.className = css
  made.append(...inner)
  return made
}

// What the paragraph is cited for by the record that the address names, as the page of its article says.
const citedFor = (page, url) => {
  const place = page.getElementById(url.hash.slice(1))
  const places = [...(place?.parentElement.querySelectorAll(":scope > .n ~ span[id]") ?? [])]
  const item = place?.closest("p").nextElementSibling?.querySelectorAll("li")[places.indexOf(place)]
  return item ? [make("p", "peek__for", make("b", "", page.querySelector(".where [hidden]").textContent), " ", item.textContent)] : []
}

const fill = async (box, url) => {
  const page = await cited(url)
  const id = PARAGRAPH.exec(url.hash)[1]
  const text = paragraph(page, id, "p")
  if (!text) return location.assign(url)
  box.querySelector("h2").textContent = [page.querySelector(".where b")?.textContent, `¶${id.slice(1)}`].filter(Boolean).join(", ")
  box.querySelector(".peek__text").replaceChildren(make("p", "peek__title", titleOf(page, "")), text, ...citedFor(page, url))
}

// Drawn down by its head, it closes.
const draggable = (box, handle) => {
  let from = null
  const move = ({ clientY }) => {
    if (from !== null) box.style.translate = `0 ${Math.max(0, clientY - from)}px`
  }
  const end = ({ clientY }) => {
    if (from !== null && clientY - from > 80) box.close()
    from = null
    box.style.translate = ""
  }
  handle.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) return
    from = event.clientY
    handle.setPointerCapture(event.pointerId)
  })
  handle.addEventListener("pointermove", move)
  handle.addEventListener("pointerup", end)
  handle.addEventListener("pointercancel", end)
}

const peek = (link, url) => {
  hide()
  const where = make("h2", "peek__where", link.textContent.trim())
  where.id = "__peek"
  const close = make("button", "peek__close", "×")
  close.type = "button"
  close.setAttribute("aria-label", words.close)
  const open = make("a", "peek__open", words.open)
  open.href = url.href
  const handle = make("div", "peek__head", where, close)
  const box = make("dialog", "peek", handle, make("div", "peek__text"), open)
  box.setAttribute("aria-labelledby", where.id)
  draggable(box, handle)
  close.addEventListener("click", () => box.close())
  // What is not within it is its backdrop.
  box.addEventListener("click", ({ target }) => target === box && box.close())
  box.addEventListener("close", () => {
    box.remove()
    link.focus({ preventScroll: true })
  })
  document.querySelector("main").append(box)
  box.showModal()
  fill(box, url).catch(() => location.assign(url))
}

document.addEventListener("pointerdown", ({ pointerType }) => (isTouch = pointerType === "touch"), true)
document.addEventListener("click", (event) => {
  const link = isTouch && linkAt(event)
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
  const url = addressOf(link)
  // A paragraph of the page itself is at hand.
  if (url.pathname === location.pathname || !cited(url)) return
  event.preventDefault()
  peek(link, url)
})

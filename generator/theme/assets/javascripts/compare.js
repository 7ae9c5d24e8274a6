// Two speakers on one issue, or two outlets on one event, side by side. What is compared is in the address. It is read
// from the page of the issue or event and from the articles that the outlets printed.

import { loose } from "./folding.js"

const SITE = new URL("../../", import.meta.url)
const words = JSON.parse(document.getElementById("__compare").dataset.words)
const box = document.querySelector(".compare")
const SIDES = { issue: "speakers", event: "outlets" }
// The most articles of one outlet that are read.
const ARTICLES = 8
const ID = /^[\w-]+$/
// What can be right or wrong; of actors and places merely something is said.
const CLAIM = /\/(?:events|documents|questions)\/[^/]+\/$|#said-/
// Shorter words are shared or say little.
const SHORT = 4
const WORD = /[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*/gu

const fill = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name])
const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

const parser = new DOMParser()
const read = new Map()
const page = (url) => {
  if (!read.has(url)) {
    const load = async () => {
      const response = await fetch(url)
      if (!response.ok) throw new Error(`${response.status} ${url}`)
      return parser.parseFromString(await response.text(), "text/html")
    }
    read.set(url, load())
  }
  return read.get(url)
}

// A copy for this page: its links lead where they led, its ids stay behind.
const copied = (node, from) => {
  const copy = node.cloneNode(true)
  for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id")
  for (const link of [copy, ...copy.querySelectorAll("a[href]")].filter((one) => one.matches("a[href]"))) {
    const url = new URL(link.getAttribute("href"), from)
    link.setAttribute("href", url.href.startsWith(SITE.href) ? `../${url.href.slice(SITE.href.length)}` : url.href)
  }
  return copy
}

const until = function* (start, end) {
  for (let next = start?.nextElementSibling; next && !next.matches(end); next = next.nextElementSibling) yield next
}


// The sides of a subject, by their ids.

const speakers = (doc, url) =>
  [...doc.querySelectorAll('h3 > [id^="by-"]')].map((anchor) => {
    const parts = [...until(anchor.parentElement, "h2, h3")]
    return {
      id: anchor.id.slice(3),
      name: anchor.parentElement.textContent.trim(),
      head: () => copied(anchor.parentElement, url),
      said: parts.filter((part) => part.querySelector(":scope .said")).map((part) => ({ part, date: part.querySelector(".said").dataset.date ?? "" })),
      notes: parts.filter((part) => part.matches("p")),
    }
  })

const outlets = (doc, url) => {
  const found = new Map()
  for (const mark of doc.querySelectorAll("[data-outlet]")) {
    const id = mark.dataset.outlet
    const row = mark.closest("tr")
    const article = {
      url: new URL(row.querySelector("a[href]").getAttribute("href"), url).href,
      date: row.cells[0].textContent,
      numbers: [...row.querySelectorAll('a[href*="#p"]')].map((link) => link.getAttribute("href").split("#p")[1]),
    }
    if (!found.has(id)) found.set(id, { id, name: mark.dataset.name, articles: [] })
    found.get(id).articles.push(article)
  }
  return [...found.values()]
}

const subjectPage = (kind, id) => new URL(`${kind}s/${id}/`, SITE).href


// Two speakers: what each said, in the order of time.

const issue = (left, right, url) => {
  const both = [left, right]
  const grid = element("div", { className: "compare__grid" })
  both.forEach((side, place) => {
    const head = side.head()
    const counts = new Map()
    for (const { part } of side.said) {
      const chip = part.querySelector(".chip")
      counts.set(chip.textContent, [chip, (counts.get(chip.textContent)?.[1] ?? 0) + 1])
    }
    const told = element("p", { className: "compare__counts" })
    for (const [chip, number] of counts.values()) told.append(copied(chip, url), ` ${number} `)
    const notes = side.notes.map((note) => copied(note, url))
    const cell = element("div", { className: "compare__head" }, head, told, ...notes)
    cell.dataset.side = place
    grid.append(cell)
  })
  const all = both.flatMap((side, place) => side.said.map((one) => ({ ...one, place, name: side.name })))
  all.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.place - b.place))
  let [row, last] = [1, ""]
  for (const { part, date, place, name } of all) {
    const cell = element("div", { className: "compare__cell" }, element("p", { className: "compare__who", textContent: name }), copied(part, url))
    cell.dataset.side = place
    // What both said on one day is in one row.
    if (date !== last || place === 0 || grid.lastElementChild.dataset.side === "1") row += 1
    cell.style.setProperty("--row", row)
    grid.append(cell)
    last = date
  }
  return [grid]
}


// Two outlets: the paragraphs that report the event, what they are cited for, and the words that only one has.

const paragraphs = async ({ articles }, own) => {
  const found = []
  for (const article of articles.slice(0, ARTICLES)) {
    const doc = await page(article.url)
    const title = doc.querySelector(".entry h1")
    const shown = []
    const backed = new Map()
    for (const number of article.numbers) {
      const text = doc.getElementById(`p${number}`)?.closest("p")
      if (!text) continue
      const copy = copied(text, article.url)
      copy.querySelector(".n")?.remove()
      for (const empty of copy.querySelectorAll("span:empty")) empty.remove()
      copy.lang ||= text.closest("[lang]")?.lang ?? ""
      copy.prepend(element("a", { className: "compare__number", href: `../${article.url.slice(SITE.href.length)}#p${number}`, textContent: `¶${number}` }), " ")
      shown.push(copy)
      const ids = [...doc.querySelectorAll(`[id^="p${number}-"]`)].map(({ id }) => id.slice(number.length + 2))
      const beside = text.nextElementSibling?.matches(".backs") ? [...text.nextElementSibling.querySelectorAll("a[href]")] : []
      const listed = [...doc.querySelectorAll(".backs a[href]")]
      const elsewhere = ids.map((id) => listed.find((link) => link.getAttribute("href").endsWith(`/${id}/`) || link.getAttribute("href").endsWith(`#said-${id}`)))
      for (const link of [...beside, ...elsewhere].filter(Boolean)) {
        const copy = copied(link, article.url)
        if (!CLAIM.test(copy.href) || copy.href === own) continue
        if (!backed.has(copy.href)) backed.set(copy.href, copy)
      }
    }
    found.push({ ...article, title: title?.textContent.trim() ?? "", titleLang: title?.closest("[lang]")?.lang ?? "", shown, backed })
  }
  return found
}

const used = (articles) => {
  const found = new Set()
  for (const { shown } of articles) for (const text of shown) for (const [word] of text.textContent.matchAll(WORD)) found.add(loose(word))
  return found
}

const marked = (text, others) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
  const nodes = []
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".compare__number")) nodes.push(walker.currentNode)
  for (const node of nodes) {
    const parts = []
    let end = 0
    for (const found of node.data.matchAll(WORD)) {
      if (found[0].length < SHORT || others.has(loose(found[0]))) continue
      parts.push(node.data.slice(end, found.index), element("span", { className: "compare__only", textContent: found[0] }))
      end = found.index + found[0].length
    }
    node.replaceWith(...parts, node.data.slice(end))
  }
}

// How each names the records that both name.
const names = (articles) => {
  const found = new Map()
  for (const { shown } of articles) {
    for (const text of shown) {
      for (const link of text.querySelectorAll("a[href]:not(.compare__number)")) {
        if (!found.has(link.href)) found.set(link.href, new Map())
        found.get(link.href).set(link.textContent.trim(), link)
      }
    }
  }
  return found
}

const table = (caption, heads, rows) => {
  const head = element("tr", {}, ...heads.map((text) => element("th", { textContent: text, scope: "col" })))
  const body = rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, ...cell))))
  return element("div", { className: "wide" }, element("table", { className: "table" }, element("caption", { className: "vh", textContent: caption }), element("thead", {}, head), element("tbody", {}, ...body)))
}

const event = async (left, right, url) => {
  const [one, other] = await Promise.all([paragraphs(left, url), paragraphs(right, url)])
  const grid = element("div", { className: "compare__grid" })
  const sides = [[left, one], [right, other]]
  const sets = [used(other), used(one)]
  sides.forEach(([side, articles], place) => {
    const cell = element("div", { className: "compare__cell" }, element("h3", { textContent: side.name }))
    cell.dataset.side = place
    for (const { url, date, title, titleLang, shown } of articles) {
      const link = element("a", { className: "k document", href: `../${url.slice(SITE.href.length)}`, textContent: title, lang: titleLang, dir: "auto" })
      cell.append(element("p", { className: "compare__article" }, link, element("span", { className: "quiet", textContent: ` ${date}` })))
      for (const text of shown) {
        marked(text, sets[place])
        cell.append(text)
      }
    }
    if (side.articles.length > ARTICLES) cell.append(element("p", { className: "quiet", textContent: fill(words.first, { n: ARTICLES, all: side.articles.length }) }))
    grid.append(cell)
  })
  const box = element("input", { type: "checkbox", checked: new URLSearchParams(location.search).get("words") === "only" })
  const mark = () => grid.classList.toggle("compare__marks", box.checked)
  box.addEventListener("change", () => {
    const address = new URL(location)
    if (box.checked) address.searchParams.set("words", "only")
    else address.searchParams.delete("words")
    history.replaceState(null, "", shorter(address))
    mark()
  })
  mark()
  const parts = [element("p", { className: "compare__choice" }, element("label", {}, box, " ", words.marks)), grid]

  const [here, there] = sides.map(([, articles]) => new Map(articles.flatMap(({ backed }) => [...backed])))
  const groups = [
    [fill(words.only, { name: left.name }), [...here].filter(([key]) => !there.has(key))],
    [fill(words.only, { name: right.name }), [...there].filter(([key]) => !here.has(key))],
    [words.both, [...here].filter(([key]) => there.has(key))],
  ].filter(([, found]) => found.length)
  if (groups.length) {
    parts.push(element("h3", { textContent: words.facts }), element("div", { className: "compare__facts" }, ...groups.map(([title, found]) =>
      element("div", {}, element("h4", { textContent: title }), element("ul", {}, ...found.map(([, link]) => {
        link.classList.add("k")
        return element("li", {}, link)
      }))))))
  }

  const [printed, others] = [names(one), names(other)]
  const rows = [...printed].filter(([key, forms]) => {
    const also = others.get(key)
    return also && ([...forms.keys()].some((form) => !also.has(form)) || [...also.keys()].some((form) => !forms.has(form)))
  })
  if (rows.length) {
    const listed = (forms) => [[...forms.keys()].join(", ")]
    parts.push(element("h3", { textContent: words.names }), table(words.names, [left.name, right.name], rows.map(([key, forms]) => {
      const link = [...forms.values()][0].cloneNode(true)
      link.className = "k"
      return [[link, ...listed(new Map([...forms].slice(1))).filter(Boolean).map((more) => `, ${more}`)], listed(others.get(key))]
    })))
  }
  return parts
}


// The form, and what it shows.

const status = element("p")
status.setAttribute("role", "status")
const field = (name) => element("select", { name })
const labelled = (text, control) => element("label", {}, element("span", { textContent: text }), control)
const [subject, first, second] = ["subject", "first", "second"].map(field)
const [firstLabel, secondLabel] = [labelled("", first), labelled("", second)]
const form = element("form", { className: "compare__form" }, labelled(words.subject, subject), firstLabel, secondLabel, status)
form.setAttribute("aria-label", words.title)
const result = element("section", { className: "compare__result", hidden: true })
const lists = [...until(box, ".never")]
box.append(form, result)

const option = (value, text) => element("option", { value, textContent: text })
const group = { issue: element("optgroup", { label: words.on_issues }), event: element("optgroup", { label: words.on_events }) }
for (const mark of document.querySelectorAll("[data-subject]")) {
  const [kind, id] = mark.dataset.subject.split(" ")
  group[kind].append(option(`${kind} ${id}`, mark.closest("td").textContent.trim()))
}
subject.append(option("", words.choose), ...Object.values(group).filter((one) => one.children.length))

const asked = () => {
  const found = new URLSearchParams(location.search)
  const kind = ["issue", "event"].find((one) => ID.test(found.get(one) ?? ""))
  return kind ? { kind, id: found.get(kind), sides: (found.get(SIDES[kind]) ?? "").split(",").filter(Boolean) } : null
}

// A comma needs no escape there, and is read more easily.
const shorter = (address) => address.href.replaceAll("%2C", ",")

const address = (kind, id, sides) => {
  const url = new URL(location.pathname, location)
  if (kind) url.searchParams.set(kind, id)
  if (kind && sides.length) url.searchParams.set(SIDES[kind], sides.join(","))
  const marks = new URLSearchParams(location.search).get("words")
  if (kind === "event" && marks) url.searchParams.set("words", marks)
  return shorter(url)
}

const clear = () => {
  result.hidden = true
  firstLabel.hidden = secondLabel.hidden = true
  for (const list of lists) list.hidden = false
}

// Of several choices in a row the last one is shown.
let turn = 0
const fail = (error, now) => {
  console.warn(error)
  if (now !== turn) return
  clear()
  status.textContent = words.failed
}

const show = async () => {
  const now = ++turn
  const wanted = asked()
  status.textContent = ""
  subject.value = wanted ? `${wanted.kind} ${wanted.id}` : ""
  if (!wanted) return clear()
  const { kind, id } = wanted
  const url = subjectPage(kind, id)
  let found, doc
  try {
    doc = await page(url)
    found = (kind === "issue" ? speakers : outlets)(doc, url)
  } catch (error) {
    return fail(error, now)
  }
  if (now !== turn) return
  const title = doc.querySelector(".entry h1").textContent.trim()
  // Not all are listed in a large dossier.
  if (subject.value === "") {
    group[kind].append(option(`${kind} ${id}`, title))
    if (!group[kind].isConnected) subject.append(group[kind])
    subject.value = `${kind} ${id}`
  }
  if (found.length < 2) {
    clear()
    status.textContent = words.single
    return
  }
  const by = kind === "issue" ? [...found].sort((a, b) => b.said.length - a.said.length) : found
  const left = found.find((side) => side.id === wanted.sides[0]) ?? by.find((side) => side.id !== wanted.sides[1])
  const right = found.find((side) => side.id === wanted.sides[1] && side !== left) ?? by.find((side) => side !== left)
  let parts
  try {
    parts = await (kind === "issue" ? issue : event)(left, right, url)
  } catch (error) {
    return fail(error, now)
  }
  if (now !== turn) return
  for (const [control, side, other] of [[first, left, right], [second, right, left]]) {
    control.replaceChildren(...found.filter((one) => one !== other).map((one) => option(one.id, one.name)))
    control.value = side.id
  }
  firstLabel.firstChild.textContent = words[`first_${kind}`]
  secondLabel.firstChild.textContent = words[`second_${kind}`]
  firstLabel.hidden = secondLabel.hidden = false
  const link = element("a", { href: `../${url.slice(SITE.href.length)}`, textContent: title })
  result.replaceChildren(element("h2", {}, fill(words.sides, { one: left.name, other: right.name }), " ", element("small", {}, link)), ...parts)
  result.hidden = false
  for (const list of lists) list.hidden = true
}

subject.addEventListener("change", () => {
  const [kind, id] = subject.value.split(" ")
  history.pushState(null, "", address(kind, id, []))
  show()
})
for (const control of [first, second]) {
  control.addEventListener("change", () => {
    const { kind, id } = asked()
    history.pushState(null, "", address(kind, id, [first.value, second.value]))
    show()
  })
}
form.addEventListener("submit", (event) => event.preventDefault())
addEventListener("popstate", show)
clear()
show()

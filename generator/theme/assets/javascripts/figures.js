// Filters and zoom for the timeline, and what stands out in the network. What the build
// drew and listed is whole without this.

const SVG = "http://www.w3.org/2000/svg"
const last = (href) => new URL(href, location.href).pathname.split("/").filter(Boolean).pop()

/** An element with properties and children. */
const make = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

/** An element of a drawing with attributes. */
const draw = (name, attributes, text = "") => {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.textContent = text
  return made
}


// The network: who is pointed at or has the focus stands out with its ties.

for (const figure of document.querySelectorAll('.fig[data-figure="network"]')) {
  const ties = [...figure.querySelectorAll(".tie")]
  const show = (key) => {
    for (const tie of ties) tie.classList.toggle("away", Boolean(key) && !tie.dataset.ends.split(" ").includes(key))
  }
  const of = ({ target }) => target.closest?.(".node")?.dataset.key
  figure.addEventListener("pointerover", (event) => show(of(event)))
  figure.addEventListener("focusin", (event) => show(of(event)))
  figure.addEventListener("pointerleave", () => show())
  figure.addEventListener("focusout", () => show())
}


// The timeline

const FACETS = ["kind", "person", "place"]

for (const figure of document.querySelectorAll('.fig[data-figure="timeline"]')) {
  const rows = [...document.querySelectorAll(".entry .table tbody tr")]
  if (rows.length) timeline(figure, rows.map(entry))
}

/** What a row of the list says of its event: ids by facet, with their words. */
function entry(row) {
  const cell = (mark) => row.querySelector(`[data-in="${mark}"]`)?.closest("td")
  const links = (found) => [...(found?.querySelectorAll("a") ?? [])].map((a) => [last(a.href), a.textContent])
  const kind = row.querySelector("[data-kind]")
  const place = cell("place")
  const word = place?.querySelector("[data-word]")?.dataset.word
  const more = row.querySelector("[data-who]")?.dataset.who.split(" ") ?? []
  return {
    row,
    event: last(cell("event").querySelector("a").href),
    kind: [[kind.dataset.kind, kind.textContent]],
    person: [...links(cell("who")), ...more.map((id) => [id, ""])],
    place: word ? [[word, place.textContent.trim()]] : links(place),
  }
}

function timeline(figure, entries) {
  const words = JSON.parse(figure.dataset.words)
  // By the build's collation.
  const order = JSON.parse(figure.dataset.order)
  const language = document.documentElement.lang
  const plural = new Intl.PluralRules(language)
  const say = (key, values) => {
    const message = words[key]
    const text = typeof message === "string" ? message : message[plural.select(values.n)] ?? message.other
    return text.replace(/\{(\w+)\}/g, (_, name) => values?.[name] ?? "")
  }
  const marks = new Map([...figure.querySelectorAll(".m[data-d]")].map((mark) => [last(mark.href.baseVal), mark]))
  const ordered = [...figure.querySelectorAll(".m[data-d]")]
  const arcs = [...figure.querySelectorAll(".arcs path[data-a]")]
  const state = new URLSearchParams(location.search)
  const told = make("output", { role: "status" })
  const tools = make("div", { className: "figure-tools", role: "group", ariaLabel: words.filters })

  // Filters: a list of what occurs for each facet, with how often.

  const selects = FACETS.map((facet) => {
    const found = new Map()
    for (const [id, text] of entries.flatMap((one) => one[facet])) {
      const known = found.get(id)
      found.set(id, { text: known?.text || text, number: (known?.number ?? 0) + 1 })
    }
    const place = ([id]) => order[facet].indexOf(id)
    const options = [...found].sort((a, b) => place(a) - place(b))
    const select = make(
      "select",
      { name: facet },
      make("option", { value: "" }, words.all),
      ...options.map(([id, { text, number }]) => make("option", { value: id, dir: "auto" }, `${text || order.names[id] || id} (${number})`)),
    )
    // An address may name what does not occur here: it then filters all away, and says so.
    const wanted = state.get(facet) ?? ""
    if (wanted && !found.has(wanted)) select.append(make("option", { value: wanted }, wanted))
    select.value = wanted
    select.addEventListener("change", () => filter())
    if (options.length) tools.append(make("label", {}, words[facet], select))
    return select
  })
  const clear = make("button", { type: "button" }, words.clear)
  clear.addEventListener("click", () => {
    for (const select of selects) select.value = ""
    filter()
    selects[0].focus()
  })
  tools.append(clear)

  const filter = ({ write = true } = {}) => {
    const wanted = selects.filter((select) => select.value).map(({ name, value }) => [name, value])
    let n = 0
    for (const one of entries) {
      const fits = wanted.every(([facet, value]) => one[facet].some(([id]) => id === value))
      one.row.hidden = !fits
      n += fits
      const mark = marks.get(one.event)
      mark?.classList.toggle("away", !fits)
      // What is filtered away is no stop on the way by keyboard.
      if (fits) mark?.removeAttribute("tabindex")
      else mark?.setAttribute("tabindex", "-1")
    }
    for (const arc of arcs) {
      const ends = arc.dataset.a.split(" ").map((place) => ordered[place])
      arc.classList.toggle("away", ends.some((mark) => mark.classList.contains("away")))
    }
    clear.disabled = !wanted.length
    told.textContent = say("shown", { n, total: entries.length })
    if (!write) return
    const url = new URL(location.href)
    for (const facet of FACETS) url.searchParams.delete(facet)
    for (const [facet, value] of wanted) url.searchParams.set(facet, value)
    history.replaceState(history.state, "", url)
  }

  const zoom = zoomer(figure.querySelector("svg"), ordered, arcs, words, language)
  tools.append(zoom, told)
  figure.before(tools)
  filter({ write: false })
}


/** Lets a timeline be read closer; returns the buttons for it. */
function zoomer(svg, marks, arcs, words, language) {
  const pieces = JSON.parse(svg.dataset.axis)
  const whole = [pieces[0][2], pieces.at(-1)[3]]
  const [left, right] = whole
  const CUT = 34
  let [from, to] = whole

  /** Where a day stands when the whole is shown. */
  const base = (day) => {
    for (const [n, [first, end, start, stop]] of pieces.entries()) {
      if (day < first) return n ? start - CUT / 2 : start
      if (day <= end) return start + ((day - first) / (end - first)) * (stop - start)
    }
    return right
  }
  const place = (x) => left + ((x - from) / (to - from)) * (right - left)
  const clamp = (x) => Math.min(Math.max(x, left - 8), right + 8)

  const known = marks.map((mark) => {
    const [first, end] = mark.dataset.d.split(" ").map((day) => (day === "" ? null : Number(day)))
    const shape = mark.querySelector("circle, rect, path")
    const box = shape.getBBox()
    const label = mark.querySelector("text")
    return {
      mark,
      shape,
      label,
      wide: label?.getComputedTextLength() ?? 0,
      y: box.y + box.height / 2,
      left: first === null ? left - 8 : base(shape.localName === "circle" ? first + 0.5 : first),
      right: end === null ? right + 8 : base(shape.localName === "circle" ? first + 0.5 : end),
    }
  })

  const scale = svg.querySelector(".scale")
  const bottom = Number(scale.querySelector("line")?.getAttribute("y2") ?? 0)
  const cuts = svg.querySelector(".cut")

  const set = (a, b) => {
    const span = Math.min(right - left, Math.max((right - left) / 400, b - a))
    from = Math.min(Math.max(left, a), right - span)
    to = from + span
    for (const one of known) {
      let x1 = place(one.left)
      let x2 = place(one.right)
      if (one.shape.localName === "circle") one.shape.setAttribute("cx", x1)
      else {
        const short = Math.max(0, 10 - (x2 - x1)) / 2
        x1 = clamp(x1 - short)
        x2 = clamp(x2 + short)
        if (one.shape.localName === "rect") {
          one.shape.setAttribute("x", x1)
          one.shape.setAttribute("width", Math.max(0, x2 - x1))
        } else one.shape.setAttribute("d", `M${x1} ${one.y - 5}H${x2}V${one.y + 5}H${x1}Z`)
      }
      one.x1 = x1
      one.x2 = x2
      const r = one.shape.localName === "circle" ? 5 : 0
      const isOut = place(one.right) + r < left - 4 || place(one.left) - r > right + 4
      one.mark.classList.toggle("off", isOut)
    }
    labels()
    for (const arc of arcs) {
      const [one, other] = arc.dataset.a.split(" ").map((n) => known[n])
      const isOut = one.mark.classList.contains("off") && other.mark.classList.contains("off")
      arc.classList.toggle("off", isOut)
      arc.setAttribute("d", flow(anchor(one), one.y, anchor(other), other.y, arc.dataset.bend))
    }
    ticks()
    const isWhole = to - from >= right - left - 0.01
    buttons[1].disabled = buttons[4].disabled = isWhole
    buttons[2].disabled = from <= left + 0.01
    buttons[3].disabled = to >= right - 0.01
  }

  /** Where arcs begin and end: what lasted answers from its beginning on. */
  const anchor = ({ mark, x1, x2 }) => {
    const middle = (x1 + x2) / 2
    return mark.classList.contains("lasts") ? Math.min(x1 + 5, middle) : middle
  }

  const labels = () => {
    const lanes = Map.groupBy?.(known, (one) => one.y) ?? groups(known)
    for (const lane of lanes.values()) {
      const seen = lane.filter((one) => one.label && !one.mark.classList.contains("off")).sort((a, b) => a.x1 - b.x1)
      for (const [n, one] of seen.entries()) {
        const r = one.shape.localName === "circle" ? 5 : 0
        const next = seen[n + 1] ? seen[n + 1].x1 - 6 : right + 14
        const before = n ? seen[n - 1].x2 + 8 : left
        const isInside = one.x2 - one.x1 > one.wide + 16
        const isAfter = one.x2 + r + 5 + one.wide < next
        const isBefore = one.x1 - r - 5 - one.wide > before
        one.label.setAttribute("text-anchor", isInside || isAfter ? "start" : "end")
        one.label.setAttribute("x", isInside ? one.x1 + 8 : isAfter ? one.x2 + r + 5 : one.x1 - r - 5)
        one.label.classList.toggle("in", isInside)
        one.label.classList.toggle("off", !isInside && !isAfter && !isBefore)
      }
    }
  }

  const groups = (all) => {
    const found = new Map()
    for (const one of all) found.set(one.y, [...(found.get(one.y) ?? []), one])
    return found
  }

  /** The scale anew, in years, months or days as there is room. */
  const ticks = () => {
    const parts = []
    for (const [first, end, start, stop] of pieces) {
      const day = (stop - start) / (end - first) / ((to - from) / (right - left))
      const least = 74 / day
      let reached = -Infinity
      for (const [when, format] of steps(first, end, least)) {
        const x = place(base(when))
        if (when < first || when > end || x < left || x > right || x - reached < 52) continue
        reached = x
        const text = new Intl.DateTimeFormat(language, { ...format, timeZone: "UTC" }).format(when * 864e5)
        parts.push(draw("line", { x1: x, x2: x, y1: 0, y2: bottom, class: "grid" }))
        parts.push(draw("text", { x, y: bottom + 14, "text-anchor": "middle" }, text))
      }
    }
    scale.replaceChildren(...parts)
    const breaks = pieces.slice(1).map(([, , start]) => place(start - CUT / 2))
    cuts?.replaceChildren(
      ...breaks
        .filter((x) => x > left && x < right)
        .map((x) => draw("path", { d: `M${x - 4} 0V${bottom}m8 0V0` })),
    )
  }

  const BUTTONS = [
    ["nearer", "+", () => set(from + (to - from) / 4, to - (to - from) / 4)],
    ["farther", "−", () => set(from - (to - from) / 2, to + (to - from) / 2)],
    ["earlier", "←", () => set(from - (to - from) / 4, to - (to - from) / 4)],
    ["later", "→", () => set(from + (to - from) / 4, to + (to - from) / 4)],
    ["whole", "↔", () => set(left, right)],
  ]
  const buttons = BUTTONS.map(([key, sign, act]) => {
    const button = make("button", { type: "button", title: words[key], ariaLabel: words[key] }, sign)
    button.addEventListener("click", act)
    return button
  })
  const KEYS = { "+": 0, "=": 0, "-": 1, "−": 1, ArrowLeft: 2, ArrowRight: 3, Home: 4, 0: 4 }
  svg.tabIndex = 0
  svg.addEventListener("keydown", (event) => {
    const act = BUTTONS[KEYS[event.key]]?.[2]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  })
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const box = svg.getBoundingClientRect()
      const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width
      const at = from + ((x - left) / (right - left)) * (to - from)
      const factor = event.deltaY > 0 ? 1.25 : 0.8
      set(at - (at - from) * factor, at + (to - at) * factor)
    },
    { passive: false },
  )
  buttons[1].disabled = buttons[2].disabled = buttons[3].disabled = buttons[4].disabled = true
  return make("div", { className: "zoom", role: "group", ariaLabel: words.zoom, title: words.zoom }, ...buttons)
}

/** Days that begin years, months or days, at least so many days apart, each with how it is written. */
function* steps(first, end, least) {
  const date = (day) => new Date(day * 864e5)
  const years = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500].find((n) => n * 365.25 >= least) ?? 1000
  const months = [1, 3, 6].find((n) => n * 30.44 >= least)
  const day = (...parts) => {
    const made = new Date(0)
    made.setUTCFullYear(...parts)
    return Math.floor(made / 864e5)
  }
  if (months && least <= 7) {
    const step = least <= 1 ? 1 : least <= 2 ? 2 : 7
    for (let n = Math.ceil(first); n <= end; n += step) yield [n, { day: "numeric", month: "short", year: "numeric" }]
    return
  }
  const begin = Math.max(1, date(first).getUTCFullYear())
  const stop = date(end).getUTCFullYear()
  if (!months) {
    for (let year = Math.max(1, Math.floor(begin / years)) * years; year <= stop; year += years) yield [day(year, 0, 1), { year: "numeric" }]
    return
  }
  for (let year = begin; year <= stop; year++) {
    for (let month = 0; month < 12; month += months) {
      yield [day(year, month, 1), month ? { month: "short", year: "numeric" } : { year: "numeric" }]
    }
  }
}

/** An arc from an event to what answered it, as the build draws it. */
function flow(x1, y1, x2, y2, bend) {
  if (y1 === y2) {
    const top = y1 - Math.min(26, 8 + Math.abs(x2 - x1) / 6)
    return `M${x1} ${y1 - 6}C${x1} ${top} ${x2} ${top} ${x2} ${y2 - 7}`
  }
  const step = y2 > y1 ? 6 : -6
  if (Math.abs(x2 - x1) > 24) {
    const middle = (y1 + y2) / 2
    return `M${x1} ${y1 + step}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2 - step * 1.2}`
  }
  const far = Math.max(14, Math.abs(y2 - y1) * 0.06)
  const x = bend === "right" ? Math.max(x1, x2) + far : Math.min(x1, x2) - far
  return `M${x1} ${y1 + step}C${x} ${y1 + step * 3} ${x} ${y2 - step * 3} ${x2} ${y2 - step * 1.2}`
}

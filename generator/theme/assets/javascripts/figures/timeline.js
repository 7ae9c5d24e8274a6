// Filters and zoom of the timeline. List and figure show the same events: those that fit the filters and lie, at
// least in part, in the time that is shown. The address keeps both.

import { buttons as group, draw, idOf, make, remember, speaker } from "./common.js"

const FACETS = ["kind", "person", "place"]
// The scale, from left to right, in percent; the width of a break; the least that is shown.
const WHOLE = [0, 100]
const CUT = 10.6
const LEAST = 0.5
const DAY = 864e5

for (const figure of document.querySelectorAll('.fig[data-figure="timeline"]')) {
  const rows = [...document.querySelectorAll(".entry .table tbody tr")]
  if (rows.length) timeline(figure, rows.map(entry))
}

/** What a row of the list says of its event: ids by facet, with their words. */
function entry(row) {
  const cell = (mark) => row.querySelector(`[data-in="${mark}"]`)?.closest("td")
  const links = (found) => [...(found?.querySelectorAll("a") ?? [])].map((a) => [idOf(a.href), a.textContent])
  const kind = row.querySelector("[data-kind]")
  const place = cell("place")
  const word = place?.querySelector("[data-word]")?.dataset.word
  const more = row.querySelector("[data-who]")?.dataset.who.split(" ") ?? []
  return {
    row,
    event: idOf(cell("event").querySelector("a").href),
    kind: [[kind.dataset.kind, kind.textContent]],
    person: [...links(cell("who")), ...more.map((id) => [id, ""])],
    place: word ? [[word, place.textContent.trim()]] : links(place),
  }
}

function timeline(figure, entries) {
  const words = JSON.parse(figure.dataset.words)
  const say = speaker(words)
  // By the build's collation.
  const order = JSON.parse(figure.dataset.order)
  const state = new URLSearchParams(location.search)
  const told = make("output", { role: "status" })
  const tools = make("div", { className: "figure-tools", role: "group", ariaLabel: words.filters })
  const zoom = zoomer(figure.querySelector(".lanes"), words, () => show())

  const list = (name, label, options) => {
    const select = make("select", { name }, make("option", { value: "" }, words.all), ...options)
    select.addEventListener("change", () => show())
    if (options.length) tools.append(make("label", {}, label, select))
    return select
  }

  // Filters: a list of what occurs for each facet, with how often.
  const selects = FACETS.map((facet) => {
    const found = new Map()
    for (const [id, text] of entries.flatMap((one) => one[facet])) {
      const known = found.get(id)
      found.set(id, { text: known?.text || text, number: (known?.number ?? 0) + 1 })
    }
    const place = ([id]) => order[facet].indexOf(id)
    const options = [...found].sort((a, b) => place(a) - place(b))
    const select = list(
      facet,
      words[facet],
      options.map(([id, { text, number }]) => make("option", { value: id, dir: "auto" }, `${text || order.names[id] || id} (${number})`)),
    )
    // An address may name what does not occur here: it then filters all away, and says so.
    const wanted = state.get(facet) ?? ""
    if (wanted && !found.has(wanted)) select.append(make("option", { value: wanted }, wanted))
    select.value = wanted
    return select
  })
  const clear = make("button", { type: "button" }, words.clear)
  clear.addEventListener("click", () => {
    for (const select of selects) select.value = ""
    zoom.set(...WHOLE)
    selects[0].focus()
  })
  tools.append(clear)

  const show = ({ write = true } = {}) => {
    const wanted = selects.filter((select) => select.value).map(({ name, value }) => [name, value])
    let n = 0
    const shown = new Set()
    for (const one of entries) {
      const fits = wanted.every(([facet, value]) => one[facet].some(([id]) => id === value)) && zoom.isIn(one.event)
      one.row.hidden = !fits
      n += fits
      if (fits) shown.add(one.event)
    }
    zoom.draw(shown)
    clear.disabled = !wanted.length && zoom.isWhole()
    told.textContent = say("shown", { n, total: entries.length })
    if (write) remember({ ...Object.fromEntries(FACETS.map((facet) => [facet, ""])), ...Object.fromEntries(wanted), ...zoom.state() })
  }

  tools.append(zoom.tools, told)
  figure.before(tools)
  zoom.restore(state)
  show({ write: false })
}

/** The part of the axis that is shown: what it is, which events lie in it, and its drawing. */
function zoomer(lanes, words, changed) {
  const pieces = JSON.parse(lanes.dataset.axis)
  const language = document.documentElement.lang
  const scale = lanes.querySelector(".scale")
  let [from, to] = WHOLE

  /** The position of a day where the whole is shown, in percent, and the day at a position. */
  const base = (day) => {
    for (const [n, [first, end, start, stop]] of pieces.entries()) {
      if (day < first) return n ? start - CUT / 2 : start
      if (day <= end) return start + ((day - first) / (end - first)) * (stop - start)
    }
    return WHOLE[1]
  }
  const dayAt = (x) => {
    for (const [first, end, start, stop] of pieces) {
      if (x < start) return first
      if (x <= stop) return first + ((x - start) / (stop - start)) * (end - first)
    }
    return pieces.at(-1)[1]
  }
  const place = (x) => ((x - from) / (to - from)) * 100

  // In the order of the list, which arcs count by.
  const marks = [...lanes.querySelectorAll("a.m")].map((link) => {
    const [first, end] = link.dataset.d.split(" ").map((day) => (day === "-" ? null : Number(day)))
    const isPoint = link.classList.contains("point")
    return {
      item: link.parentElement,
      plot: link.querySelector(".plot"),
      event: idOf(link.href),
      isPoint,
      lasts: link.classList.contains("lasts"),
      isOpen: first === null || end === null,
      left: first === null ? WHOLE[0] : base(isPoint ? first + 0.5 : first),
      right: end === null ? WHOLE[1] : base(isPoint ? first + 0.5 : end),
    }
  })
  const known = new Map(marks.map((one) => [one.event, one]))
  const isIn = (event) => {
    const one = known.get(event)
    return !one || (one.right >= from && one.left <= to)
  }
  const isWhole = () => to - from >= WHOLE[1] - WHOLE[0] - 0.01

  const set = (a, b) => {
    const span = Math.min(WHOLE[1], Math.max(LEAST, b - a))
    from = Math.min(Math.max(WHOLE[0], a), WHOLE[1] - span)
    to = from + span
    changed()
  }

  /** Closer by half: to that half of what is shown in which most events begin, the latest of several. */
  const closer = () => {
    const span = (to - from) / 2
    const begins = marks.filter((one) => !one.item.hidden && one.left >= from && one.left <= to).map((one) => one.left)
    let best = [-1, from + span / 2]
    for (const start of [...begins].sort((a, b) => a - b)) {
      const at = Math.min(Math.max(from, start - span * 0.06), to - span)
      const n = begins.filter((x) => x >= at && x <= at + span).length
      if (n >= best[0]) best = [n, at]
    }
    set(best[1], best[1] + span)
  }

  const ACTS = [
    [words.nearer, "+", closer],
    [words.farther, "−", () => set(from - (to - from) / 2, to + (to - from) / 2)],
    [words.earlier, "←", () => set(from - (to - from) / 4, to - (to - from) / 4)],
    [words.later, "→", () => set(from + (to - from) / 4, to + (to - from) / 4)],
    [words.whole, "↔", () => set(...WHOLE)],
  ]
  const [tools, buttons] = group(words.zoom, ACTS)
  const KEYS = { "+": 0, "=": 0, "-": 1, "−": 1, ArrowLeft: 2, ArrowRight: 3, Home: 4, 0: 4 }
  lanes.tabIndex = 0
  lanes.addEventListener("keydown", (event) => {
    const act = ACTS[KEYS[event.key]]?.[2]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  })
  lanes.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const box = scale.getBoundingClientRect()
      const at = from + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * (to - from)
      const factor = event.deltaY > 0 ? 1.25 : 0.8
      set(at - (at - from) * factor, at + (to - at) * factor)
    },
    { passive: false },
  )

  /** Draws the marks of some events, their arcs and the scale. */
  const paint = (shown) => {
    for (const one of marks) {
      one.item.hidden = !shown.has(one.event)
      if (!one.item.hidden) mark(one)
    }
    ticks()
    arcs()
    buttons[1].disabled = buttons[4].disabled = isWhole()
    buttons[2].disabled = from <= WHOLE[0] + 0.01
    buttons[3].disabled = to >= WHOLE[1] - 0.01
  }

  const mark = (one) => {
    const shape = one.plot.querySelector("circle, rect")
    let [x1, x2] = [place(one.left), place(one.right)]
    if (one.isPoint) shape.setAttribute("cx", `${x1}%`)
    else {
      const short = Math.max(0, 3.2 - (x2 - x1)) / 2
      x1 = Math.max(0, x1 - short)
      x2 = Math.min(100, x2 + short)
      shape.setAttribute("x", `${x1}%`)
      shape.setAttribute("width", `${Math.max(0, x2 - x1)}%`)
      const [arrow] = one.plot.querySelectorAll(".at")
      arrow?.setAttribute("x", one.right === WHOLE[1] && one.left > WHOLE[0] ? `${x2}%` : `${x1}%`)
    }
    // What lasted answers, and is answered, from its beginning.
    one.at = one.lasts ? Math.max(0, x1) + Math.min(1, (x2 - x1) / 2) : (x1 + x2) / 2
  }

  const layer = lanes.querySelector(".arcs")
  const pairs = [...(layer?.querySelectorAll("path[data-a]") ?? [])].map((path) => path.dataset.a)
  const listed = new Map()
  const arcs = () => {
    if (!layer) return
    const box = layer.getBoundingClientRect()
    if (!box.width) return
    const paths = []
    const tips = []
    for (const pair of pairs) {
      const [one, other] = pair.split(" ").map((n) => listed.get(Number(n)))
      if (!one || !other || one.item.hidden || other.item.hidden) continue
      const [a, b] = [one, other].map(({ at, plot }) => {
        const own = plot.getBoundingClientRect()
        return [(at / 100) * box.width, own.top + own.height / 2 - box.top]
      })
      const way = b[1] > a[1] ? 1 : -1
      const isRight = Math.max(one.at, other.at) > 90
      paths.push(draw("path", { d: flow(...a, ...b, isRight ? -1 : 1), "data-a": pair }))
      const tip = draw("svg", { x: `${other.at}%`, y: `${((b[1] - 6 * way) / box.height) * 100}%`, class: "at" })
      tip.append(draw("path", { d: `M-3.5 ${-7 * way}L0 0L3.5 ${-7 * way}Z`, class: "tip" }))
      tips.push(tip)
    }
    const stretched = draw("svg", { viewBox: `0 0 ${box.width} ${box.height}`, preserveAspectRatio: "none" }, ...paths)
    layer.replaceChildren(stretched, ...tips)
    layer.classList.add("placed")
  }

  /** The scale in years, months or days as there is room. */
  const ticks = () => {
    const width = scale.getBoundingClientRect().width || 300
    const parts = []
    let reached = -Infinity
    let year = false
    for (const [first, end, start, stop] of pieces) {
      const day = (((stop - start) / (end - first)) * (width / 100) * 100) / (to - from)
      for (const [when, format] of steps(first, end, 74 / day)) {
        const x = (place(base(when)) / 100) * width
        if (when < first || when > end || x < 0 || x > width) continue
        const isYear = !format.month
        if (x - reached < (isYear && year ? 36 : isYear || year ? 47 : format.day ? 76 : 58)) {
          // A year says more than a month before it that is too near.
          if (!isYear || year) continue
          parts.splice(-3)
        }
        reached = x
        year = isYear
        const text = new Intl.DateTimeFormat(language, { ...format, timeZone: "UTC" }).format(when * DAY)
        const at = `${(x / width) * 100}%`
        const foot = draw("svg", { x: at, y: "100%", class: "at" }, draw("text", { x: 0, y: -4, "text-anchor": "middle" }, text))
        parts.push(
          draw("line", { x1: at, x2: at, y1: 18, y2: "100%", class: "grid" }),
          draw("text", { x: at, y: 12, "text-anchor": "middle" }, text),
          foot,
        )
      }
    }
    for (const [n, [first, , start]] of pieces.entries()) {
      const x = place(start - CUT / 2)
      if (!n || first <= pieces[n - 1][1] || x < 0 || x > 100) continue
      const sides = [-3, 3].map((side) => draw("line", { x1: side, x2: side, y1: 0, y2: "100%", class: "cut" }))
      parts.push(draw("svg", { x: `${x}%`, class: "at" }, ...sides))
    }
    scale.replaceChildren(...parts)
  }

  const iso = (day) => new Date(Math.round(day) * DAY).toISOString().slice(0, 10)
  const dayOf = (text) => (/^\d{4}-\d\d-\d\d$/.test(text ?? "") ? Date.parse(text) / DAY : NaN)

  // Arcs end at rows, which move as the window's width does.
  new ResizeObserver(() => {
    arcs()
    ticks()
  }).observe(lanes)

  return {
    tools,
    isIn,
    isWhole,
    set,
    draw: paint,
    state: () => (isWhole() ? { from: "", to: "" } : { from: iso(dayAt(from)), to: iso(dayAt(to)) }),
    restore: (state) => {
      for (const [n, link] of [...document.querySelectorAll('.entry .table [data-in="event"] + a')].entries()) {
        listed.set(n, known.get(idOf(link.href)))
      }
      const [a, b] = [dayOf(state.get("from")), dayOf(state.get("to"))]
      if (a < b) {
        from = base(a)
        to = Math.max(base(b), from + LEAST)
      }
    },
  }
}

/** Days that begin years, months or days, at least so many days apart, each with how it is written. */
function* steps(first, end, least) {
  const date = (day) => new Date(day * DAY)
  const years = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500].find((n) => n * 365.25 >= least * 0.54) ?? 1000
  const months = [1, 3, 6].find((n) => n * 30.44 >= least)
  const day = (...parts) => {
    const made = new Date(0)
    made.setUTCFullYear(...parts)
    return Math.floor(made / DAY)
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
  const step = y2 > y1 ? 6 : -6
  if (Math.abs(x2 - x1) > 24) {
    const middle = (y1 + y2) / 2
    return `M${x1} ${y1 + step}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2 - step * 1.2}`
  }
  const far = Math.max(14, Math.abs(y2 - y1) * 0.06)
  const x = bend > 0 ? Math.max(x1, x2) + far : Math.min(x1, x2) - far
  return `M${x1} ${y1 + step}C${x} ${y1 + step * 3} ${x} ${y2 - step * 3} ${x2} ${y2 - step * 1.2}`
}

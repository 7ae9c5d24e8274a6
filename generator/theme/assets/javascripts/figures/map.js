// Zoom of the map: closer to where most happened. The address keeps the scale and the place in the middle.

import { buttons as group, make, remember } from "./common.js"

const MOST = 16

for (const figure of document.querySelectorAll('.fig[data-figure="map"]')) map(figure)

function map(figure) {
  const words = JSON.parse(figure.dataset.words)
  const maps = [...figure.querySelectorAll(".atlas")].map(read)
  const seen = () => maps.find(({ atlas }) => atlas.checkVisibility()) ?? maps[0]
  let zoom = 1
  // The middle of each map, in percent.
  for (const one of maps) one.middle = [50, 50]

  const show = ({ write = true } = {}) => {
    for (const one of maps) paint(one, zoom)
    acts[1].disabled = zoom === 1
    for (const button of acts.slice(2)) button.disabled = zoom === 1
    acts[0].disabled = zoom === MOST
    if (write) remember({ zoom: zoom === 1 ? "" : String(zoom), near: zoom === 1 ? "" : nearest(seen()) })
  }

  const go = (now, middle) => {
    zoom = Math.min(MOST, Math.max(1, now))
    const half = 50 / zoom
    seen().middle = middle.map((x) => Math.min(100 - half, Math.max(half, x)))
    // The map for other widths shows the same place.
    const key = nearest(seen())
    for (const one of maps) if (one !== seen()) one.middle = (one.spots.find((spot) => spot.keys.includes(key)) ?? { at: [50, 50] }).at
    show()
  }

  /** Closer by half, to the spot that has most beside it among those in sight. */
  const closer = () => {
    const one = seen()
    const half = 25 / zoom
    const inside = one.spots.filter(({ at }) => isIn(one, at, zoom))
    const weigh = (middle) =>
      inside.filter(({ at }) => at.every((x, n) => Math.abs(x - middle[n]) <= half)).reduce((sum, spot) => sum + spot.weight, 0)
    const best = inside.map((spot) => [weigh(spot.at), spot.at]).sort((a, b) => b[0] - a[0])[0]
    go(zoom * 2, best ? best[1] : one.middle)
  }
  const pan = (x, y) => {
    const [left, top] = seen().middle
    go(zoom, [left + (x * 25) / zoom, top + (y * 25) / zoom])
  }
  const ACTS = [
    [words.nearer, "+", closer],
    [words.farther, "−", () => go(zoom / 2, seen().middle)],
    [words.west, "←", () => pan(-1, 0)],
    [words.east, "→", () => pan(1, 0)],
    [words.north, "↑", () => pan(0, -1)],
    [words.south, "↓", () => pan(0, 1)],
    [words.whole_map, "↔", () => go(1, [50, 50])],
  ]
  const [tools, acts] = group(words.zoom_map, ACTS)
  const KEYS = { "+": 0, "=": 0, "-": 1, "−": 1, ArrowLeft: 2, ArrowRight: 3, ArrowUp: 4, ArrowDown: 5, Home: 6, 0: 6 }
  for (const { atlas } of maps) {
    atlas.tabIndex = 0
    atlas.setAttribute("role", "group")
    atlas.setAttribute("aria-label", words.zoom_map)
    atlas.addEventListener("keydown", (event) => {
      const n = KEYS[event.key]
      if (n === undefined || event.ctrlKey || event.metaKey || event.altKey || (n > 0 && zoom === 1)) return
      event.preventDefault()
      ACTS[n][2]()
    })
    atlas.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return
        event.preventDefault()
        const box = atlas.getBoundingClientRect()
        const { middle } = seen()
        const share = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
        const at = share.map((part, n) => middle[n] + (part - 0.5) * (100 / zoom))
        const now = event.deltaY > 0 ? zoom / 2 : zoom * 2
        if (now >= 1 && now <= MOST) go(now, at.map((x, n) => x - (share[n] - 0.5) * (100 / now)))
      },
      { passive: false },
    )
  }
  figure.before(make("div", { className: "figure-tools" }, tools))

  const state = new URLSearchParams(location.search)
  const wanted = Number(state.get("zoom"))
  if ([2, 4, 8, 16].includes(wanted)) {
    zoom = wanted
    for (const one of maps) {
      const half = 50 / zoom
      const spot = one.spots.find(({ keys }) => keys.includes(state.get("near")))
      if (spot) one.middle = spot.at.map((x) => Math.min(100 - half, Math.max(half, x)))
    }
  }
  show({ write: false })
  new ResizeObserver(() => zoom > 1 && show({ write: false })).observe(figure)
}

/** A map's parts, with their positions where the whole is shown, in percent. */
function read(atlas) {
  const earth = atlas.querySelector(".earth")
  const [, , width, height] = earth.getAttribute("viewBox").split(" ").map(Number)
  const moved = [...atlas.querySelectorAll(".over > g > .at")].map((part) => ({
    part,
    at: ["x", "y"].map((name) => parseFloat(part.getAttribute(name))),
    texts: [...part.querySelectorAll("text")].map((text) => [text, text.classList.contains("off")]),
    keys: [...part.querySelectorAll("[data-key]")].map((link) => link.dataset.key),
  }))
  const halos = new Map([...atlas.querySelectorAll(".halo")].map((halo) => {
    const part = halo.closest(".at")
    return [`${part.getAttribute("x")} ${part.getAttribute("y")}`, Number(halo.getAttribute("r")) ** 2]
  }))
  const spots = moved.filter(({ keys }) => keys.length)
  for (const spot of spots) spot.weight = 1 + (halos.get(`${spot.part.getAttribute("x")} ${spot.part.getAttribute("y")}`) ?? 0)
  const bar = atlas.querySelector("div.bar")
  return { atlas, earth, width, height, moved, spots, bar }
}

function isIn({ middle }, at, zoom) {
  return at.every((x, n) => Math.abs(x - middle[n]) <= 50 / zoom)
}

/** The key of the spot that is nearest to the middle. */
function nearest({ spots, middle }) {
  const away = ({ at }) => Math.hypot(at[0] - middle[0], at[1] - middle[1])
  return [...spots].sort((a, b) => away(a) - away(b))[0]?.keys[0] ?? ""
}

function paint(map, zoom) {
  const { earth, width, height, middle, moved, bar } = map
  const left = (middle[0] / 100) * width - width / zoom / 2
  const top = (middle[1] / 100) * height - height / zoom / 2
  earth.setAttribute("viewBox", `${left} ${top} ${width / zoom} ${height / zoom}`)
  if (bar) bar.hidden = zoom > 1
  for (const { part, at, texts } of moved) {
    at.forEach((x, n) => part.setAttribute(n ? "y" : "x", `${50 + (x - middle[n]) * zoom}%`))
    part.classList.toggle("off", !isIn(map, at, zoom))
    for (const [text, isOff] of texts) text.classList.toggle("off", isOff && zoom === 1)
  }
  if (zoom === 1 || !map.atlas.checkVisibility()) return
  // Names that had no room may have some now: each that meets no other is shown.
  const shown = []
  const order = [...map.spots, ...moved.filter(({ keys }) => !keys.length)]
  for (const { part, texts } of order) {
    if (part.classList.contains("off")) continue
    for (const [text] of texts) {
      const box = text.getBoundingClientRect()
      const meets = shown.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom - 2 && other.top < box.bottom - 2)
      text.classList.toggle("off", meets)
      if (!meets) shown.push(box)
    }
  }
}

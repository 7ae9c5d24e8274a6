// The search as a page of its own, whose address says all of its state; and as a part of the page for a missing one.

import { styled } from "./dialog.js"
import { stateOf, View } from "./view.js"

// What a bad address may have meant: the words of its last part.
const wordsOf = (path) => {
  const last = decodeURIComponent(path).split("/").filter(Boolean).at(-1) ?? ""
  return last.replace(/\.\w+$/, "").split(/[-_+\s]+/).join(" ")
}

export const fill = async (base, heading) => {
  const isMissing = heading.closest("[data-search]") !== null
  const changed = (state, isStep) => {
    if (isMissing) return
    const address = view.address(state)
    if (address === location.href) return
    if (isStep) history.pushState(null, "", address)
    else history.replaceState(null, "", address)
  }
  const [view] = await Promise.all([View.of(base, { changed }), styled(base)])
  heading.after(view.box)
  heading.closest("article").classList.add("has-search")
  if (isMissing) {
    const inside = location.pathname.startsWith(base.pathname) ? location.pathname.slice(base.pathname.length) : location.pathname
    await view.set({ q: wordsOf(inside) })
    return
  }
  addEventListener("popstate", () => view.set(stateOf(location.search)))
  const state = stateOf(location.search)
  await view.set(state)
  if (!state.q) view.input.focus()
}

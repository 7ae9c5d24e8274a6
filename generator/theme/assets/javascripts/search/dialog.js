// The search as a dialog over any page.

import { element } from "./element.js"
import { View } from "./view.js"

let shown = null

const styled = (base) =>
  new Promise((resolve) => {
    const href = new URL("assets/stylesheets/search.css", base).href
    if ([...document.styleSheets].some((sheet) => sheet.href === href)) return resolve()
    return document.head.append(element("link", { rel: "stylesheet", href, onload: resolve, onerror: resolve }))
  })

const make = async (base) => {
  const submitted = (view) => location.assign(view.selected?.href ?? view.address())
  const [view] = await Promise.all([View.of(base, { isList: true, submitted }), styled(base)])
  const close = element("button", { type: "button", class: "search__close", onclick: () => dialog.close() }, view.say("close"))
  const dialog = element("dialog", { class: "search-dialog", "aria-label": view.say("title") }, view.box)
  view.form.append(close)
  view.input.setAttribute("autofocus", "")
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close())
  view.input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
    event.preventDefault()
    view.move(step)
  })
  document.body.append(dialog)
  view.set({})
  return { view, dialog }
}

// `typed` says what was typed since it was asked for.
export const open = async (base, typed) => {
  shown ??= make(base)
  shown.catch(() => (shown = null))
  const { view, dialog } = await shown
  if (!dialog.open) dialog.showModal()
  view.input.focus()
  const words = typed()
  if (words) return view.type(words)
  return view.input.select()
}

export { styled }

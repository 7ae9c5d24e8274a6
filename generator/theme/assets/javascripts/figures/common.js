// What scripts of figures share: elements, words of the interface, state in the address.

const SVG = "http://www.w3.org/2000/svg"

/** The last part of an address's path: the id of a record. */
export const idOf = (href) => new URL(href, location.href).pathname.split("/").filter(Boolean).pop()

/** An element with properties and children. */
export const make = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

/** An element of a drawing with attributes. */
export const draw = (name, attributes, ...children) => {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

/** Words of the interface with values in them, in the plural that a number wants. */
export const speaker = (words) => {
  const plural = new Intl.PluralRules(document.documentElement.lang)
  return (key, values = {}) => {
    const message = words[key]
    const text = typeof message === "string" ? message : message[plural.select(values.n)] ?? message.other
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "")
  }
}

/** Puts values into the address; empty ones leave it. */
export const remember = (values) => {
  const url = new URL(location.href)
  for (const [key, value] of Object.entries(values)) {
    if (value) url.searchParams.set(key, value)
    else url.searchParams.delete(key)
  }
  history.replaceState(history.state, "", url)
}

/** Buttons that act, as a group; each is a sign with its words. */
export const buttons = (label, found) => {
  const made = found.map(([words, sign, act]) => {
    const button = make("button", { type: "button", title: words, ariaLabel: words }, sign)
    button.addEventListener("click", act)
    return button
  })
  return [make("div", { className: "zoom", role: "group", ariaLabel: label, title: label }, ...made), made]
}

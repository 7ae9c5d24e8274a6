// Makes elements of the search.

// From right to left, where most letters are read so.
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g
export const direction = (text) => {
  const found = text.match(RTL)
  return found && found.length * 2 > text.match(/\p{L}/gu).length ? "rtl" : null
}

// Names read from right to left keep apart from what stands beside them.
export const dotted = (parts) => parts.filter(Boolean).flatMap((part, at) => [at ? " · " : "", element("bdi", {}, part)])

export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value)
    else made.setAttribute(key, value === true ? "" : value)
  }
  made.append(...children.flat().filter((child) => child !== "" && child !== null && child !== undefined))
  return made
}

// Runs of text with a space between them, some of them marked.
export const marked = (runs) => runs.flatMap(({ text, isMarked }, at) => [at ? " " : "", isMarked ? element("mark", {}, text) : text])

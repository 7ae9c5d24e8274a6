// The records and articles that a reader opened last, the latest first: kept in this browser alone, for this site
// alone, until the reader clears them.

const MOST = 8

// Several sites may share a host.
const key = (base) => `dossier-recent ${base.pathname}`

export const recent = (base) => {
  try {
    const kept = JSON.parse(localStorage.getItem(key(base)))
    return Array.isArray(kept) ? kept.filter(({ path, kind, title }) => [path, kind, title].every((text) => typeof text === "string")) : []
  } catch {
    return []
  }
}

const write = (base, pages) => {
  try {
    if (pages.length) localStorage.setItem(key(base), JSON.stringify(pages))
    else localStorage.removeItem(key(base))
  } catch {
    // A browser may refuse to store anything.
  }
}

export const forget = (base) => write(base, [])

// Adds the page of a record.
export const keep = (base, entry) => {
  const path = location.pathname.slice(base.pathname.length)
  const page = { path, kind: entry.dataset.kind, title: entry.querySelector("h1").textContent.trim() }
  write(base, [page, ...recent(base).filter((other) => other.path !== path)].slice(0, MOST))
}

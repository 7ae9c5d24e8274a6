// What the build wrote for the search: fetched once, unpacked.

const fetched = new Map()

const read = async (url, options) => {
  const response = await fetch(url, options)
  if (!response.ok) throw new Error(`${response.status} ${url}`)
  return new Uint8Array(await response.arrayBuffer())
}

// Some servers unpack a .gz file on its way: what begins like one is one.
const unpacked = async (bytes) => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const json = (bytes) => JSON.parse(new TextDecoder().decode(bytes))

const once = (url, options, parse = json) => {
  if (!fetched.has(url.href)) {
    const found = read(url, options).then(unpacked).then(parse)
    // What failed may be tried again.
    found.catch(() => fetched.delete(url.href))
    fetched.set(url.href, found)
  }
  return fetched.get(url.href)
}

// The list of the other files, whose names change with what they hold; null where the site has no search.
export const manifest = async (base) => {
  try {
    return await once(new URL("search/data/manifest.json", base), { cache: "no-cache" })
  } catch (error) {
    if (error.message.startsWith("404")) return null
    throw error
  }
}

export const file = (base, name) => once(new URL(`search/data/${name}`, base))

// The same where it is no JSON.
export const packed = (base, name) => once(new URL(`search/data/${name}`, base), {}, (bytes) => bytes)

export const calendar = (base) => once(new URL("search/calendar.json", base), { cache: "no-cache" })

export const words = async (base) => {
  const messages = await once(new URL("search/words.json", base), { cache: "no-cache" })
  const plural = new Intl.PluralRules(messages.locale)
  const number = new Intl.NumberFormat(messages.locale)
  const shown = (value) => (typeof value === "number" ? number.format(value) : value)
  // A message with its values filled in; `n` chooses its form.
  const say = (key, values = {}) => {
    const message = messages[key]
    const text = typeof message === "string" ? message : message[plural.select(values.n ?? 0)] ?? message.other
    return text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]))
  }
  say.locale = messages.locale
  say.kind = (kind) => messages.kinds[kind]
  return say
}

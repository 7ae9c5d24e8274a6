// What texts are filtered by: kind, outlet and year, any of those chosen; people, all of those chosen.

import { FACETS } from "./common.js"
import { file } from "./data.js"

// The value of a text whose outlet is not named.
export const NONE = "none"

export class Facets {
  #people = null

  constructor(base, manifest, texts, filters) {
    this.base = base
    this.manifest = manifest
    this.outlets = new Map(filters.outlet)
    const outlets = filters.outlet.map(([id]) => id)
    this.values = {
      kind: texts.kinds.map((kind) => manifest.kinds[kind]),
      // Only articles have an outlet.
      outlet: filters.outlets.map((outlet, number) => outlets[outlet] ?? (manifest.kinds[texts.kinds[number]] === "article" ? NONE : "")),
      year: filters.days.map((day) => (day ? String(Math.floor(day / 10000)) : "")),
    }
    this.days = filters.days
  }

  static async of(base, manifest) {
    return new Facets(base, manifest, ...(await Promise.all([file(base, manifest.texts), file(base, manifest.filters)])))
  }

  // The results that pass all filters but one.
  passing(results, filters, but = "") {
    const wanted = FACETS.filter((facet) => facet !== but && filters[facet].length)
    return results.filter((result) => wanted.every((facet) => filters[facet].includes(this.values[facet][result.number])))
  }

  // How many results each value of a facet would leave, those chosen and the most first.
  counts(results, filters, facet) {
    const counts = new Map(filters[facet].map((value) => [value, 0]))
    for (const result of this.passing(results, filters, facet)) {
      const value = this.values[facet][result.number]
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    const found = [...counts]
    return facet === "year" ? found.sort(([a], [b]) => b - a) : found.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  }

  // How many results name each person, by id.
  async named(results) {
    this.#people ??= file(this.base, this.manifest.people)
    const { ids, steps } = await this.#people
    const counts = new Map()
    for (const result of results) {
      let number = 0
      for (const step of steps[result.number]) {
        number += step
        counts.set(ids[number], (counts.get(ids[number]) ?? 0) + 1)
      }
    }
    return counts
  }

  // The results by date, those without one last.
  byDate(results, isNewest) {
    const day = (result) => this.days[result.number]
    return [...results].sort((a, b) => {
      if (!day(a) || !day(b)) return (day(b) ? 1 : 0) - (day(a) ? 1 : 0)
      return isNewest ? day(b) - day(a) : day(a) - day(b)
    })
  }
}

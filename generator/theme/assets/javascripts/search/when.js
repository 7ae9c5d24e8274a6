// A day, a month or a year that a query asks for, in any usual form: 13 Sep 2022, 2022-09-13, 13.09.2022, May 2021,
// сентябрь 2022, 13 September (of any year).

import { plain } from "../folding.js"

// Endings of numbers: 13th, 2022-ին, 2022г.
const NUMBER = /^(\d+)-?\p{L}{0,3}\.?$/u
const YEAR = /^\d{4}$/
// Names of months have other endings in some languages; those of fewer letters are not told apart.
const ENDING = 2
const SHORTEST = 3

// A date as the build writes it, such as 20220913.
const day = (year, month, number) => (year * 100 + month) * 100 + number
const lastOf = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate()

export class Calendar {
  // `fillers`: words that say nothing of a date.
  constructor({ names, ...patterns }, fillers) {
    this.patterns = patterns
    this.names = Object.entries(names).map(([name, month]) => [plain(name), month])
    // Not abbreviations, which other names begin with; English names have one form.
    this.inflected = this.names.filter(([name]) => !/^[a-z]+$/.test(name) && !this.names.some(([other]) => other !== name && other.startsWith(name))).sort(([a], [b]) => b.length - a.length)
    this.fillers = new Set(fillers.split(" "))
  }

  // What a query asks for, or null: the first and the last day, with the year 0 where it may be any; and in words.
  read(query) {
    const words = plain(query).split(/[\s,]+/).filter((word) => word && !this.fillers.has(word))
    return this.#inNumbers(words.join(" ")) ?? this.#inWords(words)
  }

  #inNumbers(text) {
    const big = text.match(/^(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?$/)
    if (big) return this.#date(...big.slice(1).map((part) => Number(part ?? 0)))
    const small = text.match(/^(?:(\d{1,2})[-./])?(\d{1,2})[-./](\d{4})$/)
    if (!small) return null
    const [number, month, year] = small.slice(1).map((part) => Number(part ?? 0))
    // The day comes first, unless that is no date.
    return this.#date(year, month, number) ?? (number ? this.#date(year, number, month) : null)
  }

  #inWords(words) {
    const found = { year: 0, month: 0, number: 0 }
    for (const word of words) {
      const digits = word.match(NUMBER)?.[1] ?? ""
      const month = digits ? 0 : this.#month(word)
      const [key, value] = digits ? [YEAR.test(digits) ? "year" : "number", Number(digits)] : ["month", month]
      if (!value || found[key]) return null
      found[key] = value
    }
    // A month alone is a word like others.
    return found.year || (found.month && found.number) ? this.#date(found.year, found.month, found.number) : null
  }

  // By the beginning of a name, as in sept; or by a name with another ending, as in сентябре.
  #month(word) {
    const text = word.replace(/\.$/, "")
    if (text.length < SHORTEST) return 0
    const isForm = ([name]) => text.startsWith(name.slice(0, -1)) && text.length <= name.length + ENDING
    const [, month] = this.names.find(([name]) => name.startsWith(text)) ?? this.inflected.find(isForm) ?? []
    return month ?? 0
  }

  #date(year, month, number) {
    if (month > 12 || (number && (!month || number > lastOf(year || 2000, month)))) return null
    const first = day(year, month || 1, number || 1)
    const last = day(year, month || 12, number || lastOf(year || 2000, month || 12))
    const [key, pattern] = !month ? ["year", "{y}"] : !number ? ["month", this.patterns.months[month - 1]] : ["day", this.patterns[year ? "days" : "yearly"][month - 1]]
    const text = pattern.replace("{d}", number).replace("{y}", year)
    return { first, last, isYearly: !year, key, text }
  }
}

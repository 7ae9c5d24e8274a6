// What has a date: the files that generator/search/dates.py writes.

import { file } from "./data.js"

// In which order kinds are listed.
const ORDER = ["event", "document", "statement", "article"]

export class Dates {
  constructor(base, manifest) {
    this.base = base
    this.manifest = manifest
  }

  // All with a date in some time, by kind and date; then those whose date is longer or less exact and reaches into it,
  // first those that begin in it, the shortest first.
  async find(time, kinds) {
    const { months, longer } = await file(this.base, this.manifest.dates)
    const isAsked = ([month], at) => time.isYearly || (month <= time.last / 100 && (months[at + 1]?.[0] ?? Infinity) > time.first / 100)
    const names = [...months.filter(isAsked).map(([, name]) => name), longer]
    const found = (await Promise.all(names.map((name) => file(this.base, name)))).flatMap(rows)
    const part = found.filter((row) => reaches(row, time)).map((row) => ({ ...row, isWithin: isWithin(row, time), kind: kinds[row.number] }))
    const order = ({ kind }) => (ORDER.indexOf(kind) + ORDER.length + 1) % (ORDER.length + 1)
    const begins = ({ first }) => first >= time.first
    const around = (a, b) => begins(b) - begins(a) || a.last - a.first - (b.last - b.first) || order(a) - order(b)
    const within = (a, b) => order(a) - order(b) || a.first - b.first || a.last - b.last
    return part.sort((a, b) => b.isWithin - a.isWithin || (a.isWithin ? within(a, b) : around(a, b)) || a.number - b.number || a.passage - b.passage)
  }
}

const rows = ([firsts, lengths, texts, passages]) => firsts.map((first, at) => ({ first, last: first + lengths[at], number: texts[at], passage: passages[at] }))

// Of a day of any year only dates of few days can be told to have it.
const inYear = (time, year) => (time.isYearly ? [time.first + year * 10000, time.last + year * 10000] : [time.first, time.last])

const reaches = (row, time) => {
  if (time.isYearly && Math.floor(row.first / 100) !== Math.floor(row.last / 100)) return false
  const [first, last] = inYear(time, Math.floor(row.first / 10000))
  return row.first <= last && row.last >= first
}

const isWithin = (row, time) => {
  const [first, last] = inYear(time, Math.floor(row.first / 10000))
  return row.first >= first && row.last <= last
}

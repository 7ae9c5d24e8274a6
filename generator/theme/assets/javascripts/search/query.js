// What is typed, as phrases in quotation marks of any sort and other words.

import { DOUBLE_QUOTES } from "../folding-table.js"

// A mark between two letters is one of the word, as in צה"ל.
const letter = "[\\p{L}\\p{N}]"
const within = `(?:[^${DOUBLE_QUOTES}]|(?<=${letter})[${DOUBLE_QUOTES}](?=${letter}))+`
const phrase = new RegExp(`(?<!${letter})[${DOUBLE_QUOTES}](${within})[${DOUBLE_QUOTES}](?!${letter})|「([^」]+)」|『([^』]+)』`, "gu")
const around = new RegExp(`^[${DOUBLE_QUOTES}]+|[${DOUBLE_QUOTES}]+$`, "gu")

const split = (text) => text.split(/\s+/).filter(Boolean)

export const parse = (query) => {
  const phrases = []
  const rest = query.replace(phrase, (_, ...inside) => {
    phrases.push(split(inside.slice(0, 3).find(Boolean)))
    return " "
  })
  return { phrases: phrases.filter(({ length }) => length), words: split(rest).map((word) => word.replace(around, "")).filter(Boolean) }
}

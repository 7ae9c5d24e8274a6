// Spellings made alike: first letters of any script in ASCII, then what transliterations differ in.

import { plain } from "../folding.js"

// Lower-case ASCII by a table from the build; what no script has as a letter or digit parts words.
export const folder = (table) => (text) => {
  let folded = ""
  const letters = [...plain(text)]
  for (let at = 0; at < letters.length; at += 1) {
    const pair = letters[at] + (letters[at + 1] ?? "")
    const letter = letters[at]
    if (pair in table && [...pair].length === 2) {
      folded += table[pair]
      at += 1
    } else if (/[a-z0-9]/.test(letter)) folded += letter
    else if (letter in table) folded += table[letter]
    else if (letter === "'" || /\p{M}/u.test(letter)) continue
    else if (/[\p{L}\p{N}]/u.test(letter)) folded += letter
    else folded += " "
  }
  return folded.trim().replace(/ +/g, " ")
}

// In turn, on one folded word. The same name goes through several alphabets and the customs of several countries:
// Pashinian, Pashinyan, Pashinjan; Khachatryan, Hachatrian; Lukashenko, Loukachenko; Zhukov, Joukov, Žukov;
// Gorbachev, Gorbachyov, Gorbatschow, Gorbaczow.
const RULES = [
  [/schtsch|shch|szcz/g, "sh"],
  [/tsch|tch|cz/g, "ch"],
  [/sch|sz/g, "sh"],
  [/(?<=.[cs]h)y?o(?=(v|w|ff?)$)/g, "e"],
  [/dzh|dj|zh|[jy]/g, "i"],
  [/([kg])h/g, (_, letter) => (letter === "k" ? "h" : "g")],
  [/ph/g, "f"],
  [/th/g, "t"],
  [/x/g, "ks"],
  [/ck|q|c(?!h)/g, "k"],
  [/ch/g, "s"],
  [/sh/g, "s"],
  [/t[sz]|z/g, "s"],
  [/oo|ou|ow(?![aeiou])/g, "u"],
  [/w/g, "v"],
  [/ea(?=n$)/g, "ia"],
  [/(?<=[oe])f+$/g, "v"],
  [/i+e/g, "e"],
  [/ae/g, "e"],
  [/[oue]{2,}/g, (vowels) => vowels[0]],
  [/(?<=.)h(?=[^aeiou]|$)/g, ""],
  [/(.)\1+/g, "$1"],
]
export const skeleton = (word) => RULES.reduce((text, [rule, by]) => text.replace(rule, by), word)

// Hebrew and Arabic write few vowels: what is left of a name without any. Arabic k is q, k or g elsewhere, and its
// article is a word of its own or none: al-Qadhafi, Gaddafi, Kadhafi; Abd al-Rahman, Abdul Rahman, Abderrahmane.
const ABJAD = /[\u0590-\u06ff]/
const ARTICLE = /(?<!\p{L})\u0627\u0644(?=\p{L}{2})/gu
export const isAbjad = (text) => ABJAD.test(text)
const bones = (text) => text.split(" ").map((word) => skeleton(word).replace(/[aeiouvh]/g, "")).join("").replace(/f|b/g, "p").replace(/g/g, "k").replace(/(.)\1+/g, "$1")
// With articles and without, by a way to fold.
export const consonants = (fold, text) => [...new Set([text, text.replace(ARTICLE, "")].map((one) => bones(fold(one))))]

// Whether two words differ by no more than so many letters, added, left out, changed or swapped with the next.
export const isNear = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return false
  let before = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1]
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1)
      }
    }
    if (Math.min(...next) > most) return false
    before = row
    row = next
  }
  return row[other.length] <= most
}

// How many letters a word of a length may be mistyped by. One in five at most: Iran and Iraq differ in one of four, as
// Austria and Australia, or Russia and Kazakhstan as Armenian has them, in two of eight or nine.
export const slips = (length) => (length < 5 ? 0 : length < 10 ? 1 : 2)
// Skeletons leave out what spellings differ in, so that what is left may differ by less.
export const skeletonSlips = (length) => Math.min(slips(length), 1)

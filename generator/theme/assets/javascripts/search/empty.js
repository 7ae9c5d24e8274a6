// Parts of the search before anything is typed.

import { element } from "./element.js"
import { forget, recent } from "../recent.js"

const PAGES = 6

// The pages that were opened last, but the one that is open.
export const recentPages = (base) => recent(base).filter(({ path }) => new URL(path, base).pathname !== location.pathname).slice(0, PAGES)

// A button that clears these pages.
export const forgetting = (base, say, done) => {
  const clear = () => {
    forget(base)
    done()
  }
  return element("button", { type: "button", class: "search__other", onclick: clear }, say("forget"))
}

const KEYS = [[["↑", "↓"], "key_choose"], [["Enter"], "key_open"], [["Esc"], "key_close"], [["/"], "key_anywhere"]]

export const keys = (say) =>
  element("p", { class: "search__keys" }, ...KEYS.map(([all, does]) => element("span", {}, ...all.map((key) => element("kbd", {}, key)), " ", say(does))))

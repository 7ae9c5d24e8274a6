// The filters beside the passages, as a panel; fetched when the first passages are there.

import { FACETS } from "./common.js"
import { direction, element } from "./element.js"
import { Facets, NONE } from "./facets.js"

// Values of a filter that show.
const VALUES = 40

// `named`: the records that the query names, which are no filters. `change` is called with a change of the state.
export const panel = async ({ say, state, names, facets, results, named, isOpen, change, opened }) => {
  const looked = named.map(({ id }) => id)
  const label = {
    kind: (value) => say.kind(value),
    outlet: (value) => (value === NONE ? say("no_outlet") : facets.outlets.get(value) ?? value),
    year: (value) => value,
  }
  const kept = facets.passing(results, state)
  const valuesOf = (facet) => facets.counts(results, state, facet).map(([value, count]) => ({ value, count, label: label[facet](value) }))
  const counts = await facets.named(kept)
  const rows = [...counts].filter(([id]) => !looked.includes(id)).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, VALUES)
  if (rows.some(([id]) => !names.byId.has(id))) await names.all()
  const those = state.person.map((id) => names.byId.get(id)).filter(Boolean).map(({ id, label }) => ({ value: id, label, count: kept.length }))
  const people = rows.map(([id, count]) => ({ value: id, label: names.byId.get(id).label, count }))
  const set = (facet, values) => filter({ say, chosen: state[facet], facet, values, change })
  const sets = [...FACETS.map((facet) => set(facet, valuesOf(facet))), set("person", [...those, ...people])]
  const order = element(
    "select",
    { "aria-label": say("sort"), onchange: ({ target }) => change({ sort: target.value }) },
    ...["best", "newest", "oldest"].map((value) => element("option", { value, selected: value === state.sort }, say(value))),
  )
  const chosen = [...FACETS, "person"].flatMap((facet) => state[facet]).length
  const summary = element("summary", {}, chosen ? say("filters_chosen", { n: chosen }) : say("filters"))
  const inner = element("div", { class: "search__facets" }, ...sets, element("label", { class: "search__order" }, `${say("sort")} `, order))
  return element("details", { class: "search__open", open: isOpen, ontoggle: ({ target }) => opened(target.open) }, summary, inner)
}

const filter = ({ say, chosen, facet, values, change }) => {
  if (!values.length) return ""
  const boxes = values.slice(0, VALUES).map(({ value, label, count }) => {
    const box = element("input", {
      type: "checkbox", name: facet, value, checked: chosen.includes(value), "data-value": `${facet}:${value}`,
      onchange: ({ target }) => change({ [facet]: target.checked ? [...chosen, value] : chosen.filter((one) => one !== value) }),
    })
    return element("label", {}, box, element("span", { class: "search__value", dir: direction(label) }, label), element("span", { class: "search__count" }, String(count)))
  })
  return element("fieldset", { class: "search__facet" }, element("legend", {}, say(facet)), ...boxes)
}

export { Facets }

// The arrow keys turn the steps of the story; the address has the step, so that it can be shared.

const steps = [...document.querySelectorAll(".step-number")]
const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

// What takes the arrow keys itself: fields, and boxes that scroll sideways.
const takesKeys = (element) => element.closest("input, textarea, select, [contenteditable], [role=combobox], dialog, [tabindex='0']")

const here = () => {
  const line = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8
  return steps.findLastIndex((step) => step.getBoundingClientRect().top <= line)
}

addEventListener("keydown", (event) => {
  const way = STEPS[event.key]
  if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || takesKeys(event.target)) return
  const next = here() + way
  if (next >= steps.length) return
  event.preventDefault()
  // Above the first step is the title.
  if (next < 0) {
    scrollTo(0, 0)
    history.replaceState(null, "", location.pathname + location.search)
  } else location.replace(`#${steps[next].id}`)
})

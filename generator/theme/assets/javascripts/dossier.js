// What scrolls sideways needs a tab stop; what fits its column does not.
const boxes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})
for (const box of document.querySelectorAll(".wide, .entry figure, .entry pre > code")) boxes.observe(box)

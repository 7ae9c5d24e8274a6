// What scrolls sideways needs a tab stop; what fits its column does not.
const boxes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})
for (const box of document.querySelectorAll(".wide, .entry figure, .entry pre > code")) boxes.observe(box)

// Lists that lie over the page: one closes by Escape, by turning elsewhere, and once it has led somewhere.
const opened = () => document.querySelector(":is(.menu, .contents__list)[open]")
const close = ({ type, target }) => {
  const list = opened()
  if (list && (!list.contains(target) || (type === "click" && target.closest("a")))) list.open = false
}
document.addEventListener("click", close)
document.addEventListener("focusin", close)
document.addEventListener("keydown", ({ key }) => {
  const list = opened()
  if (key !== "Escape" || !list) return
  list.open = false
  list.querySelector("summary").focus()
})

// The network: who is pointed at or has the focus stands out with its ties.

for (const figure of document.querySelectorAll('.fig[data-figure="network"]')) {
  const ties = [...figure.querySelectorAll(".tie")]
  const show = (key) => {
    for (const tie of ties) tie.classList.toggle("away", Boolean(key) && !tie.dataset.ends.split(" ").includes(key))
  }
  const of = ({ target }) => target.closest?.(".node")?.dataset.key
  figure.addEventListener("pointerover", (event) => show(of(event)))
  figure.addEventListener("focusin", (event) => show(of(event)))
  figure.addEventListener("pointerleave", () => show())
  figure.addEventListener("focusout", () => show())
}

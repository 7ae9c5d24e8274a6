// What the build drew and listed is whole without scripts; each figure that gains by one has its own.

for (const name of new Set([...document.querySelectorAll(".fig[data-figure]")].map((figure) => figure.dataset.figure))) {
  import(new URL(`figures/${name}.js`, import.meta.url))
}

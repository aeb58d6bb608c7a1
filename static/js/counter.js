// What is typed in data-apart, less the field data-from or the centavos data-of: change, or what a count is apart.
const inCents = (text) => Math.round(Number(FORMATS.money(text).replace(/\./g, "").replace(",", ".")) * 100);
function sayApart(out) {
  const typed = document.getElementById(out.dataset.apart)?.value.trim();
  const apart = inCents(typed || "x") - (out.dataset.of ?? inCents(document.getElementById(out.dataset.from)?.value || "x"));
  const { over, under, even } = out.dataset;
  const reais = (Math.abs(apart) / 100).toLocaleString("pt-BR", { style: "currency", currency: "BRL" });
  out.textContent = Number.isNaN(apart) ? "" : apart ? `${apart > 0 ? over : under} ${reais}` : even;
}
on("input", () => document.querySelectorAll("[data-apart]").forEach(sayApart));

// Texts that are typed and not yet saved wait in this tab, under their author and the address of their form: tickets.js
// keeps and offers them. They go once sent, when their author leaves or somebody else comes in, and after twelve hours.

const TYPED = "enlace.typed:";
const HALF_A_DAY = 12 * 60 * 60 * 1000;
const author = $("[data-operator]")?.dataset.operator;
const stored = () => { try { return Object.keys(sessionStorage); } catch { return []; /* storage is forbidden here */ } };
const typedAt = (prefix) => stored().filter((name) => name.startsWith(TYPED + prefix)).sort();
const read = (name) => JSON.parse(sessionStorage[name]);
const forget = (name) => sessionStorage.removeItem(name);

for (const name of typedAt("")) {
  const isForeign = author && !name.startsWith(`${TYPED}${author}:`);
  if (isForeign || Date.now() - read(name).at > HALF_A_DAY) forget(name);
}
document.querySelectorAll("[data-sent]").forEach(({ dataset }) => typedAt(`${author}:${dataset.sent}:`).forEach(forget));
on("submit", ({ target }) => target.matches("[data-operator]") && typedAt("").forEach(forget));

// ---- A board: a card goes to another column by drag, by Alt and an arrow, or by its menu, through one address

const cardOf = (element) => element?.closest?.(".card[data-moves]");
const columnOf = (element) => element?.closest?.(".board-col");
const cardsOf = (column) => [...column.querySelectorAll(".card[data-version]")];
const ready = (element) => element && (element.focus(), element.scrollIntoView({ block: "nearest", inline: "nearest" }));

let dragged = null;

function closeMenu() {
  $("#move-menu")?.remove();
}

// A card that waits for its note is drawn in the column it goes to; the other place says so.
function leaveForm() {
  const form = $(".card-moving");
  if (!form) return null;
  const card = document.getElementById(`card-${form.dataset.card}`);
  form.remove();
  if (card) { card.classList.remove("card-left"); delete card.dataset.going; }
  return card;
}

async function move(card, column) {
  if (!card || !column || column === columnOf(card)) return;
  closeMenu();
  leaveForm();
  const id = column.dataset.column, source = card, back = column.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING;
  if ("ready" in card.dataset && !back) {
    const values = { coluna: id, version: card.dataset.version };
    return htmx.ajax("POST", card.dataset.moves, { source, target: `#${card.id}`, swap: "outerHTML", values });
  }
  await htmx.ajax("GET", `${card.dataset.moves}/nova?coluna=${id}&version=${card.dataset.version}`, { source, target: `#cards-${id}`, swap: "afterbegin" });
  const there = $(".card-moving") && document.getElementById(card.id);
  if (!there) return;
  $(".card-moving").scrollIntoView({ block: "nearest", inline: "center" });
  there.classList.add("card-left");
  there.dataset.going = `indo para ${column.dataset.name}, espera ${back ? "o motivo" : "a nota"}`;
}

// ---- Drag

on("dragstart", (event) => {
  dragged = cardOf(event.target);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.id);
});
const over = (column) => document.querySelectorAll(".board-col").forEach((one) => one.classList.toggle("is-over", one === column));
on("dragover", (event) => {
  if (!dragged || !columnOf(event.target)) return;
  event.preventDefault();
  over(columnOf(event.target));
});
on("dragend", () => { dragged = null; over(null); });
on("drop", (event) => {
  if (!dragged) return;
  event.preventDefault();
  move(dragged, columnOf(event.target));
  dragged = null;
  over(null);
});

// ---- Keys, on a card that has the focus

on("keydown", (event) => {
  if (event.key === "Escape" && ($("#move-menu") || $(".card-moving"))) {
    const card = $("#move-menu") ? cardOf($("#move-menu")) : null;
    closeMenu();
    ready(card || leaveForm());
    return;
  }
  const card = event.target.matches?.(".card[data-version]") && event.target;
  if (!card || event.ctrlKey || event.metaKey) return;
  const column = columnOf(card), all = [...document.querySelectorAll(".board-col")];
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key], along = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (sideways && event.altKey) move(cardOf(card), all[all.indexOf(column) + sideways]);
  else if (sideways) ready(cardsOf(all[all.indexOf(column) + sideways] || column)[0]);
  else if (along && !event.altKey) ready(cardsOf(column)[cardsOf(column).indexOf(card) + along]);
  else if (event.key === "Enter") $("a.name", card).click();
  else if (event.key === "n" && isBare(event)) location.assign(`${$("a.name", card).href}#registro`);
  else return;
  event.preventDefault();
});

// ---- The menu, the note, and the way back

onClick(".move-menu [data-to]", (item, event) => {
  event.preventDefault();
  move(cardOf(item), $(`.board-col[data-column="${item.dataset.to}"]`));
});
onClick("[data-cancels]", () => ready(leaveForm()));
onClick("[data-proposes]", (button) => {
  const field = document.getElementById(button.dataset.proposes);
  field.value = $("span", button).textContent;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.focus();
});
onClick("[data-toast] a[href$='/desfazer']", (link, event) => {
  event.preventDefault();
  link.closest("[data-toast]").remove();
  htmx.ajax("POST", link.getAttribute("href"), { source: "#board", target: "#board", swap: "none" });
});
on("click", (event) => { if (!event.target.closest(".move-menu")) closeMenu(); });

// The menu of the last card of a column, too, is seen whole.
on("htmx:after:settle", () => $("#move-menu")?.scrollIntoView({ block: "nearest" }));

// What others moved is drawn by a timer, but not under somebody's hands. A card that went stands nowhere twice.
on("htmx:before:request", (event) => {
  const source = event.detail.ctx.sourceElement;
  if (source.id === "board" && event.detail.ctx.request.method.toUpperCase() === "GET" && (dragged || $(".card-moving, #move-menu"))) event.preventDefault();
  if (source.matches(".card-foot a")) closeMenu();
});

// ---- Lists by keyboard: J and K choose, Enter opens, / goes to the search

const rowsOf = () => [...document.querySelectorAll("[data-keys-list] :is(tbody tr, li)")];

on("keydown", (event) => {
  if (!isBare(event)) return;
  const rows = rowsOf(), at = rows.findIndex((row) => row.classList.contains("is-current-row"));
  const key = event.key.toLowerCase(), step = { j: 1, k: -1 }[key];
  if (step && rows.length) {
    const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    rows[at]?.classList.remove("is-current-row");
    row.classList.add("is-current-row");
    ($("th a", row) || $("a", row)).focus();
  }
  if (event.key === "/" && $("[type=search]")) { event.preventDefault(); $("[type=search]").focus(); }
  // The key of an act for ticked rows, and none is ticked: it is meant for the row where one is.
  const act = /^[a-z]$/.test(key) && $(`#chosen [data-key=${key}]`), box = act && rows[at] && $("[name=chosen]", rows[at]);
  if (box && !$("[name=chosen]:checked")) {
    box.checked = true;
    act.click();
  }
});

// ---- Chosen rows: how many, and all of the page at once

const sayChosen = () => {
  const boxes = [...document.querySelectorAll("[name=chosen]")], many = boxes.filter((box) => box.checked).length;
  const words = $("[data-chosen-count]"), all = $("[data-choose-all]"), whole = $("[name=todos]:checked");
  if (words) words.textContent = whole ? "Todos do filtro" : many === 1 ? "1 escolhido" : `${many} escolhidos`;
  if (all) { all.checked = many > 0 && many === boxes.length; all.indeterminate = many > 0 && many < boxes.length; }
};

// A swap brings other rows into the places of these: a tick would move to a ticket that nobody chose.
on("htmx:before:swap", ({ detail: { tasks } }) => {
  const gone = tasks.flatMap(({ target }) => target?.querySelectorAll ? [...target.querySelectorAll("[name=chosen]")] : []);
  gone.forEach((box) => { box.checked = false; });
  if (gone.length) sayChosen();
});

on("reset", () => setTimeout(sayChosen)); // Nenhum, once the boxes are empty

on("change", ({ target }) => {
  if (target.matches("[data-choose-all]")) document.querySelectorAll("[name=chosen]").forEach((box) => { box.checked = target.checked; });
  if (target.matches("[data-choose-all], [name=chosen], [name=todos]")) sayChosen();
});

// ---- A document or a telephone is searched by a post and stands in no address: the history of the tab keeps it for Back

const keepSought = () => {
  const typed = $("[data-sought]")?.value;
  if (typed === undefined) return;
  const secret = typed.replace(/\D/g, "").length >= 6;
  history.replaceState({ ...history.state, htmx: true, sought: secret ? typed : "" }, "");
};

on("input", ({ target }) => { if (target.matches("[data-sought]")) keepSought(); });
on("htmx:after:history:update", keepSought); // it has written its own

addEventListener("load", () => {
  const search = $("[data-sought]"), sought = history.state?.sought;
  if (!search || !sought || search.value) return;
  search.value = sought;
  search.form.requestSubmit();
});

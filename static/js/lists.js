// ---- Lists by keyboard: J and K choose, Enter opens; other keys press what names them, / goes to the search

const rowsOf = () => [...document.querySelectorAll("[data-keys-list] tbody tr")];

on("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !keys?.checked || event.target.closest("input:not([type=checkbox]), textarea, select, [popover], dialog")) return;
  const rows = rowsOf(), at = rows.findIndex((row) => row.classList.contains("is-current-row"));
  const key = event.key.toLowerCase(), step = { j: 1, k: -1 }[key];
  if (step && rows.length) {
    const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    rows[at]?.classList.remove("is-current-row");
    row.classList.add("is-current-row");
    $("a", row).focus();
  }
  if (event.key === "/" && $("[type=search]")) { event.preventDefault(); $("[type=search]").focus(); }
  const pressed = /^[a-z]$/.test(key) && $(`[data-key=${key}]`);
  if (!pressed) return;
  const box = pressed.form?.id === "chosen" && !$("[name=chosen]:checked") && rows[at] && $("[name=chosen]", rows[at]);
  if (box) box.checked = true; // nothing was ticked: the act is meant for the row where one is
  pressed.click();
});

// ---- Chosen rows: how many, and all of the page at once

const sayChosen = () => {
  const boxes = [...document.querySelectorAll("[name=chosen]")], many = boxes.filter((box) => box.checked).length;
  const words = $("[data-chosen-count]"), all = $("[data-choose-all]");
  if (words) words.textContent = many === 1 ? "1 escolhido" : `${many} escolhidos`;
  if (all) { all.checked = many > 0 && many === boxes.length; all.indeterminate = many > 0 && many < boxes.length; }
};

on("change", ({ target }) => {
  if (target.matches("[data-choose-all]")) document.querySelectorAll("[name=chosen]").forEach((box) => { box.checked = target.checked; });
  if (target.matches("[data-choose-all], [name=chosen]")) sayChosen();
});

// On a narrow window a row is a block, whose cells say their columns themselves.

const sayColumns = () => document.querySelectorAll(".table").forEach((table) => {
  const columns = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
  table.querySelectorAll("tbody td:not([colspan], .row-actions)").forEach((cell) => { cell.dataset.column = columns[cell.cellIndex] || ""; });
});
sayColumns();
on("htmx:after:settle", sayColumns);

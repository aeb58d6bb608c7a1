// ---- Drafts: what is typed when the window closes is sent on its way; the server keeps it (C-64)

on("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  document.querySelectorAll("form[data-draft]").forEach((form) => navigator.sendBeacon(form.dataset.draft, new FormData(form)));
});

// ---- Lists by keyboard: J and K choose, Enter opens, N and / go where they say

const rowsOf = () => [...document.querySelectorAll("[data-keys-list] tbody tr")];

on("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !keys?.checked || event.target.closest("input, textarea, select, [popover], dialog")) return;
  const rows = rowsOf(), at = rows.findIndex((row) => row.classList.contains("is-current-row"));
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (step && rows.length) {
    const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    rows[at]?.classList.remove("is-current-row");
    row.classList.add("is-current-row");
    $("a", row).focus();
  }
  if (event.key.toLowerCase() === "n") $("[data-key=n]")?.click();
  if (event.key === "/" && $("#q")) { event.preventDefault(); $("#q").focus(); }
});

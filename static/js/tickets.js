// ---- Drafts: what is typed when the window closes is sent on its way; the server keeps it (C-64)

on("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  document.querySelectorAll("form[data-draft]").forEach((form) => navigator.sendBeacon(form.dataset.draft, new FormData(form)));
});

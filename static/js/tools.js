// ---- Ferramentas: T opens the menu of the ticket

on("keydown", (event) => {
  if (event.key.toLowerCase() !== "t" || event.ctrlKey || event.metaKey || event.altKey || !keys?.checked || event.target.closest("input, textarea, select, dialog")) return;
  $("[popovertarget=tools]")?.click();
});

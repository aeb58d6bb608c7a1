// Dialogs: the browser holds the focus inside; it goes back to what opened them.

function open(dialog, opener, event) {
  if (!dialog?.showModal) return;
  event.preventDefault();
  if (dialog.open) return;
  dialog.showModal();
  const first = $("[autofocus], [data-close]", dialog);
  first?.focus();
  first?.select?.();
  dialog.addEventListener("close", () => opener.focus(), { once: true });
}

onClick("[data-open]", (opener, event) => open($(opener.dataset.open), opener, event));

onClick("[data-close]", (button, event) => {
  const dialog = button.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  dialog.close();
});

// A click on the ground around the dialog closes it too.
on("mousedown", (event) => { if (event.target.matches?.("dialog[open]") && outside(event)) event.target.close(); });

function outside({ target, clientX, clientY }) {
  const box = target.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

// ---- Drafts: what is typed when the window closes is sent on its way; the server keeps it (C-64)

// Only what was typed in this window: an older one left open would write over what a newer one kept.
let isMine = false;
on("input", ({ target }) => { if (target.form?.dataset.draft) isMine = true; });
on("visibilitychange", () => {
  if (document.visibilityState !== "hidden" || !isMine) return;
  document.querySelectorAll("form[data-draft]").forEach((form) => navigator.sendBeacon(form.dataset.draft, new FormData(form)));
});

// ---- What is typed waits in this tab until the server has it, for a network that fails or a session that ends

const typing = $("form[data-typed]"); // the names of its texts, and of who reads them
const fieldsOf = () => typing.dataset.typed.split(" ").map((name) => typing.elements[name]);
const typed = () => JSON.stringify(fieldsOf().map((field) => field.value));
const textOf = (name) => JSON.stringify(read(name).texts);

function keepTyped() {
  if (fieldsOf().some((field) => field.matches?.("textarea") && field.value.trim()))
    sessionStorage[entry] = JSON.stringify({ at: Date.now(), texts: JSON.parse(typed()) });
  else forget(entry);
}

// Offered when the page is drawn with something else: what the server holds is never written over unasked.
function offer() {
  const note = $("[data-kept]");
  const name = typedAt(place).filter((one) => one !== entry).pop();
  note.hidden = !name;
  if (!name) return;
  note.dataset.kept = name;
  $("time", note).textContent = new Date(read(name).at).toLocaleTimeString("pt-BR", { timeStyle: "short" });
  say($("span", note).textContent);
}

const place = typing && `${author}:${new URL(typing.action).pathname}:`;
const entry = typing && (typedAt(place).find((name) => textOf(name) === typed()) || `${TYPED}${place}${Date.now()}`);
if (typing) offer();

on("input", ({ target }) => target.form && target.form === typing && keepTyped());

// The page behind a post that took it says so: done() in web/fragments.py.
on("formdata", ({ target, formData }) => { if (target === typing) formData.set("typed", "1"); });

// The draft that the server keeps will do as well, unless more was typed while it travelled. What only draws the form
// anew keeps nothing.
on("htmx:before:request", ({ detail: { ctx } }) => { if (typing && ctx.sourceElement.id === "kept") ctx.typed = typed(); });
on("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.typed && ctx.typed === typed() && ctx.response.status === 200) forget(entry);
});

onClick("[data-kept] button", (button) => {
  const name = button.closest("[data-kept]").dataset.kept, fields = fieldsOf();
  if ("use" in button.dataset) {
    read(name).texts.forEach((text, at) => { fields[at].value = text; });
    fields[0].dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  forget(name);
  offer();
  fields[0].focus();
});

// ---- The comment by keyboard: Alt+P turns it from private to public and back, Ctrl+Enter sends it

on("keydown", (event) => {
  const composer = event.target.closest(".composer") || $(".composer");
  if (!composer) return;
  if (event.altKey && event.code === "KeyP") {
    event.preventDefault();
    $("[name=visibility]:not(:checked)", composer).click();
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.matches(".composer-text")) event.target.form.requestSubmit();
});

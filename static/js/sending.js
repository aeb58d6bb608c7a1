// Sending: the button rests and says so until the answer comes

const WORKING = "Gravando…";
const words = (button) => $("span", button) || button;

function rest(button) {
  if (!button || button.dataset.words !== undefined) return;
  const label = words(button);
  button.dataset.words = label.textContent;
  label.textContent = button.dataset.working || WORKING;
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
}

function wake(button) {
  if (!button || button.dataset.words === undefined) return;
  words(button).textContent = button.dataset.words;
  delete button.dataset.words;
  button.removeAttribute("aria-busy");
  button.disabled = false;
}

const isHtmx = (element) => ["get", "post"].some((verb) => element?.hasAttribute?.(`hx-${verb}`));

// A plain form: the button rests after its name and value were collected.
on("submit", (event) => {
  const form = event.target;
  const pressed = event.submitter || $("button[type=submit], button:not([type])", form);
  const button = pressed?.matches(".vh") ? $(".btn-primary", form) : pressed; // Enter presses the unseen one
  if (form.method !== "post" || isHtmx(form) || isHtmx(button) || form.target === "_blank") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  setTimeout(() => {
    if (event.defaultPrevented) return;
    form.dataset.sent = "yes";
    rest(button);
  });
});

// A page that only leads on, as that of a PDF that is ready, goes by itself, unless somebody came back to it.
if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") $("form[data-goes]")?.requestSubmit();

// Back from the next page, or from the browser's memory of this one.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  document.querySelectorAll("button[data-words]").forEach(wake);
});

// ---- htmx: the same for fragments, a bar after 300 ms, a word when the server fails

const waiting = new Map();

on("htmx:before:request", ({ detail: { ctx } }) => {
  const source = ctx.sourceElement;
  const posts = ctx.request.method.toUpperCase() === "POST";
  const button = posts && (ctx.request.submitter || (source.matches("button") ? source : null));
  if (button) rest(button);
  ctx.target?.setAttribute?.("aria-busy", "true");
  waiting.set(ctx, { button, target: ctx.target, timer: setTimeout(() => root.classList.add("is-busy"), 300) });
});

on("htmx:finally:request", ({ detail: { ctx } }) => done(ctx));
on("htmx:error", ({ detail: { ctx } }) => {
  if (!ctx) return;
  done(ctx);
  showToast({ text: "A conexão falhou. O que você digitou continua aqui. Tente de novo.", tone: "bad" });
});

function done(ctx) {
  const wait = waiting.get(ctx);
  if (!wait) return;
  clearTimeout(wait.timer);
  waiting.delete(ctx);
  if (!ctx.keepIndicators) wake(wait.button); // on the way to another page it stays at rest
  wait.target?.removeAttribute?.("aria-busy");
  if (!waiting.size) root.classList.remove("is-busy");
}

on("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.status < 500) return;
  const code = ctx.response.headers.get("X-Request-Id");
  showToast({ text: `Não foi possível concluir. Tente de novo.${code ? ` (código ${code})` : ""}`, tone: "bad" });
});

// A link of the error summary goes to the first control of its field.
onClick(".error-summary a[href^='#']", (link, event) => {
  const field = document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const control = field.matches("fieldset") ? $("input:checked, input", field) : field;
  control.focus();
  field.closest(".field")?.scrollIntoView({ block: "center" });
});

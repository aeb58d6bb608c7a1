// Photos: their names beside the button, and too large a one is told before it travels.

const PHOTO_MOST = 10 * 1024 * 1024;

function tellPhotos(input) {
  const form = input.form, files = [...input.files];
  const large = files.find((file) => file.size > PHOTO_MOST);
  const error = $("[data-photo-error]", form), names = $("[data-photo-names]", form), label = $("[data-photo-words]", form);
  error.hidden = !large;
  if (large) {
    const size = (large.size / 1024 / 1024).toLocaleString("pt-BR", { maximumFractionDigits: 0 });
    error.lastElementChild.lastElementChild.textContent = `${large.name}: ${size} MB passam do limite de 10 MB. Mande um print ou um arquivo menor.`;
    say(error.textContent);
    input.value = "";
    input.focus();
  }
  const chosen = large ? "" : files.map((file) => file.name).join(", ");
  if (names) { names.hidden = !chosen; names.textContent = chosen; }
  else label.textContent = chosen || "Mandar uma foto";
}

on("change", ({ target }) => { if (target.matches("[data-photos]")) tellPhotos(target); });

// The news of a conversation are asked for while somebody looks, and at once when they come back.
on("htmx:before:request", (event) => {
  if (document.hidden && event.detail.ctx.sourceElement.id === "novas") event.preventDefault();
});
on("visibilitychange", () => { if (!document.hidden && $("#novas")) htmx.trigger("#novas", "back"); });

// What comes is shown to whoever stands at the end; whoever reads further up is told, and nothing moves.
const fromEnd = () => document.documentElement.scrollHeight - innerHeight - scrollY;
const below = $("[data-below]");
let atEnd = false;
on("htmx:before:swap", ({ detail: { ctx } }) => { if (ctx?.sourceElement?.id === "novas") atEnd = fromEnd() < 160; });
on("htmx:after:settle", () => {
  if (!below || !$("[aria-label='Chegou agora']:not([data-told])")) return;
  document.querySelectorAll("[aria-label='Chegou agora']").forEach((list) => { list.dataset.told = ""; });
  if (atEnd) $("#fim").scrollIntoView({ block: "end" });
  else below.hidden = false;
});
on("scroll", () => { if (below && fromEnd() < 160) below.hidden = true; });

// What is typed waits in this tab, under who types it, until the server has it: a session may end before it is sent.
const keeps = $("form[data-keep]");
const inTab = (act) => { try { return act(sessionStorage); } catch { return ""; /* storage is forbidden here */ } };
if (keeps) {
  const field = keeps.elements.body;
  const name = `ajuda:${keeps.dataset.keep}:${new URL(keeps.action).pathname}`;
  if ($("[data-sent]")) inTab((kept) => kept.removeItem(name));
  else if (!field.value) field.value = inTab((kept) => kept.getItem(name)) || "";
  on("input", ({ target }) => { if (target === field) inTab((kept) => kept.setItem(name, field.value)); });
  on("formdata", ({ target, formData }) => { if (target === keeps) formData.set("typed", "1"); });
}

// Respostas prontas: a bar at the beginning of a word opens the list over the text. The focus stays in the text, the
// arrows choose, Enter inserts, Esc closes; what is typed narrows it by code and name. Nothing is sent but one question.

const answers = $("#answers");
// A text of several lines may not have the role of a combobox (ARIA in HTML), but all that belongs to one.
const STEERS = { "aria-controls": "answers", "aria-autocomplete": "list", "aria-haspopup": "listbox" };
const spoken = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let writing, bar = -1, closed = -1, early; // the text; where its bar stands; a bar that was answered with Esc; Enter before the list

const offered = () => [...answers.querySelectorAll("[role=option]:not([hidden])")];
const picked = () => $("[aria-selected=true]", answers);

function pick(option) {
  picked()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option?.id) writing.setAttribute("aria-activedescendant", option.id);
  else writing.removeAttribute("aria-activedescendant");
}

function shut() {
  if (bar < 0) return;
  pick();
  Object.keys(STEERS).forEach((name) => writing.removeAttribute(name));
  answers.hidden = true;
  answers.textContent = "";
  bar = -1;
}

function narrow() {
  if (!answers.firstElementChild) return;
  const asked = spoken(writing.value.slice(bar + 1, writing.selectionStart)).split(" ").filter(Boolean);
  for (const option of answers.querySelectorAll("[role=option]"))
    option.hidden = !!option.dataset.words && !asked.every((word) => spoken(option.dataset.words).includes(word));
  const found = offered();
  answers.hidden = !found.length;
  pick(found[0]);
  say(found.length ? `${found.length} ${found.length === 1 ? "resposta" : "respostas"}. Setas para escolher, Enter para inserir.` : "Nenhuma resposta com isto.");
  if (early) insert();
}

function insert() {
  const option = picked(), text = option?.dataset.text;
  early = false;
  if (!text) { if (option) say($("small", option).textContent); return; }
  const [from, to] = [bar, writing.selectionStart];
  if (writing.value.length - (to - from) + text.length > writing.maxLength) { say("A resposta não cabe: o comentário passaria de 4.000 letras."); return; }
  shut();
  writing.setSelectionRange(from, to);
  // Unlike setRangeText, a command can be undone with Ctrl+Z; Firefox once had none for texts.
  if (!document.execCommand("insertText", false, text)) {
    writing.setRangeText(text, from, to, "end");
    writing.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

on("input", ({ target }) => {
  if (!answers || !target.matches(".composer-text")) return;
  const found = /(?:^|\s)\/(?:\S[^\n/]{0,40})?$/.exec(target.value.slice(0, target.selectionStart));
  const at = found ? target.value.lastIndexOf("/", target.selectionStart - 1) : -1;
  if (at !== closed) closed = -1;
  if (at < 0 || at === closed) return shut();
  if (at === bar) return narrow();
  [writing, bar, early] = [target, at, false];
  Object.entries(STEERS).forEach(([name, value]) => writing.setAttribute(name, value));
  answers.dispatchEvent(new Event("ask"));
});

on("htmx:after:settle", ({ detail }) => {
  if (bar >= 0 && (detail.newContent || []).some((node) => node.id === "answer-list")) narrow();
});
const fails = ({ detail: { ctx } }) => { if (ctx?.sourceElement === answers && ctx.response?.status !== 200) shut(); };
on("htmx:after:request", fails);
on("htmx:error", fails);

on("keydown", (event) => {
  if (bar < 0 || event.target !== writing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const found = offered(), at = found.indexOf(picked());
  if (!found.length && answers.firstElementChild && event.key !== "Escape") return;
  if (event.key === "Escape") { closed = bar; shut(); }
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") pick(found.at((at + (event.key === "ArrowDown" ? 1 : -1)) % found.length));
  else if (event.key === "Enter" || event.key === "Tab") { early = !found.length; if (!early) insert(); }
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
});
on("focusout", ({ target }) => { if (target === writing) shut(); });
on("mousedown", (event) => { if (event.target.closest("#answers")) event.preventDefault(); });
onClick("#answers [role=option]", (option) => { pick(option); insert(); });

// A bar that was not answered is no word to a customer: sending waits until it is chosen, or closed with Esc.
on("submit", (event) => {
  const option = bar >= 0 && !answers.hidden && writing.form === event.target && picked();
  if (!option) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (option.dataset.text) insert();
  else say(`${$("small", option).textContent} Não foi enviado.`);
}, true);

// The button writes the bar, so that the key is learnt by the way.
onClick("[data-answers]", (button, event) => {
  event.preventDefault();
  const text = $(".composer-text", button.form);
  text.focus();
  document.execCommand("insertText", false, /(^|\s)$/.test(text.value.slice(0, text.selectionStart)) ? "/" : " /");
});

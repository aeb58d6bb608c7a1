// What every page does by itself. One listener per event on the document, so that content swapped in later works without
// being wired up again. The parts of a family are joined inside one function: what stands here serves those after it.
const $ = (selector, root = document) => root.querySelector(selector);
const root = document.documentElement;
const on = (event, act, options) => document.addEventListener(event, act, options);
const onClick = (selector, act) => on("click", (event) => {
  const found = event.target.closest?.(selector);
  if (found) act(found, event);
});

// ---- Kept on this device, outside private windows

const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept */ } };
const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

// ---- Theme: the reader's own choice

const THEME = "enlace.theme";

function applyTheme(choice) {
  if (choice === "dark" || choice === "light") root.dataset.theme = choice;
  else delete root.dataset.theme;
  document.querySelectorAll("[data-theme-choice]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (choice || "auto")));
  });
}

applyTheme(kept(THEME) || root.dataset.theme);

onClick("[data-theme-choice]", (button) => {
  const choice = button.dataset.themeChoice;
  keep(THEME, choice);
  applyTheme(choice);
});

// ---- Speaking: the live region, and toasts that leave after six seconds

function say(text) {
  const live = $("#live");
  if (!live) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 50);
}

function watchToast(toast, seconds = 6) {
  let timer;
  const stay = () => clearTimeout(timer);
  const leave = () => { stay(); timer = setTimeout(() => toast.remove(), seconds * 1000); };
  toast.addEventListener("mouseenter", stay);
  toast.addEventListener("mouseleave", leave);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("focusout", leave);
  leave();
}

// A toast may offer one way back, for so many seconds: {text, tone, link: {text, href}, seconds}.
function showToast({ text, tone, link, seconds }) {
  const template = $("#toast");
  const region = $("#toasts");
  if (!text || !template || !region) return;
  const toast = template.content.firstElementChild.cloneNode(true);
  $("span", toast).textContent = text;
  if (tone === "bad" || tone === "warn") {
    const use = $("use", toast);
    use.setAttribute("href", use.dataset.bad);
  }
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link.href;
    anchor.textContent = link.text;
    $("span", toast).after(anchor);
  }
  region.append(toast);
  watchToast(toast, seconds);
}

on("aviso", (event) => showToast(event.detail));
onClick("[data-toast-close]", (button) => button.closest("[data-toast]").remove());
document.querySelectorAll("[data-toast]").forEach((toast) => watchToast(toast));

// ---- An edited form says which fields were changed: when somebody was faster, the others follow what is stored

const isChanged = (field) => field.options
  ? [...field.options].some((one) => one.selected !== one.defaultSelected) && (field.selectedIndex > 0 || !!$("[selected]", field))
  : field.value !== field.defaultValue || field.checked !== field.defaultChecked;

on("formdata", ({ target, formData }) => {
  if (!target.elements.version) return;
  const changed = [...target.elements].filter((field) => field.name && isChanged(field)).map((field) => field.name);
  formData.set("touched", [...new Set([...(formData.get("touched") || "").split(" "), ...changed])].join(" ").trim());
});

// ---- Focus: where a swap or a page wants the reader to be, the first wrong field, or the first of the form it is for

const FIELD = "body.staff .work form.form:not(:has(.btn-danger, .btn-danger-fill)) :is(input:not([type=hidden]), select, textarea):enabled:not([readonly])";
const begins = (field) => field.type !== "radio" || field.checked || !$(`[name="${field.name}"]:checked`, field.form);

function focusWithin(container, otherwise) {
  const wrong = [...container?.querySelectorAll?.(".staff .form [aria-invalid=true]:enabled") || []].find((one) => one.offsetParent);
  const wanted = wrong || (container?.matches?.("[data-focus]") ? container : container?.querySelector?.("[data-focus]")) || otherwise;
  if (!wanted) return;
  if (!wanted.matches("a[href], button, input, select, textarea, [tabindex]")) wanted.tabIndex = -1;
  wanted.focus({ preventScroll: wanted.getBoundingClientRect().top > 0 && wanted.getBoundingClientRect().bottom < innerHeight });
}

let focused = ""; // where the focus was before a swap drew that anew
on("htmx:before:swap", () => { focused = document.activeElement.id; });
on("htmx:after:settle", (event) => {
  for (const node of event.detail.newContent || []) focusWithin(node);
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
});
focusWithin($("main"), [...document.querySelectorAll(FIELD)].find(begins));

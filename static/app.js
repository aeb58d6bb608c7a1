// Everything the pages do by themselves. One listener per event on the document,
// so that content swapped in later works without being wired up again.
(() => {
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

  function watchToast(toast) {
    let timer;
    const stay = () => clearTimeout(timer);
    const leave = () => { stay(); timer = setTimeout(() => toast.remove(), 6000); };
    toast.addEventListener("mouseenter", stay);
    toast.addEventListener("mouseleave", leave);
    toast.addEventListener("focusin", stay);
    toast.addEventListener("focusout", leave);
    leave();
  }

  // A toast may offer one way back: {text, tone, link: {text, href}}.
  function showToast({ text, tone, link }) {
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
    watchToast(toast);
  }

  on("aviso", (event) => showToast(event.detail));
  onClick("[data-toast-close]", (button) => button.closest("[data-toast]").remove());
  document.querySelectorAll("[data-toast]").forEach(watchToast);

  // ---- Focus: where a swap or a refused page wants the reader to be

  function focusWithin(container) {
    const wanted = container?.matches?.("[data-focus]") ? container : container?.querySelector?.("[data-focus]");
    if (!wanted) return;
    if (!wanted.matches("a[href], button, input, select, textarea, [tabindex]")) wanted.tabIndex = -1;
    wanted.focus({ preventScroll: wanted.getBoundingClientRect().top > 0 && wanted.getBoundingClientRect().bottom < innerHeight });
  }

  on("htmx:after:settle", (event) => {
    for (const node of event.detail.newContent || []) {
      focusWithin(node);
      if (node.id === "found") arrived(node);
    }
  });
  focusWithin($("main"));

  // A link of the error summary goes to the first control of its field.
  onClick(".error-summary a[href^='#']", (link, event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const control = field.matches("fieldset") ? $("input:checked, input", field) : field;
    control.focus();
    field.closest(".field")?.scrollIntoView({ block: "center" });
  });

  // ---- Sending: the button rests and says so until the answer comes

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

  // ---- Copy: the button itself says that it is done, for four seconds

  async function copy(text, source) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "vh";
      (source || document.body).append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      return copied;
    }
  }

  function selectText(element) {
    if (element.select) element.select();
    else getSelection().selectAllChildren(element);
  }

  onClick("[data-copy]", async (button) => {
    if (button.dataset.before) return;
    const target = button.dataset.copyTarget && $(button.dataset.copyTarget);
    const text = button.dataset.copy || target?.value || target?.textContent.trim() || "";
    const copied = await copy(text, button.closest("dialog"));
    button.focus();
    if (!copied) {
      if (target) selectText(target);
      say("Pressione e segure o código para copiar.");
      return;
    }
    const label = words(button);
    const use = $("use", button);
    const before = { text: label.textContent, icon: use?.getAttribute("href") };
    button.dataset.before = before.text;
    button.classList.add("is-done");
    label.textContent = button.dataset.done || "Código copiado";
    if (use) use.setAttribute("href", before.icon.replace(/#.*/, "#i-check"));
    say(label.textContent);
    setTimeout(() => {
      delete button.dataset.before;
      button.classList.remove("is-done");
      label.textContent = before.text;
      if (use) use.setAttribute("href", before.icon);
    }, 4000);
  });

  // ---- Formats: only when the reader leaves the field, and only what is certain

  const digits = (text) => text.replace(/\D/g, "");

  const FORMATS = {
    cep(text) {
      const d = digits(text);
      return d.length === 8 ? `${d.slice(0, 5)}-${d.slice(5)}` : text;
    },
    phone(text) {
      const d = digits(text);
      if (d.length !== 10 && d.length !== 11) return text;
      return `(${d.slice(0, 2)}) ${d.slice(2, -4)}-${d.slice(-4)}`;
    },
    // The new CNPJ has letters in its first twelve places.
    "cpf-cnpj"(text) {
      const c = text.replace(/[^0-9a-z]/gi, "").toUpperCase();
      if (/^\d{11}$/.test(c)) return c.replace(/^(...)(...)(...)(..)$/, "$1.$2.$3-$4");
      if (/^[0-9A-Z]{12}\d\d$/.test(c)) return c.replace(/^(..)(...)(...)(....)(..)$/, "$1.$2.$3/$4-$5");
      return text;
    },
    money(text) {
      const clean = text.replace(/^R\$\s*/, "").trim();
      if (!/^(\d+|\d{1,3}(\.\d{3})+)(,\d{1,2})?$/.test(clean)) return text;
      const [reais, cents = ""] = clean.replace(/\./g, "").split(",");
      return `${BigInt(reais).toLocaleString("pt-BR")},${cents.padEnd(2, "0")}`;
    },
  };

  on("focusout", (event) => {
    const input = event.target;
    const format = FORMATS[input.dataset?.format];
    if (format && input.value) input.value = format(input.value.trim());
  });

  // ---- Dialogs

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

  // ---- The palette: the focus stays in its field, the arrows choose, Enter opens what is chosen

  const chosen = () => $("#found [aria-selected=true]");
  const isAnswered = () => $("#found").dataset.q === $("#palette-search").value.trim();
  let waits; // Enter was pressed before the answer was here

  function choose(hit) {
    chosen()?.setAttribute("aria-selected", "false");
    hit?.setAttribute("aria-selected", "true");
    hit?.scrollIntoView({ block: "nearest" });
    $("#palette-search").setAttribute("aria-activedescendant", hit?.id || "");
  }

  function arrived(found) {
    choose($("[role=option]", found));
    $("#palette-search").setAttribute("aria-expanded", String(!!chosen()));
    $("#palette [role=status]").textContent = found.dataset.said;
    if (waits && isAnswered()) follow(waits);
  }

  const follow = ({ ctrlKey, metaKey }) => chosen()?.dispatchEvent(new MouseEvent("click", { ctrlKey, metaKey }));

  function steer(event) {
    const hits = [...document.querySelectorAll("#found [role=option]")];
    const at = hits.indexOf(chosen());
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    waits = null;
    if (event.isComposing || (to === undefined && event.key !== "Enter")) return;
    event.preventDefault();
    if (to !== undefined) choose(hits.at(to % hits.length));
    else if (isAnswered()) follow(event);
    else (waits = event).target.form.requestSubmit();
  }

  // ---- Keys; those without Ctrl can be turned off

  const KEYS = "enlace.keys";
  const keys = $("[data-keys]");
  if (keys) keys.checked = kept(KEYS) !== "false";
  onClick("[data-keys]", () => keep(KEYS, keys.checked));

  on("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open($("#palette"), document.activeElement, event);
    if (event.target.id === "palette-search") steer(event);
    if (event.key === "?" && keys?.checked && !event.target.closest("input, textarea, select")) $("#help").togglePopover();
    // Enter in a field that looks something up does that, and does not send the form.
    if (event.key === "Enter" && event.target.matches?.("[data-enter]")) {
      event.preventDefault();
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  // ---- Parts of a form that depend on an answer: data-show-when="open_order=yes", data-hide-when likewise.
  // Without JavaScript every part is there, and the server ignores what does not apply.

  function reveal(form) {
    form.querySelectorAll("[data-show-when], [data-hide-when]").forEach((part) => {
      const [name, value] = (part.dataset.showWhen || part.dataset.hideWhen).split("=");
      const says = form.querySelector(`[name="${name}"]:checked`)?.value === value;
      part.hidden = part.dataset.showWhen ? !says : says;
    });
  }
  document.querySelectorAll("form").forEach(reveal);
  on("change", (event) => event.target.form && reveal(event.target.form));

  // ---- The Central may be put on the home screen: its worker has a page for when there is no network
  if ($("link[rel=manifest]")) navigator.serviceWorker?.register("/central/sw.js").catch(() => {});
})();

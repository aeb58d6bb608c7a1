// Copy: the button itself says that it is done, for four seconds

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

onClick("[data-print]", () => print());

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

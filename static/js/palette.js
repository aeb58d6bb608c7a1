// The palette: the focus stays in its field, the arrows choose, Enter opens what is chosen

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

on("htmx:after:settle", (event) => {
  for (const node of event.detail.newContent || []) if (node.id === "found") arrived(node);
});

// ---- Keys; those without Ctrl can be turned off

const KEYS = "enlace.keys";
const keys = $("[data-keys]");
if (keys) keys.checked = kept(KEYS) !== "false";
onClick("[data-keys]", () => keep(KEYS, keys.checked));

const isBare = (event) => keys?.checked && !event.ctrlKey && !event.metaKey && !event.altKey
  && !event.target.closest("input:not([type=checkbox]), textarea, select, [popover], dialog");

// What a page names with data-key is pressed, or typed into; the menu it opens has the focus.
function press(named, event) {
  event.preventDefault();
  named.focus();
  if (!named.matches("textarea")) named.click();
  if (named.popoverTargetElement) $("a, button", named.popoverTargetElement)?.focus();
}

on("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open($("#palette"), document.activeElement, event);
  if (event.target.id === "palette-search") steer(event);
  const named = isBare(event) && /^[a-z]$/i.test(event.key) && $(`[data-key=${event.key.toLowerCase()}]`);
  if (named && named.checkVisibility()) press(named, event);
  if (event.key === "?" && keys?.checked && !event.target.closest("input, textarea, select")) $("#help").togglePopover();
});

// What a technician told without network: kept on this device, bound to who told it, sent once and in order.

const BASE = "/tecnico/";
const ME = "enlace.campo"; // whose steps this device shows, also on the page without network
const place = $("[data-kept]");
if (place?.dataset.whose) keep(ME, place.dataset.whose);
const mine = place?.dataset.whose || kept(ME);
const skew = place?.dataset.now ? Date.now() - place.dataset.now : 0; // of this clock against the server's
const moment = () => new Date(Date.now() - skew);
const hourOf = (at) => new Date(at).toLocaleTimeString("pt-BR", { hour: "2-digit", minute: "2-digit", timeZone: place.dataset.zone });
let state = place?.dataset.whose ? "" : "offline"; // why what waits does not go: offline, out

const opening = indexedDB.open("enlace-campo", 1);
opening.onupgradeneeded = () => opening.result.createObjectStore("passos", { keyPath: "key" });
const opened = new Promise((done, no) => { opening.onsuccess = done; opening.onerror = no; });

// Done when it is on the device to stay.
const stored = (act) => opened.then(() => new Promise((done, no) => {
  const work = opening.result.transaction("passos", "readwrite");
  const asked = act(work.objectStore("passos"));
  work.oncomplete = () => done(asked.result);
  work.onabort = no;
}));
const put = (item) => stored((steps) => steps.put(item));
const drop = (key) => stored((steps) => steps.delete(key));
const all = async () => (await stored((steps) => steps.getAll())).sort((a, b) => a.turn - b.turn);
const ofMine = async () => (await all()).filter((item) => item.operator === mine);

// ---- Sending

const ask = (path, more) => fetch(path, { ...more, headers: { "HX-Request": "true" } });

async function sentenceOf(answer, item) {
  if (answer.status === 404) return { words: `A OS ${item.order} não está mais com você. Conte à equipe o que já foi feito.` };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = $("main :is(.error-summary li, .note-bad, .error:not([hidden]))", page) || $("main p:not(#kept *)", page);
  return { page, words: said?.textContent.trim() || "Não entrou." };
}

// One by one, in order; one that is refused stops no other. What became of each, by its key.
async function sendAll() {
  const found = new Map();
  const items = (await ofMine()).filter((item) => !item.refused);
  try {
    const who = items.length && await ask(`${BASE}envio`);
    state = who.status === 401 || who.status === 403 ? "out" : "";
    const { operator, token } = items.length && who.ok ? await who.json() : {};
    if (operator && String(operator) !== mine) state = "out"; // somebody else signed in behind this page
    for (const item of String(operator) === mine ? items : []) {
      const body = new FormData();
      item.fields.forEach((field) => body.append(...field));
      body.set("csrf_token", token);
      const answer = await ask(item.path, { method: "POST", body });
      if (answer.status === 401) { state = "out"; break; }
      if (answer.ok) await drop(item.key);
      else if (answer.status < 500 && answer.status !== 429) {
        const said = await sentenceOf(answer, item);
        await put({ ...item, refused: said.words });
        found.set(item.key, said);
      }
    }
  } catch { state = "offline"; }
  for (const { key } of await ofMine()) if (!found.has(key)) found.set(key, ""); // it waits still
  await draw();
  return { found, many: items.length };
}

let sending = Promise.resolve();
const send = () => sending = sending.then(() => navigator.locks ? navigator.locks.request("enlace-campo", sendAll) : sendAll());

// ---- What waits, as the page says it

const WHY = { offline: "sai sozinho quando a rede voltar", out: "sai quando você entrar de novo" };

async function draw() {
  if (!place) return;
  const items = await ofMine();
  const others = place.dataset.all === undefined ? 0 : (await all()).length - items.length;
  const many = items.length + others;
  place.hidden = !many;
  const numbers = [...new Set(items.map((item) => item.order))].join(", ");
  $("h2", place).textContent = many === 1 ? "1 passo espera neste aparelho" : `${many} passos esperam neste aparelho`;
  $("p", place).textContent = (items.length ? `Das OS ${numbers}. ` : "") + (others ? `De outra pessoa, ${others}.` : "");
  $("[data-out]", place).hidden = state !== "out";
  $("ul", place).replaceChildren(...items.map((item) => {
    const line = $("template", place).content.firstElementChild.cloneNode(true);
    $("b", line).textContent = `OS ${item.order}: ${item.says}`;
    $("small", line).textContent = item.refused || `Guardado neste aparelho, ${hourOf(item.at)}, ${WHY[state] || "está saindo"}.`;
    $("div", line).hidden = !item.refused;
    const mend = $("a", line);
    mend.hidden = item.kind !== "done";
    mend.href = item.path;
    line.dataset.key = item.key;
    return line;
  }));
}

const itemOf = async (button) => (await all()).find((item) => item.key === button.closest("[data-key]").dataset.key);
onClick("[data-again]", async (button) => { await put({ ...await itemOf(button), refused: "" }); send(); });
onClick("[data-discard]", async (button) => { // asked twice, since nothing brings it back
  if (!button.dataset.sure) { button.dataset.sure = "1"; button.textContent = "Apagar de vez"; return; }
  await drop(button.closest("[data-key]").dataset.key);
  draw();
});

// ---- Leaving takes what waits along

on("submit", async (event) => {
  if (!event.target.matches("[data-leave]")) return;
  event.preventDefault();
  if (!event.target.dataset.sure && (await all()).length) {
    event.target.dataset.sure = "1";
    $("button", event.target).textContent = "Sair e apagar o que espera";
    return;
  }
  await stored((steps) => steps.clear());
  localStorage.removeItem(ME);
  event.target.submit();
});

const typing = () => signed || [...document.querySelectorAll("main :is(input:not([type=hidden]), textarea)")].some(isChanged);
async function sendAgain() {
  const { found, many } = await send();
  if (many && !found.size && place.dataset.whose && !typing()) location.reload();
}
if (place) {
  addEventListener("online", sendAgain);
  setInterval(async () => { if (place.dataset.whose && (await ofMine()).some((item) => !item.refused)) sendAgain(); }, 20000);
  navigator.serviceWorker?.register(`${BASE}sw.js`).catch(() => {});
  draw().then(() => place.dataset.whose && sendAgain()).catch(() => {});
}

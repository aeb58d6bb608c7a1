// Files chosen, dropped anywhere on the page or pasted: sent one by one, each answers with its own line.

const uploading = $("[data-uploads]");
const MOST = 10 * 1024 * 1024;
const LOST = "A conexão falhou antes do fim.";
let sending = Promise.resolve();
let unsent = 0;

const sized = (bytes) => bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB`
  : `${(bytes / 1024 / 1024).toLocaleString("pt-BR", { maximumFractionDigits: bytes < MOST ? 1 : 0 })} MB`;

// The key of one file. randomUUID is there only over https; the bits of version and variant make it a uuid4.
function fileKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function lineOf(kind, name, words) {
  const line = $(`#upload-${kind}`).content.firstElementChild.cloneNode(true);
  $("b", line).textContent = name;
  $("small", line).textContent = words;
  return line;
}

function refusalOf(file) {
  if (!file.size) return "O arquivo está vazio (0 bytes). Confira no aparelho e envie de novo.";
  if (file.size <= MOST) return "";
  const video = file.type.startsWith("video/") ? "Vídeo não entra, e " : "";
  return `${video}${sized(file.size)} passam do limite de 10 MB. ${video ? "Mande um print ou descreva no comentário." : "Mande um print ou um arquivo menor."}`;
}

function countUploads() {
  const all = document.querySelectorAll(".uploads > li").length;
  const entered = document.querySelectorAll(".uploads > .is-in").length;
  const told = $("[data-upload-count]");
  const kept = entered < all ? " Os recusados não deixaram nada guardado." : "";
  if (told) told.textContent = unsent || !all ? "" : `${entered} de ${all} ${entered === 1 ? "entrou" : "entraram"}.${kept}`;
}

async function post(file, body) {
  const answer = await fetch(uploading.action, { method: "POST", body, headers: { "HX-Request": "true", "HX-Request-Type": "partial" } });
  const html = await answer.text();
  if (answer.status === 401) location.assign(answer.headers.get("HX-Redirect"));
  if (answer.status === 204) return lineOf("entered", file.name, sized(file.size)); // it had come in, only its answer was lost
  const template = document.createElement("template");
  template.innerHTML = html;
  const line = $("li.is-in, li.is-bad", template.content);
  return line || lineOf("refused", file.name, $(".note-body, p", template.content)?.textContent.trim() || "Não entrou. Recarregue a página e envie de novo.");
}

function send(file) {
  const refusal = refusalOf(file);
  const line = lineOf(refusal ? "refused" : "sending", file.name, refusal || sized(file.size));
  $(".uploads").append(line);
  if (refusal) return countUploads();
  const body = new FormData(uploading); // who sees it is what was chosen at this moment
  body.delete("files");
  body.append("files", file, file.name);
  body.set("idem", fileKey());
  unsent += 1;
  sending = sending.then(() => sendNow(file, body, line));
}

// A second try keeps the key: what came in without our knowing does not come in twice.
async function sendNow(file, body, line) {
  let ended;
  try { ended = await post(file, body); } catch {
    ended = lineOf("refused", file.name, LOST);
    const again = $("[data-upload-off]", ended);
    again.dataset.uploadAgain = "";
    words(again).textContent = "Tentar de novo";
    again.addEventListener("click", () => { unsent += 1; sending = sending.then(() => sendNow(file, body, ended)); }, { once: true });
  }
  line.replaceWith(ended);
  unsent -= 1;
  countUploads();
  say(`${file.name}: ${$("small", ended).textContent}`);
}

onClick("[data-upload-off]:not([data-upload-again])", (button) => {
  button.closest("li").remove();
  countUploads();
  $(".drop-input").focus();
});

if (uploading) {
  const over = (is) => $(".drop").classList.toggle("is-over", is);
  $("[data-plain-upload]").hidden = true;
  on("change", ({ target }) => {
    if (!target.matches(".drop-input")) return;
    [...target.files].forEach(send);
    target.value = "";
  });
  on("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); over(true); } });
  on("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  on("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    over(false);
    [...event.dataTransfer.files].forEach(send);
  });
  on("paste", (event) => { [...event.clipboardData.files].forEach(send); });
  addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });
}

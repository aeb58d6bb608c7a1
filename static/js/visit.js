// A visit: each step is kept first and sent then, so that it is lost neither without network nor half-way.

const LARGEST = 10 * 1024 * 1024;
const NEXT = { on_the_way: "[data-step=arrived]", arrived: "[data-close]" };

async function scaled(file) {
  if (file.size < 1.5e6) return file;
  try {
    const image = await createImageBitmap(file);
    const ratio = Math.min(1, 2000 / Math.max(image.width, image.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width * ratio, height: image.height * ratio });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((blob) => done(blob || file), "image/jpeg", .85));
  } catch { return file; }
}

function fault(form, words) {
  const line = $("[data-fault]", form);
  line.hidden = !words;
  $("span", line).textContent = words;
  if (words) line.scrollIntoView({ block: "center" });
}

// The names and values of a form, as they are kept.
async function fieldsOf(form, at) {
  const fields = [];
  for (const [name, value] of new FormData(form)) {
    if (name === "csrf_token" || name === "happened_at") continue;
    if (typeof value === "string") fields.push([name, value]);
    else if (value.size) {
      const photo = await scaled(value);
      if (photo.size > LARGEST) throw `${Math.round(photo.size / 1048576)} MB passam do limite de 10 MB. Tire a foto com menos qualidade.`;
      fields.push([name, photo, photo === value ? value.name : "foto.jpg"]);
    }
  }
  if (signed && form.contains(pad)) fields.push(["signature", await new Promise((done) => pad.toBlob(done)), "assinatura.png"]);
  return [...fields, ["happened_at", at.toISOString()]];
}

on("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-step]")) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  try { await tell(form); } catch (no) { // a sentence, or the device keeps nothing: then the network alone may
    if (typeof no !== "string" && navigator.onLine) return form.submit();
    fault(form, typeof no === "string" ? no : "Não coube neste aparelho. Apague fotos antigas e tente de novo.");
  }
  delete form.dataset.busy;
});

async function tell(form) {
  const { step: kind, order, says } = form.dataset, at = moment();
  fault(form, "");
  const { done, ended_on: day, ended_time: time } = form.elements;
  if (done && !done.value.trim()) throw "Escreva o que foi feito. Sem isso a ordem não encerra.";
  if (day && !isChanged(day) && !isChanged(time)) {
    const timeZone = place.dataset.zone;
    day.value = at.toLocaleDateString("sv", { timeZone });
    time.value = at.toLocaleTimeString("pt-BR", { timeZone, hour: "2-digit", minute: "2-digit" });
  }
  const key = form.elements.idem.value;
  await put({ key, operator: mine, order, kind, says, path: form.getAttribute("action"), at: at.toISOString(), turn: Date.now(), fields: await fieldsOf(form, at), refused: "" });
  const { found } = await send();
  if (!found.has(key)) return location.assign(form.dataset.then);
  const said = found.get(key);
  if (said.page && kind === "done") { // back in the form, each sentence beside its field
    await drop(key);
    await draw();
    const fresh = $("[data-answers]", said.page);
    if (fresh) { $("[data-answers]", form).replaceWith(fresh); focusWithin(fresh); } else fault(form, said.words);
    return;
  }
  form.elements.idem.value = newKey();
  if (said) return place.scrollIntoView({ block: "center" });
  showToast({ text: `Guardado neste aparelho, ${hourOf(at)}.` });
  goOn(form, kind, at);
}

// The page goes on as it will be drawn once this has arrived.
function goOn(form, kind, at) {
  if (!NEXT[kind]) form.reset();
  if (kind === "done") { signed = false; form.hidden = true; }
  if (!NEXT[kind]) return place.scrollIntoView({ block: "center" });
  form.hidden = true;
  $("[data-close]").hidden = true;
  $(NEXT[kind]).hidden = false;
  const stop = $(`.fio > li:nth-child(${kind === "arrived" ? 2 : 1})`);
  stop.className = "fio-current fio-broken";
  stop.lastElementChild.textContent = "agora";
  if (stop.previousElementSibling) stop.previousElementSibling.className = "fio-ok";
  $("b", stop).after(Object.assign(document.createElement("span"), { textContent: hourOf(at) }));
}

// A uuid4; crypto.randomUUID is there only over https.
const newKey = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16));

on("change", ({ target }) => { if (target.matches("[data-step=photo] input") && target.value) target.form.requestSubmit(); });
onClick("[data-close]", (link, event) => {
  const ending = $("#encerrar");
  if (!ending) return;
  event.preventDefault();
  ending.hidden = false;
  link.hidden = true;
  ending.scrollIntoView();
  focusWithin(ending);
});

// ---- Signature: drawn with a finger

const pad = $("canvas");
let signed = false;
if (pad) {
  const pen = pad.getContext("2d");
  const clear = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, pad.width, pad.height); signed = false; };
  const at = (event) => [event.offsetX * pad.width / pad.clientWidth, event.offsetY * pad.height / pad.clientHeight];
  pad.addEventListener("pointerdown", (event) => { pad.setPointerCapture(event.pointerId); pen.beginPath(); pen.moveTo(...at(event)); });
  pad.addEventListener("pointermove", (event) => {
    if (!event.buttons) return;
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.lineTo(...at(event));
    pen.stroke();
    signed = true;
  });
  onClick("[data-clear]", clear);
  clear();
  mend(pad.closest("form"), pen);
}

// A closing that was refused comes back into its form.
async function mend(form, pen) {
  const item = (await ofMine()).find((one) => one.path === form.getAttribute("action") && one.refused);
  if (!item || place.dataset.mends === undefined) return;
  for (const [name, value] of item.fields) {
    if (name === "signature") { pen.drawImage(await createImageBitmap(value), 0, 0); signed = true; }
    else if (form.elements[name]) form.elements[name].value = value;
  }
  fault(form, item.refused);
}

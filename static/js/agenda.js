// ---- The agenda: a visit goes to another half hour or technician by drag, or by Alt and an arrow, through its form

const visitOf = (element) => element?.closest?.(".visit[data-moves]");
const slotOf = (element) => element?.closest?.(".agenda .slot[data-slot]");

// Its own form, filled with the place and sent as any other: what speaks against the hour is asked on the page it
// answers with. The version stays the one that was seen here.
async function moveTo(visit, slot, technician) {
  if (slot === visit.dataset.slot && technician === visit.dataset.technician) return;
  const address = visit.dataset.moves, group = visit.closest(".agenda").dataset.group;
  const asked = new URLSearchParams({
    start_on: slot.slice(0, 10), start_time: slot.slice(11, 16), technician_id: technician, volta: "agenda", grupo: group,
  });
  const answer = await fetch(`${address}?${asked}`);
  const form = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(`form[action="${address}"]`);
  if (!form) { location.assign(`${address}?${asked}`); return; }
  form.elements.version.value = visit.dataset.version;
  form.hidden = true;
  document.body.append(form);
  form.submit();
}

let carried = null;
on("dragstart", (event) => {
  carried = visitOf(event.target);
  if (!carried) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", carried.textContent.trim());
});
const mark = (slot) => document.querySelectorAll(".agenda .slot").forEach((one) => one.classList.toggle("is-over", one === slot));
on("dragover", (event) => {
  if (!carried || !slotOf(event.target)) return;
  event.preventDefault();
  mark(slotOf(event.target));
});
on("dragend", () => { carried = null; mark(null); });
on("drop", (event) => {
  const slot = slotOf(event.target);
  if (!carried || !slot) return;
  event.preventDefault();
  moveTo(carried, slot.dataset.slot, slot.dataset.technician);
});

// Half an hour to either side, or the technician above or below.
on("keydown", (event) => {
  const visit = visitOf(event.target);
  if (!visit || !event.altKey || event.ctrlKey || event.metaKey) return;
  const later = { ArrowLeft: -30, ArrowRight: 30 }[event.key], along = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (later) {
    const at = new Date(`${visit.dataset.slot.slice(0, 16)}:00Z`);
    at.setUTCMinutes(at.getUTCMinutes() + later);
    moveTo(visit, at.toISOString(), visit.dataset.technician);
  } else if (along) {
    const all = [...document.querySelectorAll(".agenda th[data-technician]")].map((row) => row.dataset.technician);
    const other = all[all.indexOf(visit.dataset.technician) + along];
    if (other) moveTo(visit, visit.dataset.slot, other);
  } else return;
  event.preventDefault();
});

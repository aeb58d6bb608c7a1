// Parts of a form that depend on an answer: data-show-when="open_order=yes", data-hide-when likewise.
// Without JavaScript every part is there, and the server ignores what does not apply.

function reveal(form) {
  form.querySelectorAll("[data-show-when], [data-hide-when]").forEach((part) => {
    const [name, value] = (part.dataset.showWhen || part.dataset.hideWhen).split("=");
    const says = (form.querySelector(`[name="${name}"]:checked`) || form.querySelector(`select[name="${name}"]`))?.value === value;
    part.hidden = part.dataset.showWhen ? !says : says;
  });
}
document.querySelectorAll("form").forEach(reveal);
on("change", (event) => event.target.form && reveal(event.target.form));

on("keydown", (event) => {
  // Enter in a field that looks something up does that, and does not send the form.
  if (event.key === "Enter" && event.target.matches?.("[data-enter]")) {
    event.preventDefault();
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

// What a CEP answers: only into fields that are as they were when it was asked, and the focus stays where it is.
on("htmx:after:settle", (event) => {
  for (const node of event.detail.newContent || []) {
    const fill = node.dataset?.fill ? JSON.parse(node.dataset.fill) : {};
    for (const [name, [was, is]] of Object.entries(fill)) {
      const field = node.closest("form")?.elements[name];
      if (field && field.value === was) field.value = is;
    }
  }
});

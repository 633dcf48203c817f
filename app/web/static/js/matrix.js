// Shows the cells as a table and lays each card where its list of cells says; cards can be dragged there, too. The list of
// each card stays its field, so keyboard, touch and mouse say the same thing.

for (const matrix of document.querySelectorAll("[data-matrix]")) {
  if (!matrix.closest("fieldset:disabled")) lay(matrix);
}

function lay(matrix) {
  const form = matrix.closest("form");
  const stack = form.querySelector("[data-stack]");
  const words = form.querySelector("[data-stack-words]");
  const cards = [...stack.children];
  const cells = [...matrix.querySelectorAll("[data-cell]")];
  const live = Object.assign(document.createElement("p"), { className: "sr" });
  live.setAttribute("role", "status");
  matrix.after(live);
  matrix.hidden = words.hidden = false;
  let dragged = null, byKey = false;

  const fieldOf = (card) => card.querySelector("select");
  const listOf = (name) => (cells.find((cell) => cell.dataset.cell === name)?.querySelector("ul") ?? stack);

  function show() {
    for (const card of cards) {
      const list = listOf(fieldOf(card).value);
      if (card.parentElement !== list) list.append(card);
    }
    count();
  }

  function count() {
    const left = stack.children.length;
    words.textContent = left ? `Noch ${left} von ${cards.length} Karten. Wählen Sie zu jeder ein Feld, oder ziehen Sie sie in die Tabelle.`
      : "Alle Karten liegen. Sie können jede noch in ein anderes Feld legen.";
    stack.hidden = !left;
  }

  function put(card) {
    const { value } = fieldOf(card);
    const list = listOf(value);
    if (card.parentElement === list) return;
    const had = card.contains(document.activeElement), fromStack = card.parentElement === stack;
    const next = card.nextElementSibling ?? card.previousElementSibling;
    stack.hidden = false;
    list.append(card);
    count();
    // Whoever takes card after card goes on in the stack instead of following each one into the table.
    if (had) fieldOf(fromStack && next ? next : card).focus({ preventScroll: Boolean(fromStack && next) });
    live.textContent = value ? `„${card.dataset.card}“ liegt jetzt in ${value}.` : `„${card.dataset.card}“ liegt wieder im Stapel.`;
  }

  form.addEventListener("keydown", (event) => { byKey = event.target.matches("[data-card] select") && event.key !== "Enter"; });
  form.addEventListener("pointerdown", () => { byKey = false; });
  form.addEventListener("change", (event) => {
    // With arrow keys some browsers choose one after the other: the card waits until its list is left.
    const card = event.target.closest("[data-card]");
    if (card && !byKey) put(card);
  });
  form.addEventListener("focusout", (event) => {
    const card = event.target.closest("[data-card]");
    if (card) setTimeout(() => { if (!card.contains(document.activeElement)) put(card); });
  });

  for (const card of cards) {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.dataset.card);
    });
    card.addEventListener("dragend", () => { dragged = null; for (const each of [stack, ...cells]) each.classList.remove("is-over"); });
  }
  for (const place of [stack, ...cells]) {
    place.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      place.classList.add("is-over");
    });
    place.addEventListener("dragleave", (event) => { if (!place.contains(event.relatedTarget)) place.classList.remove("is-over"); });
    place.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      fieldOf(dragged).value = place.dataset.cell ?? "";
      put(dragged);
      form.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  show();
  // A draft that answers.js puts back comes as values.
  const output = form.closest(".block").querySelector("[data-saved]");
  if (output) new MutationObserver(() => { if (output.dataset.state === "wiederhergestellt") show(); }).observe(output, { attributeFilter: ["data-state"] });
}

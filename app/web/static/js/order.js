// Puts steps in order with buttons and by dragging instead of numbers. The numbers stay in the form and follow, so what is
// sent is the same. Always the neighbours are moved around the step in hand: it keeps the focus, and the finger its hold.

const EDGE = 90, SPEED = 12;

for (const list of document.querySelectorAll("[data-order]")) {
  if (!list.closest("fieldset:disabled")) arrange(list);
}

function arrange(list) {
  const form = list.closest("form");
  const live = Object.assign(document.createElement("p"), { className: "sr" });
  live.setAttribute("role", "status");
  list.before(Object.assign(document.createElement("p"), {
    className: "small quiet", textContent: "Was zuerst kommt, steht oben. Verschieben Sie mit den Pfeilen oder am Griff links.",
  }));
  list.after(live);
  const steps = () => [...list.children];
  const placeOf = (step) => step.querySelector("select");

  function sort() {   // by the numbers there are; what has none stays behind the others
    const rank = (step) => Number(placeOf(step).value) || Infinity;
    list.append(...steps().sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))));
    renumber();
  }

  function renumber() {
    steps().forEach((step, index, all) => {
      step.querySelector(".order__number").textContent = `${index + 1}.`;
      step.querySelector("[data-up]").setAttribute("aria-disabled", index === 0);
      step.querySelector("[data-down]").setAttribute("aria-disabled", index === all.length - 1);
    });
  }

  const write = () => steps().forEach((step, index) => { placeOf(step).value = String(index + 1); });

  function up(step) {
    const before = step.previousElementSibling;
    if (before) step.after(before);
    return Boolean(before);
  }

  function down(step) {
    const after = step.nextElementSibling;
    if (after) step.before(after);
    return Boolean(after);
  }

  function moved(step) {
    renumber();
    write();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    live.textContent = `„${step.dataset.text}“ steht jetzt auf Platz ${steps().indexOf(step) + 1} von ${steps().length}.`;
  }

  function button(step, sign, words, name, move) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "order__move", textContent: sign });
    made.dataset[name] = "";
    made.setAttribute("aria-label", `„${step.dataset.text}“ ${words}`);
    made.addEventListener("click", () => { if (move(step)) moved(step); });
    return made;
  }

  function handle(step) {
    const made = Object.assign(document.createElement("span"), { className: "order__handle", textContent: "⠿" });
    made.setAttribute("aria-hidden", "true");
    made.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      made.setPointerCapture(event.pointerId);
      const start = steps().indexOf(step);
      step.classList.add("is-dragged");
      const follow = ({ clientY }) => {
        if (clientY < EDGE) scrollBy(0, -SPEED);
        if (clientY > innerHeight - EDGE) scrollBy(0, SPEED);
        const middle = (each) => { const box = each.getBoundingClientRect(); return box.top + box.height / 2; };
        while (step.previousElementSibling && clientY < middle(step.previousElementSibling)) up(step);
        while (step.nextElementSibling && clientY > middle(step.nextElementSibling)) down(step);
        renumber();
      };
      const end = () => {
        made.removeEventListener("pointermove", follow);
        step.classList.remove("is-dragged");
        if (steps().indexOf(step) !== start) moved(step);
      };
      made.addEventListener("pointermove", follow);
      made.addEventListener("lostpointercapture", end, { once: true });
    });
    return made;
  }

  for (const step of steps()) {
    const number = Object.assign(document.createElement("span"), { className: "order__number" });
    const tools = Object.assign(document.createElement("span"), { className: "order__tools" });
    tools.append(button(step, "↑", "nach oben", "up", up), button(step, "↓", "nach unten", "down", down));
    step.prepend(handle(step), number);
    placeOf(step).after(tools);
    placeOf(step).hidden = true;
  }
  list.classList.add("order--live");
  sort();
  form.addEventListener("submit", write, true);   // also who moves nothing has chosen an order
  // A draft that answers.js puts back comes as numbers.
  const output = list.closest(".block").querySelector("[data-saved]");
  if (output) new MutationObserver(() => { if (output.dataset.state === "wiederhergestellt") sort(); }).observe(output, { attributeFilter: ["data-state"] });
}

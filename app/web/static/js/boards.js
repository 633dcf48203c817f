// Makes cards and nets quicker to work with. Without it everything can be done as well: fields to fill in and a choice
// of columns on each card. Here come: another empty row at once, moving a card by hand, a picture that follows the text.

const make = (tag, values, ...children) => {
  const element = Object.assign(document.createElement(tag), values);
  element.append(...children);
  return element;
};
const changed = (field) => {
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
};

// A number that no row of this form has had.
function unused(list) {
  const used = [...list.closest("form").querySelectorAll("[data-row]")].map((row) => Number(row.dataset.row.slice(1)) || 0);
  return `a${Math.max(...used) + 1}`;
}

// Another row like the last one.
function another(list, id) {
  const last = list.lastElementChild, old = last.dataset.row;
  const row = last.cloneNode(true);
  const names = new RegExp(`-${old}(?![0-9])`, "g");
  row.dataset.row = id;
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const name of ["id", "name", "for", "aria-describedby", "aria-labelledby"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, element.getAttribute(name).replace(names, `-${id}`));
    }
    if (element.matches(".field__error")) element.remove();
    empty(element);
  }
  count(row, 1);
  list.append(row);
  const details = row.querySelector("details");
  if (details) details.open = true;
  return row;
}

// A draft that answers.js puts back has text for this field: the row it belongs to, if it is one of this list.
function madeBefore(list, name) {
  const id = name.match(/-(a[0-9]+)$/)?.[1], last = list.lastElementChild;
  const alike = id && last.querySelector(`[name="${CSS.escape(name.slice(0, -id.length) + last.dataset.row)}"]`);
  if (alike && !list.closest("form").elements.namedItem(name)) another(list, id);
}

function empty(element) {
  if (element.matches("[type=checkbox]")) element.checked = element.defaultChecked = false;
  else if (element.matches("[type=radio]")) element.checked = element.defaultChecked = element.value === "";
  else if (element.matches("select")) element.selectedIndex = 0;
  else if (element.matches("input, textarea")) element.value = element.defaultValue = "";
  element.removeAttribute("aria-invalid");
}

// "Verbindung 7", "Eigener Knoten 4": one more than the row it was made from.
function count(row, more) {
  for (const element of row.querySelectorAll("[data-number], label")) {
    const text = element.firstChild;
    if (text?.nodeType === Node.TEXT_NODE) text.data = text.data.replace(/\d+(?=\s*$)/, (number) => Number(number) + more);
  }
}

for (const list of document.querySelectorAll("form [data-rows]")) {
  const button = make("button", { type: "button", className: "button button--quiet row-adder no-paper", textContent: list.dataset.rows });
  button.addEventListener("click", () => {
    another(list, unused(list)).querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  list.closest("form").addEventListener("feldweg:row", ({ detail }) => madeBefore(list, detail));
  list.after(button);
}

// A card lies in the column its choice names; moving it by hand only changes that choice.
const choice = (card) => card.querySelector('select[name^="t-spalte-"]');
const titled = (card) => card.querySelector(".card__title").textContent;

function settle(board, card) {
  const select = choice(card);
  const column = [...board.querySelectorAll("[data-column]")].find((each) => each.dataset.column === select.value);
  const focused = card.contains(document.activeElement) ? document.activeElement : null;
  const here = card.closest("[data-column]");
  if (column && column !== here) column.querySelector(".cards").append(card);
  focused?.focus();
  for (const [button, way] of [[".card__step--back", -1], [".card__step--on", 1]]) {
    const there = select.options[select.selectedIndex + way];
    const element = card.querySelector(button);
    element.disabled = !there;
    element.ariaLabel = there ? `„${titled(card)}“ nach „${there.text}“ legen` : "";
  }
}

function step(card, way, sign, name) {
  const button = make("button", { type: "button", className: `card__step card__step--${name}`, textContent: sign });
  button.addEventListener("click", () => {
    const select = choice(card);
    select.selectedIndex += way;
    changed(select);
    if (button.disabled) select.focus();
  });
  return button;
}

function movable(board, card) {
  const select = choice(card), title = card.querySelector(".card__title");
  if (!select || !title) return;
  const place = card.querySelector(".card__column");
  place.prepend(step(card, -1, "←", "back"));
  place.append(step(card, 1, "→", "on"));
  select.addEventListener("change", () => settle(board, card));
  title.draggable = true;
  title.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", titled(card));
    event.dataTransfer.effectAllowed = "move";
    board.dragged = card;
  });
  title.addEventListener("dragend", () => { board.dragged = null; });
  settle(board, card);
}

for (const board of document.querySelectorAll("form [data-columns]")) {
  for (const card of board.querySelectorAll("[data-row]")) movable(board, card);
  for (const column of board.querySelectorAll("[data-column]")) {
    column.addEventListener("dragover", (event) => {
      if (!board.dragged) return;
      event.preventDefault();
      column.classList.add("is-target");
    });
    column.addEventListener("dragleave", () => column.classList.remove("is-target"));
    column.addEventListener("drop", (event) => {
      column.classList.remove("is-target");
      if (!board.dragged) return;
      event.preventDefault();
      const select = choice(board.dragged);
      select.value = column.dataset.column;
      changed(select);
    });
  }
}

// What the server makes of the text (a drawing, steps, names to pick from) is fetched anew once the text was saved.
function follow(block) {
  const parts = [...block.querySelectorAll("[data-fresh]")], state = block.querySelector("output[data-saved]");
  let fetching = false, again = false;

  async function refresh() {
    again = fetching;
    if (fetching) return;
    fetching = true;
    try {
      const response = await fetch(parts[0].dataset.fresh, { headers: { "X-Requested-With": "feldweg" }, cache: "no-store" });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of parts) {
        const now = page.getElementById(part.id);
        if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
      }
    } catch { /* no network: the picture stays as it was; the text is looked after by answers.js */ }
    fetching = false;
    if (again) refresh();
  }

  new MutationObserver(() => { if (state.dataset.state === "gespeichert") refresh(); })
    .observe(state, { attributes: true, attributeFilter: ["data-state"] });
}

for (const block of document.querySelectorAll(".block")) if (block.querySelector("[data-fresh]")) follow(block);

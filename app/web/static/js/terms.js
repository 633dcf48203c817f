// Opens a glossary term beside the text instead of jumping to the footnote. Escape or the cross closes it; the focus
// goes back to the word. On paper the footnotes are unfolded again.
const footnotes = document.querySelector("[data-terms]");
footnotes.open = Boolean(location.hash.startsWith("#begriff-"));
addEventListener("beforeprint", () => { footnotes.open = true; });

let note = null, from = null;

function close(back) {
  note?.remove();
  from?.setAttribute("aria-expanded", "false");
  if (back) from?.focus();
  note = from = null;
}

function open(word) {
  const entry = document.getElementById(word.hash.slice(1));
  if (!entry) return;
  note = document.createElement("aside");
  note.className = "term-note";
  note.tabIndex = -1;
  note.setAttribute("aria-label", `Begriff: ${entry.querySelector("dt").textContent}`);
  const title = Object.assign(document.createElement("p"), { className: "term-note__word", textContent: entry.querySelector("dt").textContent });
  const cross = Object.assign(document.createElement("button"), { type: "button", className: "term-note__close", textContent: "×" });
  cross.setAttribute("aria-label", "Erklärung schließen");
  cross.addEventListener("click", () => close(true));
  note.append(title, ...[...entry.querySelector("dd").children].map((child) => child.cloneNode(true)), cross);
  const place = word.closest("p, li, dd, blockquote, .tabelle") ?? word;
  const beside = matchMedia("(min-width: 60rem)").matches && place.matches("p");
  place[beside ? "before" : place.matches("p, blockquote, .tabelle") ? "after" : "append"](note);
  from = word;
  word.setAttribute("aria-expanded", "true");
  note.focus();
}

for (const word of document.querySelectorAll("a.begriff")) {
  word.setAttribute("role", "button");
  word.setAttribute("aria-expanded", "false");
  word.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); word.click(); } });
  word.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const same = word === from;
    close(false);
    if (!same) open(word);
  });
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && note) close(true); });

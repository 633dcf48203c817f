// Issues certificates one by one, so that one sees how far it is, and so that an error stops it where it can go on.

const form = document.querySelector("form[data-issue]");
const line = form.querySelector("[data-issue-progress]");
const words = form.querySelector("[data-issue-words]");
const bar = form.querySelector("progress");
const button = form.querySelector("button[type=submit]");
const rows = [...form.querySelectorAll("[data-issue-one]")];
let busy = false;

// After feldweg.js has asked "are you sure" (it stops the first submit and sends a second one).
document.addEventListener("submit", (event) => {
  if (event.target !== form || event.defaultPrevented) return;
  event.preventDefault();
  if (!busy) run();
});
addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });

async function run() {
  busy = true;
  line.hidden = false;
  button.setAttribute("aria-disabled", "true");
  let trouble = null;
  for (const row of rows.filter((each) => !each.dataset.issued)) {
    say(count());
    trouble = await issue(row);
    if (trouble) break;
  }
  busy = false;
  button.removeAttribute("aria-disabled");
  if (trouble) stopped(trouble); else finished();
}

// Sending twice is harmless: whoever has a certificate keeps it. Returns what went wrong, or null.
async function issue(row) {
  const name = row.querySelector("th").textContent.trim();
  try {
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
    const headers = { Accept: "application/json", "X-Requested-With": "feldweg" };
    const answer = await fetch(row.dataset.issueOne, { method: "POST", body, headers });
    const said = await answer.json();
    if (!answer.ok) return { name, text: said.text, reload: [400, 401].includes(answer.status) };
    row.dataset.issued = said.number;
    row.querySelector("[data-issue-state]").textContent = `ausgestellt: ${said.number}`;
    bar.value = done();
    return null;
  } catch {
    return { name, text: "Die Verbindung ist unterbrochen. Was schon ausgestellt ist, bleibt ausgestellt." };
  }
}

const done = () => rows.filter((row) => row.dataset.issued).length;
const count = () => `${done()} von ${rows.length} ausgestellt`;

function say(text) { words.textContent = text; }

function stopped({ name, text, reload }) {
  say(`${count()}. Angehalten bei ${name}: ${text}`);
  button.textContent = "Weiter ausstellen";
  delete button.dataset.confirm;
  if (reload) link("Seite neu laden");
}

function finished() {
  say(`${count()}. Fertig.`);
  button.remove();
  link("Bescheinigungen ansehen und herunterladen");
}

function link(text) {
  if (form.querySelector("[data-issue-next]")) return;
  const next = document.createElement("a");
  Object.assign(next, { href: location.pathname, textContent: text, className: "button" });
  next.dataset.issueNext = "";
  form.querySelector(".actions").append(next);
  next.focus();
}

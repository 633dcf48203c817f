// Runs on every page and stays tiny. Everything here only adds: without it each page still reads, answers and sends.

const html = document.documentElement;
html.classList.replace("no-js", "js");

document.querySelector("[data-autofocus]")?.focus();

// The way: beside the text on a desk, folded on a phone. Assistive technology believes the attribute, not the CSS.
const fold = document.querySelector("details[data-way]");
if (fold) {
  const desk = matchMedia("(min-width: 60rem)");
  const unfold = () => { fold.open = desk.matches; };
  unfold();
  desk.addEventListener("change", unfold);
  const showHere = () => {
    const here = fold.querySelector("[aria-current]");
    const frame = desk.matches ? fold.parentElement : fold.lastElementChild;
    if (here) frame.scrollTop += here.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
  };
  if (desk.matches) showHere();
  fold.addEventListener("toggle", () => { if (fold.open) showHere(); });
}

// On a phone the places of the desk are lines to be pushed sideways; where one is stands in view.
for (const strip of document.querySelectorAll(".is-desk :is(.places, .tabs) ul")) {
  const here = strip.querySelector("[aria-current]");
  if (here) strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}

// Menus close as people expect.
const menus = [...document.querySelectorAll("details[data-menu], details[data-way]")];
const closable = (menu) => menu !== fold || !matchMedia("(min-width: 60rem)").matches;
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus.filter((each) => each.open && closable(each) && each.contains(document.activeElement))) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus) if (menu.matches("[data-menu]") && !menu.contains(event.target)) menu.open = false;
});

// Offered only where there is something that can print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Without a network a form would end on the browser's error page. A laptop that is its own server is "offline", too.
const reached = new WeakSet();
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (navigator.onLine || form.method !== "post" || form.matches("[data-answer], [data-issue]") || reached.delete(form)) return;
  event.preventDefault();
  try {
    await fetch(html.dataset.drafts, { method: "HEAD", cache: "no-store" });
  } catch {
    tell(form, `Gerade keine Verbindung. ${document.querySelector("form[data-answer]")
      ? "Ihr Text ist auf diesem Gerät gesichert. " : ""}Bitte versuchen Sie es gleich noch einmal.`);
    return;
  }
  reached.add(form);
  form.requestSubmit(submitter);
});

// Into the form's live region; it has to be there before it says something.
function tell(form, text) {
  let live = form.querySelector("[data-told]");
  if (!live) {
    live = Object.assign(document.createElement("p"), { className: "message message--hinweis", role: "status" });
    live.dataset.told = "";
    form.append(live);
  }
  live.textContent = "";
  requestAnimationFrame(() => {
    live.textContent = text;
    live.scrollIntoView({ block: "nearest" });   // on a phone the four places stand over the lower edge
  });
}

// A native dialog that answers true or false.
export function ask(question, yes, kind = "danger") {
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  text.id = "frage-text";
  text.textContent = question;
  const row = document.createElement("form");
  row.method = "dialog";
  row.className = "row";
  for (const [value, label, look] of [["", "Abbrechen", "secondary"], ["ja", yes, kind]]) {
    const button = document.createElement("button");
    Object.assign(button, { value, textContent: label, className: `button button--${look}` });
    row.append(button);
  }
  dialog.setAttribute("aria-labelledby", text.id);
  dialog.append(text, row);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "ja");
  }));
}

const confirmed = new WeakSet();
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const question = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (event.defaultPrevented || confirmed.delete(form)) return;
  if (!question && !form.matches("[data-signout]")) return;
  event.preventDefault();
  const kind = submitter?.matches(".button--primary, .button--secondary") ? "primary" : "danger";
  const yes = submitter?.textContent.trim() || "Ja";
  const sure = form.matches("[data-signout]") ? await forget() : await ask(question, yes, kind);
  if (!sure) return;
  confirmed.add(form);
  form.requestSubmit(submitter);
});

// Who signs out leaves nothing on the device; text that was not sent yet is not thrown away without asking.
async function forget() {
  try {
    const drafts = await import(html.dataset.drafts);
    const text = "Auf diesem Gerät liegt noch etwas, das nicht übertragen ist: Text oder Anwesenheit. Beim Abmelden wird es gelöscht.";
    if (await drafts.unsent() && !await ask(text, "Trotzdem abmelden")) return false;
    await drafts.clear();
  } catch { /* no storage: nothing to forget */ }
  return true;
}

// A register that is kept on this device (register.js) belongs to one account; nobody else who signs in finds it.
if (html.dataset.who && "caches" in window) {
  for (const name of await caches.keys().catch(() => [])) {
    if (name.startsWith("register:") && name !== `register:${html.dataset.who}`) await caches.delete(name);
  }
}

// Addresses with a content hash come from the page, so a new release never mixes with an old module from the cache.
// What the network swallowed is asked for again under another name: browsers may remember that the first one failed.
async function fetched(address, outputs) {
  const before = outputs.map((output) => [...output.childNodes]);
  for (let tries = 0; ; tries++) {
    try {
      const modules = await import(tries ? `${address}#${tries}` : address);
      if (tries) outputs.forEach((output, at) => output.replaceChildren(...before[at]));
      return modules;
    } catch {
      const text = "Das Netz fehlt. Was Sie schreiben, steht bisher nur auf dieser Seite: Bitte lassen Sie sie offen.";
      for (const output of outputs) output.replaceChildren(text);
      await new Promise((again) => {
        addEventListener("online", again, { once: true });
        setTimeout(again, Math.min(30_000, 1000 * 2 ** tries));
      });
    }
  }
}

const forms = [...document.querySelectorAll("form[data-answer]")];
if (forms.length) {
  const outputs = forms.flatMap((form) => (form.closest(".block") ?? form).querySelector("[data-saved]") ?? []);
  const answers = await fetched(html.dataset.drafts, outputs);
  for (const form of forms) answers.watch(form, answers);
}
html.dataset.ready = "ja";

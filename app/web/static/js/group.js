// Keeps all phones of a small group alike: asks every 5 s what stands on the common sheet and hands it to answers.js,
// which fills it in unless somebody is typing. Without it the sheet is as it was when the page was loaded.
const EVERY = 5000;

for (const form of document.querySelectorAll("form[data-answer]")) {
  const action = form.getAttribute("action");
  if (!/\/gruppe\/\d+\//.test(action)) continue;
  let timer = 0, asking = false;

  const round = async () => {
    clearTimeout(timer);
    if (asking || document.hidden) return;
    asking = true;
    try {
      const response = await fetch(`${action}?version=${form.elements.version.value}`, {
        headers: { Accept: "application/json", "X-Requested-With": "feldweg" }, cache: "no-store", signal: AbortSignal.timeout(10_000),
      });
      const detail = response.ok ? await response.json() : {};
      if (detail.fields) form.dispatchEvent(new CustomEvent("feldweg:sheet", { detail }));
    } catch { /* answers.js says when there is no network */ } finally {
      asking = false;
    }
    timer = setTimeout(round, EVERY);
  };
  document.addEventListener("visibilitychange", round);
  addEventListener("online", round);
  timer = setTimeout(round, EVERY);
}

// What was typed for a small group one is not in any more stays on this device: it is offered to copy or to throw away.
const kept = await import(document.documentElement.dataset.drafts);

function formerText(form, draft) {
  const choices = new Set([...form.elements].filter(({ type }) => ["radio", "checkbox"].includes(type)).map(({ name }) => name));
  return draft.fields.filter(([name, value]) => value.trim() && !choices.has(name)).map(([, value]) => value.trim()).join("\n\n");
}

function offer(form, draft, text) {
  const make = (tag, values, ...children) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...children);
    return element;
  };
  const words = make("p", { className: "own", textContent: text });
  const said = make("p", { className: "small" });
  said.setAttribute("role", "status");
  const copy = make("button", { type: "button", className: "button button--secondary", textContent: "Kopieren" });
  const drop = make("button", { type: "button", className: "button button--quiet", textContent: "Verwerfen" });
  const note = make("div", { className: "note stack no-print" },
    make("p", { textContent: "Text aus Ihrer früheren Gruppe, auf diesem Gerät. Er wurde nicht gespeichert." }),
    words, make("div", { className: "row" }, copy, drop), said);
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = "Kopiert. Sie können den Text jetzt einfügen.";
    } catch {                               // no clipboard on plain http
      getSelection().selectAllChildren(words);
      said.textContent = "Der Text ist markiert. Kopieren Sie ihn mit Strg+C oder über das Menü.";
    }
  });
  drop.addEventListener("click", async () => {
    await kept.remove(draft.owner, draft.block);
    note.remove();
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  });
  form.prepend(note);
}

for (const form of document.querySelectorAll("form[data-answer]")) {
  const { answer, owner } = form.dataset;
  const drafts = await kept.forGroups(owner.split("-")[0]).catch(() => []);
  for (const draft of drafts.filter(({ block, owner: whose }) => block === answer && whose !== owner)) {
    const text = formerText(form, draft);
    if (text) offer(form, draft, text);
  }
}

// The register of a day on a phone: people as big rows, one tap "alle anwesend", then the exceptions; every tap is kept
// and sent by register-queue.js. Without this script the page has a plain form for each slot.

const SIGNS = { present: "✓", partial: "◐", excused: "E", absent: "–", not_recorded: "·" };
const WORDS = { present: "anwesend", partial: "teilweise", excused: "entschuldigt", absent: "abwesend", not_recorded: "nicht erfasst" };
const AN_HOUR = 3600_000, WHILE_TAPPING = 250, QUICK = [15, 30, 45, 60, 75];
const html = document.documentElement, root = document.querySelector("[data-register]");

const make = (tag, values = {}, ...children) => {
  const { dataset = {}, ...rest } = values, made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, dataset);
  made.append(...children.filter((child) => child !== ""));
  return made;
};
const button = (text, act, look = "") => {
  const made = make("button", { type: "button", className: `button ${look}`, textContent: text });
  made.addEventListener("click", act);
  return made;
};
const sr = (text) => make("span", { className: "sr", textContent: text });
const count = (number, one, many) => (number === 1 ? one : `${number} ${many}`);
const tidy = (name) => name.normalize("NFC").replace(/\s+/g, " ").trim();
const sameName = (one, other) => tidy(one).normalize("NFKC").toLowerCase() === tidy(other).normalize("NFKC").toLowerCase();
const collator = new Intl.Collator("de");

async function begin() {
  const drafts = await import(html.dataset.drafts);
  const { owner, address, sync, worker, signin } = root.dataset;
  const first = JSON.parse(root.dataset.register), queue = makeQueue(drafts, { owner, address, sync }, first, show);
  await queue.load();

  const around = [...root.querySelectorAll("[data-part]")], here = root.querySelector("[data-here]");
  const links = [...root.querySelectorAll(".day__slots a")];
  root.querySelector("[data-plain]").remove();
  let slot = chosen(), ready = "", justSet = [], open = "", noted = " ", timer = 0;
  const rows = new Map(), drawn = new Map();
  const parts = frame();

  // What there is

  const slotOf = (id) => queue.state.slots.find((each) => each.id === id) ?? queue.state.slots[0];
  const begun = () => queue.now() >= Date.parse(slotOf(slot).starts);

  function chosen() {
    const ids = queue.state.slots.map(({ id }) => id), asked = Number(new URLSearchParams(location.search).get("abschnitt"));
    if (ids.includes(asked)) return asked;
    const now = queue.now(), starts = queue.state.slots.filter((each) => Date.parse(each.starts) <= now);
    return (starts.find((each) => now < Date.parse(each.ends)) ?? starts.at(-1) ?? queue.state.slots[0]).id;
  }

  function people() {
    const guests = new Map();
    for (const { key, name } of queue.waiting()) if (key) guests.set(key, { id: `k:${key}`, key, name, guest: true });
    return [...queue.state.people, ...[...guests.values()].sort((a, b) => collator.compare(a.name, b.name))];
  }

  const contradicted = (person) => queue.state.open.some(([id, other]) => id === slot && other === person.id);
  // An entry by code was struck, and nothing else is entered by now; a state kept by an older page does not know it.
  const isStruck = (person) => queue.shown(slot, person.id).state === "not_recorded" && (queue.state.struck ?? []).some(([id, other]) => id === slot && other === person.id);
  const unrecorded = (all) => all.filter((person) => queue.shown(slot, person.id).state === "not_recorded" && !isStruck(person));
  const recorded = (id, all) => all.filter((person) => queue.shown(id, person.id).state !== "not_recorded").length;

  // What people do

  function changed() {
    show();
    clearTimeout(timer);
    timer = setTimeout(() => queue.send(), WHILE_TAPPING);
  }

  async function set(person, state, minutes = 0) {
    justSet = [];
    await queue.record(slot, person, state, minutes);
    changed();
  }

  async function everyone() {
    justSet = unrecorded(people()).map((person) => [slot, person]);
    await Promise.all(justSet.map(([, person]) => queue.record(slot, person, "present")));
    changed();
    parts.undo.focus();
  }

  async function undo() {
    const set = justSet.filter(([id, person]) => queue.shown(id, person.id).state === "present");
    justSet = [];
    for (const [id, person] of set) await queue.record(id, person, "not_recorded");
    changed();
    (parts.all.hidden ? parts.heading : parts.all).focus();
  }

  function choose(id) {
    [slot, justSet, open] = [id, [], ""];
    history.replaceState(null, "", `?abschnitt=${id}`);
    unfold();
    show();
    parts.heading.focus();
  }

  // How it looks

  function frame() {
    const made = {
      heading: make("h2", { id: "register-abschnitt", tabIndex: -1 }),
      early: make("p", { className: "note" }),
      notes: make("div", { className: "day__notes" }),
      all: button("Alle anwesend", everyone, "button--primary"),
      undo: button("Zurücknehmen", undo),
      done: make("p", { className: "day__done" }),
      list: make("ul", { className: "register" }),
      count: make("strong", { className: "day__recorded" }),
      status: make("span", { className: "day__status", role: "status" }),
      way: make("span", { className: "day__way" }),
      kept: make("p", { className: "small quiet" }),
    };
    made.list.setAttribute("aria-labelledby", made.heading.id);
    here.append(
      make("section", { className: "day__list" }, made.heading, made.early, made.notes,
        make("div", { className: "row" }, made.all, made.done, made.undo), made.list,
        make("p", { className: "small quiet", textContent: "Nach Nachnamen geordnet, wie auf der Papierliste." }), made.kept,
        make("div", { className: "day__bar" }, make("p", {}, made.count, " ", made.status), made.way)),
    );
    return made;
  }

  function show() {
    if (!parts) return;
    if (queue.net === "fremd") return location.reload();   // this page was somebody else's
    if (!queue.state.slots.some(({ id }) => id === slot)) {
      if (!queue.state.slots.length) return location.reload();
      slot = chosen();
    }
    const all = people(), now = slotOf(slot), done = recorded(slot, all);
    parts.heading.textContent = `${now.time} ${now.title}`;
    parts.early.hidden = begun();
    parts.early.textContent = `Dieser Abschnitt beginnt erst um ${now.time.slice(0, 5)} Uhr. Anwesend lässt sich ab dann eintragen, „entschuldigt“ und „abwesend“ gehen schon jetzt.`;
    parts.all.hidden = !begun() || !unrecorded(all).length;
    parts.done.textContent = justSet.length ? `${count(justSet.length, "Eine Person steht", "Personen stehen")} jetzt auf „anwesend“. Tippen Sie auf einen Namen für eine Ausnahme.${spared(all)}` : "";
    parts.undo.hidden = !justSet.length;
    parts.count.textContent = `${done} von ${all.length} erfasst`;
    for (const link of links) showLink(link, all);
    showRows(all, now);
    const lost = showNotes();
    showStatus();
    for (const part of around) showPart(part, queue.state[part.dataset.part]);
    if (lost && document.activeElement?.type !== "text") root.querySelector(".conflicts")?.focus();   // nobody is stopped while typing
  }

  // As spared() in register_wording.py.
  function spared(all) {
    const names = all.filter(isStruck).map(({ name }) => name), last = names.pop();
    if (!last) return "";
    return names.length ? ` ${names.join(", ")} und ${last} wurden gestrichen und bleiben es. Bitte einzeln eintragen, wer doch da war.`
      : ` ${last} wurde gestrichen und bleibt es. Bitte einzeln eintragen, wer doch da war.`;
  }

  // What the server made; exchanged only when it says something else, so that nobody loses a button under the finger.
  function showPart(part, text) {
    const at = document.activeElement;
    if (drawn.get(part) === plain(text) || (part.contains(at) && at.matches("a, button, input"))) return;
    part.innerHTML = text;
    drawn.set(part, plain(text));
  }

  const plain = (text) => text.replace(/(name="(?:csrf_token|wer)" value=")[^"]*/g, "$1");

  function showLink(link, all) {
    const id = Number(link.dataset.slot);
    link.closest("li").hidden = !queue.state.slots.some((each) => each.id === id);
    link.toggleAttribute("aria-current", false);
    if (id === slot) link.setAttribute("aria-current", "true");
    link.querySelector("[data-count]").textContent = `${recorded(id, all)} von ${all.length} erfasst`;
  }

  function showRows(all, now) {
    if (queue.renamed) {
      const [before, after] = queue.renamed;
      if (open === before) open = String(after);
      queue.renamed = null;
    }
    const wanted = new Set(all.map(({ id }) => String(id)));
    for (const [id, row] of rows) if (!wanted.has(id)) { row.line.remove(); rows.delete(id); }
    for (const [at, person] of all.entries()) {
      const id = String(person.id);
      if (!rows.has(id)) rows.set(id, makeRow(person));
      const row = rows.get(id);
      if (parts.list.children[at] !== row.line) parts.list.insertBefore(row.line, parts.list.children[at] ?? null);
      row.show(person, now);
    }
  }

  function makeRow(first) {
    const id = String(first.id).replace(/\W/g, "_");
    let person = first;
    const name = make("span", { className: "register__name" }), state = make("span", { className: "register__state" });
    const head = make("button", { type: "button", className: "register__person", id: `person_${id}` }, name, state);
    const panel = make("div", { className: "register__panel", id: `wahl_${id}`, hidden: true });
    head.setAttribute("aria-controls", panel.id);
    const track = make("div", { className: "segment__track" });
    const radios = Object.entries(WORDS).map(([value, word]) => {
      const radio = make("input", { type: "radio", name: `state_${id}`, value });
      track.append(make("label", {}, radio, make("span", { textContent: word })));
      radio.addEventListener("change", () => pick(value));
      return radio;
    });
    const legend = make("legend", { className: "sr" });
    const minutes = make("input", { type: "text", inputMode: "numeric", id: `minuten_${id}`, autocomplete: "off", maxLength: 4 });
    const wrong = make("p", { className: "field__error", id: `minuten_${id}_fehler` });
    const chips = make("div", { className: "row register__chips" });
    const label = make("label", { className: "field__label", htmlFor: minutes.id });
    const part = make("div", { className: "register__minutes", hidden: true }, label, wrong,
      make("div", { className: "row" }, minutes, button("Minuten eintragen", typed)), chips);
    const who = make("p", { className: "small quiet" });
    panel.append(make("fieldset", { className: "segment segment--small" }, legend, track), part, who);
    minutes.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); typed(); } });
    head.addEventListener("click", () => {
      open = open === String(person.id) ? "" : String(person.id);
      part.hidden = queue.shown(slot, person.id).state !== "partial";
      show();
    });

    function pick(value) {
      part.hidden = value !== "partial";
      if (value !== "partial") return set(person, value);
      wrong.textContent = "";
      minutes.focus();
      return minutes.select();
    }

    function typed() {
      const most = slotOf(slot).minutes, number = Number(minutes.value.trim());
      wrong.textContent = !Number.isInteger(number) || minutes.value.trim() === "" ? "Bitte geben Sie die Minuten als ganze Zahl an."
        : number < 1 ? "Bei „teilweise“ ist es mindestens eine Minute." : number > most ? `Der Abschnitt dauert ${most} Minuten, mehr geht nicht.` : "";
      minutes.toggleAttribute("aria-invalid", false);
      if (!wrong.textContent) return set(person, "partial", number);
      minutes.setAttribute("aria-invalid", "true");
      minutes.setAttribute("aria-describedby", wrong.id);
      return minutes.focus();
    }

    function showRow(now, slotNow) {
      person = now;
      const is = queue.shown(slot, person.id), isOpen = open === String(person.id);
      const word = is.state === "partial" ? `${is.minutes} Min.` : WORDS[is.state];
      name.replaceChildren(make("span", { textContent: person.name }), ...(person.guest ? [" ", make("span", { className: "badge badge--plain", textContent: "Gast" })] : []),
        ...(contradicted(person) ? [" ", make("span", { className: "badge badge--stop", textContent: "zwei Angaben" })] : []),
        ...(isStruck(person) ? [" ", make("span", { className: "badge badge--stop", textContent: "gestrichen" })] : []));
      state.replaceChildren(make("span", { className: "register__sign", textContent: SIGNS[is.state], ariaHidden: "true" }), ` ${word}`, ...(is.waiting ? [sr(", noch nicht gesendet")] : []));
      Object.assign(state.dataset, { state: is.state, waiting: is.waiting ? "ja" : "" });
      head.setAttribute("aria-expanded", String(isOpen));
      panel.hidden = !isOpen;
      if (!isOpen) return;
      legend.textContent = `Anwesenheit von ${person.name}`;
      if (!panel.contains(document.activeElement) || part.hidden) for (const radio of radios) radio.checked = radio.value === is.state;
      label.textContent = `Minuten von ${slotNow.minutes}`;
      if (document.activeElement !== minutes) minutes.value = is.state === "partial" ? is.minutes : "";
      if (chips.dataset.of !== String(slotNow.minutes)) {
        chips.replaceChildren(...QUICK.filter((each) => each < slotNow.minutes).map((each) => button(`${each} Min.`, () => set(person, "partial", each))));
        chips.dataset.of = slotNow.minutes;
      }
      const past = make("a", { href: `${address.replace(/tag\/\d+$/, slot)}#person_${person.id}`, className: "tap", textContent: "Verlauf" });
      past.append(sr(` von ${person.name}`));
      who.replaceChildren(is.who && `Eingetragen: ${is.who}. `, person.fixed ? "Für diese Person ist schon eine Bescheinigung ausgestellt. " : "", ...(person.key ? [] : [past]));
    }
    return { line: make("li", { className: "register__row" }, head, panel), show: showRow };
  }

  // Says whether an entry has lost just now.
  function showNotes() {
    const found = queue.told.splice(0), lost = found.some((each) => !each.endsWith("."));
    for (const each of found) {
      const text = each.endsWith(".") ? each : `Bei ${each} hat inzwischen jemand anderes eingetragen. Das gilt weiter; oben können Sie entscheiden.`;
      parts.notes.append(make("p", { className: "note", role: "status", textContent: text }));
    }
    const refused = queue.refused(), signs = `${queue.clock} ${refused.map((each) => each.operation + each.refused).join()}`;
    if (signs === noted) return lost;
    noted = signs;
    for (const old of parts.notes.querySelectorAll("[data-clock], [data-refused]")) old.remove();
    if (queue.clock) parts.notes.append(make("p", { className: "note", dataset: { clock: "" }, textContent: `${queue.clock} Das ändert nichts: Es zählt die Zeit des Servers.` }));
    if (refused.length) parts.notes.prepend(turnedDown(refused));
    return lost;
  }

  function turnedDown(refused) {
    const list = make("ul", { className: "register__refused" }, ...refused.map((each) => make("li", {},
      make("p", {}, make("strong", { textContent: each.name }), `, ${slotTitle(each.slot)}, „${WORDS[each.state]}“: ${each.refused}`),
      make("div", { className: "row" },
        named(button("Noch einmal senden", () => queue.again(each)), each.name),
        named(button("Verwerfen", async () => { await queue.drop(each); show(); }), each.name)))));
    return make("section", { className: "warning stack", dataset: { refused: "" }, ariaLabel: "Nicht angenommen" },
      make("p", {}, make("strong", { textContent: `${count(refused.length, "Ein Eintrag wurde", "Einträge wurden")} nicht angenommen.` }), " Nichts ist verloren: Sie stehen hier, bis Sie sie verwerfen."), list);
  }

  const named = (made, name) => { made.append(sr(`: ${name}`)); return made; };
  const slotTitle = (id) => queue.state.slots.find((each) => each.id === id)?.title ?? "entfallener Abschnitt";

  function showStatus() {
    const number = queue.waiting().length, way = [];
    let text = number ? "wird gesendet …" : `alles gesendet${queue.sent ? ` um ${queue.sent}` : ""}`;
    if (!number && !queue.sent) text = `Stand von ${queue.state.label}`;
    if (queue.net === "weg") {
      text = number ? `${count(number, "Ein Eintrag wartet", "Einträge warten")} auf Netz` : `kein Netz, Stand von ${queue.state.label}`;
      if (number) way.push(button("Jetzt senden", () => queue.send()));
    } else if (queue.net === "abgemeldet") {
      text = `Sie sind nicht mehr angemeldet. ${number ? `${count(number, "Ein Eintrag ist", "Einträge sind")} auf diesem Gerät gesichert.` : ""}`;
      way.push(make("a", { className: "button", href: signin, textContent: "Anmelden, dann geht es weiter" }));
    } else if (queue.net === "abgelehnt") {
      text = `Feldweg nimmt hier nichts mehr an; vielleicht begleiten Sie diese Kohorte nicht mehr. ${number ? "Ihre Einträge bleiben auf diesem Gerät." : ""}`;
    }
    const open = queue.state.open.length;
    if (open) way.push(make("a", { className: "tap", href: "#zwei-angaben", textContent: `${open} ${open === 1 ? "Widerspruch" : "Widersprüche"}: oben ansehen` }));
    root.dataset.net = queue.net;
    if (parts.status.textContent !== text) parts.status.textContent = text;
    if (parts.way.textContent !== way.map((each) => each.textContent).join("")) parts.way.replaceChildren(...way);
    parts.kept.textContent = ready;
  }

  // Somebody who is not on the list

  const form = root.querySelector("[data-walk-in]");
  const asked = form.appendChild(make("div", { role: "alert" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();                 // feldweg.js would say that nothing goes without a network
    const { name } = form.elements, text = tidy(name.value);
    if (text.length < 2) {
      asked.replaceChildren(make("p", { className: "field__error", textContent: "Bitte geben Sie Vor- und Nachnamen an, mindestens zwei Zeichen." }));
      return name.focus();
    }
    const known = people().find((person) => sameName(person.name, text));
    if (!known) return welcome(text);
    const same = button("Ja, dieselbe", () => { asked.replaceChildren(); form.reset(); showPerson(known); });
    asked.replaceChildren(make("p", { textContent: `${known.name} ist schon dabei: Ist das dieselbe Person?` }),
      make("div", { className: "row" }, same, button("Nein, jemand anderes", () => welcome(text))));
    return same.focus();
  });

  async function welcome(name) {
    asked.replaceChildren();
    form.elements.name.value = "";
    const person = queue.newcomer(name), now = queue.now(), shown = slotOf(slot);
    const runs = Date.parse(shown.starts) <= now && now < Date.parse(shown.ends);
    open = person.id;
    await queue.welcome(slot, person, runs ? "present" : "not_recorded");   // who comes while it runs is there
    changed();
    showPerson(person);
  }

  function showPerson(person) {
    open = String(person.id);
    show();
    const row = rows.get(open);
    row?.line.querySelector("button").focus();
    row?.line.scrollIntoView({ block: "center" });
  }

  // In flight mode

  async function keepPage() {
    if (!("serviceWorker" in navigator) || !("caches" in window)) {
      ready = "Ohne Netz können Sie hier weiter erfassen, solange die Seite offen bleibt. Neu öffnen lässt sie sich ohne Netz nur bei einer Adresse mit https.";
      return show();
    }
    try {
      const cache = await caches.open(`register:${owner}`);
      await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
      const needed = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((each) => each.href || each.src);
      await keepThese(cache, [...needed, html.dataset.drafts]);
      await navigator.serviceWorker.ready;
      ready = "Dieser Tag ist auf dem Gerät: Er lässt sich auch ohne Netz öffnen.";
    } catch {
      if (!ready) ready = "Dieser Tag ist noch nicht auf dem Gerät. Ohne Netz lassen Sie die Seite bitte offen.";
    }
    return show();
  }

  async function keepThese(cache, assets) {
    const found = await cache.match(address, { ignoreVary: true });
    const mark = assets.join(" "), young = found && Date.now() - Number(found.headers.get("X-Kept")) < AN_HOUR;
    if (young && found.headers.get("X-Assets") === mark) return;
    try {
      await Promise.all(assets.map((each) => keepOne(cache, each)));
      await keepOne(cache, address, mark);
    } catch (error) {
      if (!found) throw error;             // no network: what is kept is as good as before
    }
  }

  async function keepOne(cache, url, mark = "") {
    const response = await fetch(url, { headers: { Accept: "*/*" } });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const headers = new Headers(response.headers);
    headers.delete("Content-Encoding");
    headers.set("X-Kept", Date.now());
    if (mark) headers.set("X-Assets", mark);
    await cache.put(url, new Response(await response.blob(), { headers }));
  }

  for (const link of links) {
    link.addEventListener("click", (event) => { event.preventDefault(); choose(Number(link.dataset.slot)); });
  }
  addEventListener("online", () => queue.look());
  addEventListener("pageshow", () => queue.look());
  addEventListener("pagehide", () => queue.send(true));
  document.addEventListener("visibilitychange", () => { if (document.hidden) queue.send(true); else queue.look(); });
  setInterval(show, 30_000);               // a slot may have begun
  const pick = root.querySelector("[data-pick]"), wide = matchMedia("(min-width: 60rem)");
  const unfold = () => { pick.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  for (const part of around) drawn.set(part, plain(first[part.dataset.part]));
  show();
  await queue.send();
  queue.look();
  keepPage();
}

if (root) begin();

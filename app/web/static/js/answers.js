// Keeps what is typed on this device at once and on the server after a pause, and says in words where it is. Every send
// has an id (twice is harmless) and the version it was typed on. One snapshot at a time is under way, repeated unchanged
// until it is answered, so an own save whose answer got lost never looks like a stranger's.

const KEEP_AFTER = 300, KEEP_AT_LEAST = 1000, SEND_AFTER = 2000, SEND_AT_LEAST = 10_000;
const GIVE_UP = 20_000, LONGEST_WAIT = 60_000, KEEPALIVE_BYTES = 60_000, ANSWERS_WITHIN = 150;

// crypto.randomUUID is missing on plain http, where a small installation may well run.
const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
  (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const WINDOW = uuid();

// The windows of this device can ask each other whether they are still open.
const windows = "BroadcastChannel" in globalThis ? new BroadcastChannel("feldweg") : null;

export function stillOpen(tab, block) {
  if (!windows || !tab || tab === WINDOW) return Promise.resolve(false);
  return new Promise((resolve) => {
    windows.addEventListener("message", ({ data }) => { if (data.here === tab && data.block === block) resolve(true); });
    windows.postMessage({ ask: tab, block });
    setTimeout(resolve, ANSWERS_WITHIN, false);
  });
}

export function watch(form, drafts) {
  const { read, same, shown, fill, fromJson, visible } = drafts;
  const { answer: block, owner } = form.dataset;
  const { version, client_id: clientId } = form.elements;
  const autosaves = form.dataset.autosave !== "nein";
  const from = autosaves ? drafts.place(block) : {};   // what waits for its button is not missed elsewhere
  const section = form.closest(".block") ?? form;
  const output = section.querySelector("[data-saved]");   // read aloud
  const places = section.querySelectorAll("[data-saved], [data-saved-again]");

  let known = shown(form);   // what the server certainly has
  let ours = [known];        // everything this window knows to be its own doing
  let pending = null;        // {id, version, fields}: sent, not answered yet
  let busy = null;           // the promise of the request under way
  let stopped = false;       // signed out, conflict, refused: the person must act first
  let kept = true;           // did the last write to the device succeed?
  let leaving = false, passing = false;
  let restored = false, tries = 0, since = 0, lastKept = 0, keepTimer, sendTimer;
  let saved = output?.dataset.state === "gespeichert" ? output.textContent.trim() : "";

  // Written into a row that this page does not have.
  const isHomeless = ([name, value]) => value.trim() !== "" && !form.elements.namedItem(name);
  const unsent = () => pending !== null || !same(read(form), known);

  // Passing states are shown but not read aloud at every pause; what matters is.
  function say(state, text, way) {   // way() makes the link or button that helps
    output?.setAttribute("aria-live", ["getippt", "gerät"].includes(state) ? "off" : "polite");
    for (const place of places) {
      place.dataset.state = state;
      place.replaceChildren(text, ...(way ? [" ", way()] : []));
    }
  }

  function link(text, href) {
    return () => Object.assign(document.createElement("a"), { textContent: text, href });
  }

  // What is true of some saved answers only: data-saved-if="shared=ja", or "" for any; data-saved-unless likewise.
  function tell() {
    const has = (what) => known.some(([name, value]) => (what ? `${name}=${value}` === what : value.trim()));
    for (const each of section.querySelectorAll("[data-saved-if]")) each.hidden = !has(each.dataset.savedIf);
    for (const each of section.querySelectorAll("[data-saved-unless]")) each.hidden = has(each.dataset.savedUnless);
  }

  async function keep(submitted = false) {
    clearTimeout(keepTimer);
    lastKept = Date.now();
    const fields = read(form);
    try {
      await drafts.put({ ...from, owner, block, fields, version: Number(version.value), pending, submitted, tab: WINDOW, time: lastKept });
      kept = true;
    } catch {
      kept = false;
    }
    if (kept && output?.dataset.state === "getippt" && same(fields, read(form))) say("gerät", "auf diesem Gerät");
  }

  function edited() {
    const now = Date.now();
    since ||= now;
    if (!stopped && output?.dataset.state !== "wartet") say("getippt", "getippt");
    clearTimeout(keepTimer);
    keepTimer = setTimeout(keep, Math.max(0, Math.min(KEEP_AFTER, lastKept + KEEP_AT_LEAST - now)));
    if (tries === 0) sendIn(Math.min(SEND_AFTER, since + SEND_AT_LEAST - now));
  }

  function sendIn(ms) {
    clearTimeout(sendTimer);
    if (autosaves && !stopped) sendTimer = setTimeout(send, Math.max(0, ms));
  }

  function send(keepalive = false) {
    clearTimeout(sendTimer);
    if (busy || stopped || !autosaves) return busy;
    if (!unsent()) return settle();
    pending ??= { id: clientId.value, version: Number(version.value), fields: read(form) };
    busy = transfer(pending, keepalive).finally(() => {
      busy = null;
      if (!stopped && tries === 0 && unsent()) sendIn(SEND_AFTER);
    });
    return busy;
  }

  async function transfer(snapshot, keepalive) {
    const keeping = keep();           // with the snapshot's id, so that a crash repeats it instead of doubling it
    if (!keepalive) await keeping;    // on the way out there is no time to wait
    const body = new FormData();
    for (const element of form.elements) if (element.type === "hidden" && element.name) body.append(element.name, element.value);
    for (const [name, value] of snapshot.fields) body.append(name, value);
    body.set("version", snapshot.version);
    body.set("client_id", snapshot.id);
    body.append("autosave", "1");
    const size = snapshot.fields.reduce((sum, [name, value]) => sum + new Blob([name, value]).size + 200, 1000);
    let response;
    try {
      response = await fetch(form.getAttribute("action"), {
        method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(GIVE_UP),
        keepalive: keepalive && size < KEEPALIVE_BYTES,
        headers: { Accept: "application/json", "X-Requested-With": "feldweg" },
      });
      const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
      await answered(response, answer, snapshot);
    } catch {
      again();                        // no network, or the answer got lost on the way
    }
  }

  async function answered(response, answer, snapshot) {
    const { status } = response;
    if (status === 200 && answer.version !== undefined) return accepted(answer, snapshot);
    if (status === 409 && answer.version !== undefined) return conflict(answer, snapshot);
    if (status === 401 || response.type === "opaqueredirect" || status === 200) {
      return stop("abgemeldet", "Sie sind nicht mehr angemeldet. Ihr Text ist auf diesem Gerät gesichert.",
        link("Wieder anmelden", document.documentElement.dataset.signin ?? location.href));
    }
    if (status === 422) {             // not complete yet: nothing was stored, the next change is a new attempt
      pending = null;
      known = snapshot.fields;
      clientId.value = uuid();
      return say("unvollständig", `${Object.values(answer.errors ?? {})[0] ?? "Noch nicht vollständig."} Auf diesem Gerät gesichert.`);
    }
    if (status >= 500 || status === 429 || status === 408) return again(Number(response.headers.get("Retry-After")) * 1000);
    if (status === 404) return stop("abgelehnt", "Das lässt sich hier nicht mehr speichern, vielleicht gehören Sie inzwischen zu einer anderen Gruppe. Bitte kopieren Sie Ihren Text, bevor Sie die Seite neu laden.", reload);
    return stop("abgelehnt", "Das ließ sich nicht speichern. Ihr Text ist auf diesem Gerät gesichert.", reload);
  }

  async function accepted(answer, snapshot) {
    version.value = answer.version;
    clientId.value = uuid();
    known = snapshot.fields;
    ours.push(known);
    pending = null;
    tries = 0;
    if (answer.saved_at) saved = `gespeichert ${answer.saved_at}`;
    tell();
    if (!unsent()) return settle();
    since = Date.now();               // typed on meanwhile: the draft now stands on the new version
    return keep();
  }

  async function settle() {
    since = 0;
    clearTimeout(keepTimer);
    await drafts.remove(owner, block, WINDOW).catch(() => {});
    if (unsent() || output?.dataset.state === "gespeichert") return;
    say(saved ? "gespeichert" : "", saved && `${restored ? "wiederhergestellt von diesem Gerät, " : ""}${saved}`);
    restored = false;
  }

  // Newer than ours: a stranger's only if the text there is none of ours (an answer may have got lost).
  async function conflict(answer, snapshot) {
    const names = visible(form);
    const theirs = fromJson(answer.fields).filter((field) => names.has(field[0]) || isHomeless(field));
    if (same(theirs, snapshot.fields, true)) return accepted(answer, snapshot);
    if (Number(answer.version) > snapshot.version && ours.some((own) => same(own, theirs, true))) {
      version.value = answer.version;
      clientId.value = uuid();
      known = theirs;
      pending = null;
      return keep();
    }
    pending = null;
    clientId.value = uuid();
    return stop("konflikt", "In einem anderen Fenster wurde etwas anderes gespeichert. Ihr Text ist noch da.", both);
  }

  function button(textContent, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent });
    made.addEventListener("click", act);
    return made;
  }

  const both = () => button("Beide Texte ansehen", () => form.requestSubmit());   // an ordinary save: the server shows both
  const reload = () => button("Seite neu laden", () => location.reload());        // a link would only jump to its #place

  function stop(state, text, way) {
    stopped = true;
    clearTimeout(sendTimer);
    say(state, text, way);
    return keep();
  }

  function again(wait = 0) {
    say("wartet", "noch nicht übertragen, wird wiederholt");
    const pause = Math.min(LONGEST_WAIT, 2000 * 2 ** tries++);
    sendIn(Math.max(wait || 0, pause * (0.75 + Math.random() / 2)));
  }

  function flush() {
    if (leaving || !unsent()) return;
    if (busy || !autosaves || stopped) keep();
    else send(true);
  }

  // The ordinary save. It waits (briefly) for a background save under way, or the two would contradict each other.
  async function submitted(event) {
    if (passing) return;
    event.preventDefault();
    event.stopPropagation();
    if (leaving) return;              // a second click
    leaving = true;
    if (busy || pending) await Promise.race([send(), sleep(3000)]);
    await Promise.race([keep(true), sleep(1000)]);
    if (!navigator.onLine) {
      leaving = false;
      await keep();
      say("wartet", autosaves ? "Keine Verbindung. Ihr Text ist auf diesem Gerät gesichert und wird gesendet, sobald es wieder geht."
        : "Keine Verbindung. Ihre Auswahl ist auf diesem Gerät gesichert. Bitte senden Sie noch einmal, sobald Sie verbunden sind.");
      sendIn(LONGEST_WAIT);
      return;
    }
    if (pending && !same(pending.fields, read(form))) clientId.value = uuid();   // other words, other id
    passing = true;
    form.requestSubmit(event.submitter);
    setTimeout(() => { leaving = passing = false; }, 8000);   // still here: let them try again
  }

  // A draft from before: either the server has it by now, or it is put back and sent.
  async function restore() {
    const draft = await drafts.get(owner, block).catch(() => null);
    if (!draft) return;
    const here = Number(version.value), invalid = document.querySelector(".error-summary");
    if (drafts.arrived(draft, known, here, !invalid)) return void await drafts.remove(owner, block).catch(() => {});
    if (!draft.submitted && await stillOpen(draft.tab, block)) return;   // that window looks after its text itself
    if (!same(read(form), known)) return;   // faster than this script: what is typed now counts
    const repeated = draft.pending && here > draft.pending.version && same(draft.pending.fields, known, true);
    if (!repeated && here >= draft.version) {
      version.value = draft.version;        // older than the server's: it will say so, and nobody's text is overwritten
      pending = draft.pending;
      if (here > draft.version) ours = [];
    }
    // Rows that were added on this page only (boards.js) have to be there again before their text is.
    for (const [name] of draft.fields.filter(isHomeless)) form.dispatchEvent(new CustomEvent("feldweg:row", { detail: name }));
    for (const text of fill(form, draft.fields)) homeless(text);
    if (!unsent()) return;
    restored = true;
    say("wiederhergestellt", "wiederhergestellt von diesem Gerät");
    since = Date.now();
    await keep();
    sendIn(SEND_AFTER / 2);
  }

  function homeless(text) {
    const note = Object.assign(document.createElement("div"), { className: "note" });
    const words = Object.assign(document.createElement("p"), { textContent: "Diesen Text hatten Sie geschrieben, bevor die Seite geändert wurde:" });
    note.append(words, Object.assign(document.createElement("p"), { className: "own", textContent: text }));
    form.prepend(note);
  }

  windows?.addEventListener("message", ({ data }) => {
    if (data.ask === WINDOW && data.block === block && !stopped) windows.postMessage({ here: WINDOW, block });
  });
  // What a group wrote meanwhile (group.js); whoever is typing goes first, and what was asked before an own save is old.
  form.addEventListener("feldweg:sheet", ({ detail }) => {
    if (unsent() || stopped || detail.version <= Number(version.value)) return;
    const fields = fromJson(detail.fields);
    if (fields.some(isHomeless)) {    // taken over without its new rows, the next save would delete them
      if (output?.dataset.state !== "neu") say("neu", "Ihre Gruppe hat weitere Zeilen ausgefüllt.", reload);
      return;
    }
    fill(form, fields);
    version.value = detail.version;
    ours.push(known = read(form));
    tell();
  });
  form.addEventListener("input", edited); form.addEventListener("submit", submitted);
  addEventListener("online", () => { if (unsent()) send(); });
  addEventListener("pagehide", flush);
  addEventListener("pageshow", () => { leaving = passing = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
  addEventListener("beforeunload", (event) => { if (!kept && !leaving && unsent()) event.preventDefault(); });
  restore().then(() => { if (!stopped && !since && unsent()) edited(); });   // typed before this script was there
}

// The register's entries on their way: each tap is an operation with an id of its own, kept on this device first and sent
// when there is a network. Sent twice is recorded once. Nothing leaves the device's store before the server has answered.
// Stands in one file with register.js (`register-queue+register.js`); keeps its rows in the store of drafts.js.

const AT_ONCE = 200, GIVE_UP = 20_000, SOONEST = 3000, LATEST = 60_000, FRESH = 15_000;

export function makeUuid() {   // crypto.randomUUID is missing on plain http
  return crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
    (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));
}

// `drafts`: the store. `place`: {owner, address, sync}. `tell(what)` is called whenever something is different.
// `net`: "da", "weg", "abgemeldet", "fremd" (somebody else is signed in), "abgelehnt".
export function makeQueue(drafts, { owner, address, sync }, first, tell) {
  const rows = `register ${address} `, stand = `register-stand ${address}`;
  const self = { state: first, seen: Date.now(), operations: [], net: "da", busy: false, sent: "", clock: "", told: [] };
  let cells = new Map(), next = 1, size = AT_ONCE, tries = 0, timer = 0, stopped = false;

  const waiting = () => self.operations.filter((each) => !each.refused);
  const refused = () => self.operations.filter((each) => each.refused);
  const cellOf = (each) => `${each.slot}/${each.key ? `k:${each.key}` : each.person}`;
  const now = () => Date.now() - self.seen + Date.parse(self.state.at);   // the server's clock, as far as this device knows
  const put = (each) => drafts.put({ ...each, owner, submitted: false });
  const last = (cell) => cells.get(cell);

  // The newest of each cell; made anew whenever what waits is different.
  function arrange() {
    cells = new Map(waiting().map((each) => [cellOf(each), each]));
  }

  async function load() {
    const [found, before] = await Promise.all([drafts.under(owner, rows), drafts.get(owner, stand)]);
    self.operations = found;
    arrange();
    next = 1 + Math.max(0, ...found.map((each) => each.seq));
    if (before && before.state.at >= first.at) Object.assign(self, { state: before.state, seen: before.seen });
    else await keep();
  }

  const keep = () => drafts.put({ owner, block: stand, state: self.state, seen: self.seen, submitted: true }).catch(() => {});

  // What the register says about somebody, as this device knows it.
  function shown(slot, pid) {
    const own = last(`${slot}/${pid}`), mark = self.state.marks[slot]?.[pid];
    const [known, state, minutes, who] = mark ?? [0, "not_recorded", 0, ""];
    return own ? { known, state: own.state, minutes: own.minutes, who: "", waiting: true }
      : { known, state, minutes: state === "partial" ? minutes : 0, who, waiting: false };
  }

  async function record(slot, person, state, minutes = 0) {
    const is = shown(slot, person.id), before = last(`${slot}/${person.id}`);
    for (const old of refused()) if (cellOf(old) === `${slot}/${person.id}` && !old.key) await drop(old);
    if (is.state === state && is.minutes === minutes) return;
    const typed = { state, minutes, typed_at: new Date().toISOString() };
    if (before && !before.tried) {         // never sent: it never was an entry
      Object.assign(before, typed);
      const [, stands, stood] = self.state.marks[slot]?.[person.id] ?? [0, "not_recorded", 0];
      const idle = stands === state && (state !== "partial" || stood === minutes) && !before.key;
      await (idle ? drop(before) : put(before));
    } else {
      // One that was sent may have arrived: the new one takes its place and says so, and the server sees whose it follows.
      await append(slot, person, { ...typed, known: before?.known ?? is.known, after: before ? [...before.after, before.operation] : [] });
      if (before) await drop(before);
    }
  }

  async function append(slot, person, rest) {
    const seq = next++, operation = makeUuid();
    const made = { block: `${rows}${String(seq).padStart(9, "0")} ${operation}`, seq, operation, slot, name: person.name,
      person: person.key ? 0 : person.id, key: person.key ?? "", tried: false, offline: false, refused: "", again: false, ...rest };
    self.operations.push(made);
    arrange();
    await put(made);
  }

  // Somebody new exists on this device at once, though nothing is said about them yet.
  function newcomer(name) {
    const key = makeUuid();
    return { id: `k:${key}`, key, name };
  }

  const welcome = (slot, person, state) => append(slot, person,
    { state, minutes: 0, typed_at: new Date().toISOString(), known: 0, after: [] });

  async function drop(each) {
    self.operations = self.operations.filter((other) => other !== each);
    arrange();
    await drafts.remove(owner, each.block);
  }

  async function again(each) {
    Object.assign(each, { refused: "", again: false });
    arrange();
    await put(each);
    stopped = false;
    return send();
  }

  // Sending

  async function send(leaving = false) {
    clearTimeout(timer);
    if (self.busy || stopped) return;
    const batch = waiting().slice(0, size);
    if (!batch.length) return;
    self.busy = true;
    tell();
    for (const each of batch) each.tried = true;
    const kept = Promise.all(batch.map(put));
    if (!leaving) await kept;
    try {
      await answered(await ask("POST", pack(batch), leaving), batch);
    } catch {
      for (const each of batch) each.offline = true;
      await Promise.all(batch.filter((each) => self.operations.includes(each)).map(put));
      later();
    }
    self.busy = false;
    tell();
    if (!stopped && self.net === "da" && waiting().some((each) => !each.tried)) return send();
  }

  const pack = (batch) => JSON.stringify({
    owner, sent_at: new Date().toISOString(),
    operations: batch.map(({ operation, slot, person, key, name, state, minutes, known, after, typed_at, offline }) => ({
      operation, slot, state, minutes, known, after, typed_at, offline,
      ...(key ? { walk_in: { key, name } } : { person }),
    })),
  });

  const ask = (method, body, keepalive = false) => fetch(sync, {
    method, body, keepalive: keepalive && body.length < 60_000, redirect: "manual", cache: "no-store",
    signal: AbortSignal.timeout(GIVE_UP),
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-Requested-With": "feldweg", "X-CSRFToken": self.state.token },
  });

  async function answered(response, batch) {
    if (response.status === 200) return accepted(await response.json());
    if (response.status === 400 && await refresh()) {      // the token was made for another session of the same person
      const second = await ask("POST", pack(batch));
      return second.status === 200 ? accepted(await second.json()) : later();
    }
    if (response.status === 413 && batch.length > 1) {
      size = Math.ceil(batch.length / 2);
      return soon(0);
    }
    if (response.status >= 500 || [408, 429].includes(response.status)) return later(response.headers.get("Retry-After"));
    return turnedAway(response);
  }

  function turnedAway({ status, type }) {
    if (self.net === "abgemeldet" || self.net === "fremd") return;
    const signedOut = status === 401 || status === 400 || type === "opaqueredirect";
    self.net = signedOut ? "abgemeldet" : status === 409 ? "fremd" : "abgelehnt";
    stopped = true;
  }

  async function accepted(answer) {
    for (const each of answer.answers) {
      const own = self.operations.find(({ operation }) => operation === each.operation);
      if (!own) continue;
      if (own.key && each.person) await settled(own.key, each.person);
      if (each.result === "refused") {
        Object.assign(own, { refused: each.sentence, again: each.again });
        arrange();
        await put(own);
      } else await drop(own);
      if (each.result === "lost") self.told.push(own.name);
    }
    self.clock = answer.clock;
    self.told.push(...answer.told);
    self.sent = answer.label;
    reached(answer);
  }

  // The server knows this walk-in now: what waits about them is about a person of the list.
  async function settled(key, person) {
    for (const each of self.operations.filter((other) => other.key === key)) {
      Object.assign(each, { key: "", person });
      arrange();
      await put(each);
    }
    self.renamed = [`k:${key}`, person];
  }

  function reached(answer) {
    tries = 0;
    self.net = "da";
    stopped = false;
    if (answer.owner !== owner) { self.net = "fremd"; stopped = true; return; }
    const { at, label, slots, dropped, people, marks, open, struck, beside, guests, token } = answer;
    Object.assign(self, { state: { at, label, slots, dropped, people, marks, open, struck, beside, guests, token }, seen: Date.now() });
    keep();
  }

  function later(wait = 0) {
    self.net = "weg";
    soon(Math.max(Number(wait) * 1000 || 0, Math.min(LATEST, SOONEST * 2 ** tries++)));
  }

  function soon(ms) {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  }

  // What others recorded meanwhile. Says whether the server answered.
  async function refresh() {
    try {
      const response = await fetch(sync, { headers: { Accept: "application/json", "X-Requested-With": "feldweg" },
        cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(GIVE_UP) });
      if (response.status !== 200) {
        if (response.status >= 500) self.net = "weg"; else turnedAway(response);
        return false;
      }
      reached(await response.json());
      return self.net === "da";
    } catch {
      self.net = "weg";
      return false;
    }
  }

  async function look() {
    if (document.hidden || self.busy) return;
    if (await refresh() && waiting().length) await send();
    tell();
  }
  setInterval(look, FRESH);

  return Object.assign(self, { load, shown, record, newcomer, welcome, drop, again, send, look, waiting, refused, now });
}

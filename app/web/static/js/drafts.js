// What somebody typed, kept on this device until the server has it. IndexedDB, not localStorage: a killed browser loses
// the last seconds (sometimes all) of localStorage, but nothing that IndexedDB has acknowledged.

let opened, database, forgotten = false;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("feldweg", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: ["owner", "block"] });
    request.onsuccess = () => resolve(database = request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// Runs `work(store)` in one transaction; resolves with its request's result once the transaction is complete.
async function within(mode, work, atOnce = false) {
  if (!database) await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("drafts", mode);
    const request = work(transaction.objectStore("drafts"));
    if (atOnce) transaction.commit?.();   // a page that is being left gets no later chance to
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export const put = async (draft) => forgotten || within("readwrite", (store) => store.put(draft), true);
export const get = (owner, block) => within("readonly", (store) => store.get([owner, block]));
// Everything of this owner whose block begins so, in the order of its names (the register's entries: register-queue.js).
export const under = (owner, start) =>
  within("readonly", (store) => store.getAll(IDBKeyRange.bound([owner, start], [owner, `${start}\uffff`])));
// What this person typed for small groups they were in; "12-gruppe-5" is the owner of such a draft.
export const forGroups = (person) => within("readonly", (store) =>
  store.getAll(IDBKeyRange.bound([`${person}-gruppe-`, ""], [`${person}-gruppe-\uffff`, "\uffff"])));
export const unsent = async () => (await within("readonly", (store) => store.getAll())).some((draft) => !draft.submitted);
// Who types this, and where: other pages point to it (elsewhere.js).
export const place = (block) => ({ who: document.documentElement.dataset.who, page: `${location.pathname}#${block}`,
  title: document.querySelector("h1")?.textContent.replace(/\s+/g, " ").trim() });
// What this person typed on pages that can be opened again; what others typed on the same device is never looked at.
export const typedBy = async (who) => (await within("readonly", (store) => store.getAll()))
  .filter((draft) => who && draft.page && draft.who === who).sort((one, other) => one.time - other.time);
export const clear = () => {
  forgotten = true;                       // nothing is kept any more while this page is being left
  return within("readwrite", (store) => store.clear());
};

// Only the window that wrote a draft may take it away: another one may hold text that was not sent yet.
export const remove = (owner, block, tab) =>
  within("readwrite", (store) => {
    const request = store.get([owner, block]);
    request.onsuccess = () => {
      if (request.result && (!tab || request.result.tab === tab)) store.delete([owner, block]);
    };
  });

// What a form holds for a person, as a list of [name, value]. Hidden fields are machinery (token, version, counters).
export const visible = (form) => new Set([...form.elements].filter((element) => element.type !== "hidden").map((element) => element.name));

export function read(form) {
  const names = visible(form);
  return [...new FormData(form)].filter(([name, value]) => names.has(name) && typeof value === "string");
}

// What the server had put into the page, whatever was typed or restored by the browser since.
export function shown(form) {
  const copy = form.cloneNode(true);
  for (const element of form.elements) if (!form.contains(element)) copy.append(element.cloneNode(true));
  copy.reset();
  return read(copy);
}

// The same text? Line ends, blanks around and empty fields do not count; roughly: nor do blanks within (servers tidy them).
export function same(one, other, roughly = false) {
  const plain = (fields) => JSON.stringify(fields
    .map(([name, value]) => [name, (roughly ? value.normalize("NFC").replace(/\s+/g, " ") : value.replace(/\r\n?/g, "\n")).trim()])
    .filter(([, value]) => value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return plain(one) === plain(other);
}

// Is everything in `one` also in `other`, maybe with more around it?
export const contained = (one, other) => one.every(([name, value]) => other.some(([n, v]) => n === name && v.includes(value.trim())));

// Does the server have a draft, if this is what it holds now? In a form that was refused, `known` is no proof of it.
export const arrived = (draft, known, version, proof = true) => (proof && same(draft.fields, known, true))
  || (version > draft.version && (draft.submitted || contained(draft.fields, known)));

// From JSON: {name: value} or {name: [values]} or already a list.
export const fromJson = (fields) => (Array.isArray(fields) ? fields
  : Object.entries(fields ?? {}).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each ?? "")])));

// Puts a draft back; returns what has no field here any more (the page was changed meanwhile).
export function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  const homeless = new Map(values);
  for (const element of form.elements) {
    const { name, type } = element;
    if (!name || ["hidden", "submit", "button", "file", "fieldset"].includes(type)) continue;
    homeless.delete(name);
    const list = values.get(name) ?? [];
    if (type === "radio" || type === "checkbox") element.checked = list.includes(element.value);
    else if (type === "select-multiple") for (const option of element.options) option.selected = list.includes(option.value);
    else element.value = list.shift() ?? "";
  }
  return [...homeless.values()].flat().filter((value) => value.trim());
}

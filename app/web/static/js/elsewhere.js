// Says on every page that text for another page still lies on this device, with a link there: that page restores and
// sends it (answers.js). Only what the person who is signed in typed, and only if no open window looks after it.

const html = document.documentElement;
const MOST = 3, SETTLED = 4000, AGAIN = 5000;

const key = ({ owner, block }) => `${owner} ${block}`;
const here = () => new Set([...document.querySelectorAll("form[data-answer]")].map(({ dataset }) => key({ owner: dataset.owner, block: dataset.answer })));

let asked = new Map();   // drafts that the server does not have, as far as is known: key -> the time they were written
let notice, listed = "", timer, looking = false;

// What was sent while its page was being left may have arrived without this device knowing: the page itself can tell.
async function missing(draft, drafts) {
  if (asked.get(key(draft)) === draft.time) return true;
  try {
    const response = await fetch(draft.page, { cache: "no-store", signal: AbortSignal.timeout(20_000) });
    if (response.status < 500) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const form = [...page.querySelectorAll("form[data-answer]")]
        .find(({ dataset }) => dataset.answer === draft.block && dataset.owner === draft.owner);
      if (!form) return false;   // nowhere to send it to
      if (drafts.arrived(draft, drafts.shown(form), Number(form.elements.version.value))) {
        await drafts.remove(draft.owner, draft.block, draft.tab);
        return false;
      }
    }
  } catch { /* no network: then it lies here for certain */ }
  asked.set(key(draft), draft.time);
  return true;
}

async function unsent(drafts) {
  const own = here(), found = [];
  let young = false;
  for (const draft of await drafts.typedBy(html.dataset.who)) {
    if (own.has(key(draft))) continue;
    if (Math.abs(Date.now() - draft.time) < SETTLED) young = true;   // may be on its way at this moment
    else if (!await drafts.stillOpen(draft.tab, draft.block) && await missing(draft, drafts)) found.push(draft);
  }
  return { found, young };
}

function link({ page, title }) {
  return Object.assign(document.createElement("a"), { href: page, textContent: title || "Seite öffnen" });
}

function show(found) {
  const pages = [...new Map(found.map((draft) => [draft.page.split("#")[0], draft])).values()];
  const all = JSON.stringify(pages.map(({ page, title }) => [page, title]));
  if (all === listed) return;
  listed = all;
  if (!pages.length) {
    notice?.remove();
    notice = null;
    return;
  }
  if (!notice) {
    notice = Object.assign(document.createElement("div"), { className: "message message--hinweis", role: "status" });
    document.querySelector("main").prepend(notice);
  }
  const more = pages.length - MOST, text = document.createElement("p"), what = document.createElement("strong");
  what.textContent = "Auf diesem Gerät liegt noch Text, der nicht übertragen ist:";
  text.append(what, ...pages.slice(0, MOST).flatMap((draft, at) => [at ? ", " : " ", link(draft)]));
  text.append(more > 0 ? ` und ${more} weitere.` : ".", " Er wird übertragen, wenn Sie die Seite öffnen.");
  requestAnimationFrame(() => notice?.replaceChildren(text));   // a live region has to be there before it says something
}

async function look() {
  if (looking) return;
  looking = true;
  clearTimeout(timer);
  try {
    const { found, young } = await unsent(await import(html.dataset.drafts));
    show(found);
    if (found.length || young) timer = setTimeout(look, AGAIN);
  } catch { /* no storage: nothing lies here */ }
  looking = false;
}

function lookAfresh() {
  asked = new Map();
  return look();
}

if (html.dataset.who && document.querySelector("main")) {
  addEventListener("online", lookAfresh);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) lookAfresh(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) lookAfresh(); });
  look();
}

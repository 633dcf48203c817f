// The code on the wall: asks every 5 s for what changes, and counts the seconds down in between.
const EVERY = 5_000;
const wall = document.querySelector("[data-wall]");
const status = document.querySelector("[data-wall-status]");
const alarm = document.querySelector("[data-wall-alarm]");

let shown = "";
let ends = 0; // of this code, by this page's own stopwatch
let asking = false;

function start() {
  const place = wall.querySelector("[data-seconds]");
  ends = place ? performance.now() + Number(place.dataset.seconds) * 1000 : 0;
}

function count() {
  const place = wall.querySelector("[data-seconds]");
  if (!place) return;
  const left = Math.ceil((ends - performance.now()) / 1000);
  const text = String(Math.max(left, 0));
  if (place.textContent !== text) place.textContent = text;
  if (left <= 0) ask();
}

function say(text) {
  if (status.textContent === text) return;
  status.textContent = text;
  alarm.textContent = text;
  status.classList.toggle("is-old", Boolean(text));
}

// The seconds differ at every answer; the page is only touched when anything else does.
const without = (html) => html.replace(/data-seconds="\d+">\d+/, "");

async function ask() {
  if (asking || document.hidden) return;
  asking = true;
  try {
    const headers = { Accept: "application/json", "X-Requested-With": "feldweg" };
    const answer = await fetch(wall.dataset.wall, { headers, cache: "no-store", signal: AbortSignal.timeout(8_000) });
    if ([401, 403, 404].includes(answer.status)) return say("Bitte laden Sie die Seite neu und melden Sie sich an.");
    if (!answer.ok) throw new Error(String(answer.status));
    const { html } = await answer.json();
    if (without(html) !== shown) {
      wall.innerHTML = html;
      shown = without(html);
      start();
    }
    say("");
  } catch {
    say("Keine Verbindung: Der Code kann abgelaufen sein.");
  } finally {
    asking = false;
  }
}

start();
setInterval(count, 250);
setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
window.addEventListener("online", ask);

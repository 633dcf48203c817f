// Keeps a live page fresh: asks every 15 s while the page can be seen, and swaps the part when it has changed.
// The page works without it, by reloading. An unchanged part is answered by 304 (we send the ETag ourselves, since
// the answer must not be stored by the browser).
const EVERY = 15_000;
const part = document.querySelector("[data-live]");
const status = document.querySelector("[data-live-status]");
const alarm = document.querySelector("[data-live-alarm]");
const pause = document.querySelector("[data-live-pause]");

let etag = "";
let fresh = status.textContent.replace("Stand von ", "");
let timer = 0;
let paused = false;
let asking = false;

function clock(response) {
  const date = new Date(response.headers.get("Date") ?? Date.now());
  const form = { hour: "2-digit", minute: "2-digit", timeZone: part.dataset.zone };
  return date.toLocaleTimeString("de-DE", form);
}

// Only a change for the worse is read out; "aktualisiert" every 15 s would be noise.
function say(text, loud = false) {
  status.textContent = text;
  const heard = loud ? text : "";
  if (alarm.textContent !== heard) alarm.textContent = heard;
  status.classList.toggle("is-old", loud);
}

async function ask() {
  const headers = { Accept: "application/json", "X-Requested-With": "feldweg" };
  if (etag) headers["If-None-Match"] = etag;
  const response = await fetch(part.dataset.live, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
  if ([401, 403, 404].includes(response.status)) {
    paused = true;
    pause.hidden = true;
    return say("Diese Seite wird nicht mehr aktualisiert. Bitte laden Sie sie neu und melden Sie sich an.", true);
  }
  if (response.status === 200) {
    const { html } = await response.json();
    if (!paused) part.innerHTML = html;
    etag = response.headers.get("ETag") ?? "";
  } else if (response.status !== 304) {
    throw new Error(String(response.status));
  }
  fresh = clock(response);
  if (!paused) say(`aktualisiert ${fresh}`);
}

async function round() {
  clearTimeout(timer);
  if (paused || asking || document.hidden) return;
  asking = true;
  try {
    await ask();
  } catch {
    say(`keine Verbindung, Stand von ${fresh}`, true);
  } finally {
    asking = false;
  }
  if (!paused) timer = setTimeout(round, EVERY);
}

pause.hidden = false;
pause.addEventListener("click", () => {
  paused = !paused;
  pause.textContent = paused ? "Fortsetzen" : "Anhalten";
  if (paused) {
    clearTimeout(timer);
    say(`angehalten, Stand von ${fresh}`);
  } else {
    etag = "";
    round();
  }
});
document.addEventListener("visibilitychange", round);
window.addEventListener("online", round);
timer = setTimeout(round, EVERY);

// Keeps the run of a procedure fresh: asks every 5 s while the page can be seen and swaps the part when somebody has gone
// on; in between it counts down. The time is the server's: only differences are measured here, so a phone that slept or
// whose clock is wrong shows the right time. Without this file the buttons work and the page tells how old it is.
const EVERY = 5000, LAST_MINUTE = 60;

// Elapsed milliseconds. performance.now() stands still while some devices sleep, the wall clock may be set back.
const mark = () => ({ steady: performance.now(), wall: Date.now() });
const since = (start) => Math.max(performance.now() - start.steady, Date.now() - start.wall);

const inWords = (seconds) => (seconds > 0 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "Zeit ist um");

function watch(part) {
  const place = part.querySelector("[data-procedure-state]");
  const said = part.querySelector("[data-procedure-said]");
  const status = part.querySelector("[data-procedure-status]");
  const { procedure: address, version, step, running, remaining } = part.dataset;
  let state = { version: Number(version), step: Number(step), running: running === "ja", remaining: remaining === undefined ? null : Number(remaining) };
  let taken = mark(), asking = false, announced = null, timer = 0;

  const left = () => (state.remaining === null ? null
    : Math.max(0, state.running ? Math.ceil(state.remaining - since(taken) / 1000) : state.remaining));

  // Read aloud are a new step, the last minute and the end, each once; a countdown would be noise.
  function say(text) {
    if (announced !== text) said.textContent = announced = text;
  }

  function draw() {
    const seconds = left();
    const time = place.querySelector("[data-procedure-time]");
    const age = place.querySelector("[data-procedure-age]");
    if (age) age.hidden = true;
    if (!time || seconds === null) return;
    const words = inWords(seconds);
    if (time.textContent !== words) time.textContent = words;
    if (!state.running) return;
    if (seconds === 0) say("Zeit ist um.");
    else if (seconds <= LAST_MINUTE) say("Noch eine Minute.");
  }

  function swap(html) {
    const focused = place.contains(document.activeElement) ? document.activeElement.value : null;
    const open = place.querySelector("details")?.open;
    place.innerHTML = html;
    if (open) place.querySelector("details")?.setAttribute("open", "");
    if (focused === null) return;
    const same = [...place.querySelectorAll("button")].find((button) => button.value === focused);
    (same ?? place.querySelector("button"))?.focus({ preventScroll: true });
  }

  function take(answer, sent) {
    if (answer.version < state.version) return;   // overtaken by the answer to a button
    const moved = answer.step !== state.step;
    const passed = since(sent);
    state = answer;
    // Half of the way there and back has passed since the server looked at its clock.
    taken = { steady: performance.now() - passed / 2, wall: Date.now() - passed / 2 };
    if (answer.html !== undefined) swap(answer.html);
    if (moved && answer.title) say(`Schritt ${answer.step} von ${answer.steps}: ${answer.title}${answer.minutes ? `, ${answer.minutes} Minuten` : ""}.`);
    else if (moved) say(answer.step ? "Der Ablauf ist zu Ende." : "Der Ablauf beginnt von vorn.");
    status.textContent = "";
    draw();
  }

  async function request(options = {}) {
    const asked = new URL(address, location.href);
    asked.searchParams.set("stand", state.version);
    const sent = mark();
    const headers = { Accept: "application/json", "X-Requested-With": "feldweg" };
    const response = await fetch(asked, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000), ...options });
    if (!response.ok) throw Object.assign(new Error(String(response.status)), { status: response.status });
    take(await response.json(), sent);
  }

  async function round() {
    clearTimeout(timer);
    if (document.hidden) return;
    draw();
    if (asking) return;
    asking = true;
    try {
      await request();
    } catch ({ status: code }) {
      if ([401, 403, 404].includes(code)) {
        status.textContent = "Diese Anzeige wird nicht mehr erneuert. Bitte laden Sie die Seite neu.";
        return;
      }
      status.textContent = "keine Verbindung, der Ablauf kann schon weiter sein";
    } finally {
      asking = false;
    }
    timer = setTimeout(round, EVERY);
  }

  part.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-procedure-form]")) return;
    event.preventDefault();
    event.stopPropagation();
    clearTimeout(timer);
    let again = EVERY;
    try {
      await request({ method: "POST", body: new FormData(event.target, event.submitter) });
    } catch ({ status: code }) {
      // Somebody else moderates by now: fetch what is true.
      status.textContent = code === 403 ? "Inzwischen moderiert jemand anderes." : "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.";
      if (code === 403) again = 1500;
    }
    timer = setTimeout(round, again);
  });

  document.addEventListener("visibilitychange", round);
  addEventListener("online", round);
  addEventListener("pageshow", round);
  setInterval(() => { if (!document.hidden) draw(); }, 500);
  round();
}

for (const part of document.querySelectorAll("[data-procedure]")) watch(part);

// Keeps a common picture fresh while it can be seen: asks every 10 s and swaps it when it has changed. Without it the
// page shows the picture as it was when it was loaded. Nothing is swapped under somebody who is at work in it.
const EVERY = 10_000;

for (const part of document.querySelectorAll("[data-together]")) {
  const status = part.parentElement.querySelector("[data-together-status]");
  let etag = "", asking = false, timer = 0;

  const round = async () => {
    clearTimeout(timer);
    if (asking || document.hidden) return;
    asking = true;
    try {
      const headers = { Accept: "application/json", "X-Requested-With": "feldweg" };
      if (etag) headers["If-None-Match"] = etag;
      const response = await fetch(part.dataset.together, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
      if (response.status === 200) {
        const { html } = await response.json();
        if (!part.contains(document.activeElement)) {
          part.innerHTML = html;
          etag = response.headers.get("ETag") ?? "";
        }
      } else if (response.status !== 304) throw new Error(String(response.status));
      if (status) status.textContent = "";
    } catch {
      if (status) status.textContent = "keine Verbindung, das Bild kann älter sein";
    } finally {
      asking = false;
    }
    timer = setTimeout(round, EVERY);
  };
  document.addEventListener("visibilitychange", round);
  addEventListener("online", round);
  // What one has just saved oneself shall appear at once.
  for (const state of document.querySelectorAll("output[data-saved]")) {
    new MutationObserver(() => { if (state.dataset.state === "gespeichert") round(); }).observe(state, { attributes: true, attributeFilter: ["data-state"] });
  }
  timer = setTimeout(round, EVERY);
}

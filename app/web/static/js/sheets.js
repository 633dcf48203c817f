// After a background save: what the server draws or says about a block (pictures, what comes after saving) is fetched
// anew and put in its place. Without this script it appears when the page is loaded again.
const AFTER = 400;
let timer = 0;

async function refresh() {
  const places = [...document.querySelectorAll("[data-drawn][id]")];
  if (!places.length) return;
  try {
    const response = await fetch(location.href.split("#")[0], { cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (!response.ok || response.redirected) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const place of places) {
      const fresh = page.getElementById(place.id);
      if (fresh && fresh.innerHTML !== place.innerHTML && !place.contains(document.activeElement)) {
        place.replaceChildren(...fresh.childNodes);
      }
    }
  } catch {
    // No network: the picture stays as it was, the text is looked after elsewhere.
  }
}

// answers.js says there when something has been saved.
for (const state of document.querySelectorAll("output[data-saved]")) {
  new MutationObserver(() => {
    if (state.dataset.state !== "gespeichert") return;
    clearTimeout(timer);
    timer = setTimeout(refresh, AFTER);
  }).observe(state, { attributes: true, attributeFilter: ["data-state"] });
}

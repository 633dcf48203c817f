// Copies or shares a personal link, and prints a page. Buttons are hidden in the page: here they become useful.

for (const place of document.querySelectorAll("[data-share]")) offer(place);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

function offer(place) {
  const field = document.querySelector(place.dataset.share);
  const [copy, send] = [place.querySelector("[data-copy]"), place.querySelector("[data-send]")];
  const say = (text) => { place.querySelector("[data-share-status]").textContent = text; };
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    say(await copied(field) ? "Der Link ist kopiert." : "Das ging nicht. Der Link ist markiert, bitte kopieren Sie ihn von Hand.");
  });
  if (!navigator.share) return;
  send.hidden = false;
  send.addEventListener("click", async () => {
    try {
      await navigator.share({ title: place.dataset.shareTitle, url: field.value });
    } catch (error) {
      if (error.name !== "AbortError") say("Teilen ging nicht. Bitte kopieren Sie den Link.");
    }
  });
}

// The clipboard is there on https only; in a room's own network the old way still works.
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}

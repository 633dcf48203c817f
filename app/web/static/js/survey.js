// What was handed in without a name shall not stay on this device either.
const drafts = await import(document.documentElement.dataset.drafts);
for (const part of document.querySelectorAll("[data-handed-in]")) {
  drafts.remove(part.dataset.handedIn, part.id).catch(() => {});
}

// The teaching units of the actual times, counted by the server (which knows about clock changes and midnight) while one types.

const form = document.querySelector("[data-actual]");
const sum = form?.querySelector("[data-sum]");
let asked = 0;
let timer;

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(count, 300);
});

async function count() {
  const mine = ++asked;
  const fields = new FormData(form);
  fields.append("rechnen", "1");
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("[data-sum]");
    if (found && mine === asked) sum.textContent = found.textContent;
  } catch {
    // Without network the button still counts, once there is one again.
  }
}

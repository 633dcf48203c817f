// Reckons with the scales of a block while they are moved; what the server says after saving is the same.
const listed = (names) => names.map((name) => `„${name}“`).join(", ").replace(/, (?=[^,]*$)/, " und ");
const german = (number) => number.toLocaleString("de-DE", { maximumFractionDigits: 1, useGrouping: "always" });

function tell(section) {
  const scales = [...section.querySelectorAll("[data-scale]")].map((scale) => {
    const steps = [...scale.querySelectorAll("input[type=radio]")].filter((input) => input.value !== "");
    const at = steps.findIndex((input) => input.checked);
    return { name: scale.dataset.scale, at, value: at < 0 ? null : Number(steps[at].value) };
  });
  const given = scales.filter(({ at }) => at >= 0), open = scales.length - given.length;
  const show = (name, shown, text) => {
    const place = section.querySelector(`[data-${name}]`);
    if (place) place.hidden = !shown;
    const words = section.querySelector(`[data-${name}-names], [data-${name}-count]`);
    if (words && text !== undefined) words.textContent = text;
  };
  const zeros = given.filter(({ value }) => value === 0).map(({ name }) => name);
  const low = Math.min(...given.map(({ at }) => at));
  const lowest = open || new Set(given.map(({ at }) => at)).size < 2 ? [] : given.filter(({ at }) => at === low).map(({ name }) => name);
  const result = section.querySelector("[data-result]");
  if (result) {
    const product = section.dataset.scales === "produkt";
    const known = product ? zeros.length || !open : given.length;
    const sum = given.reduce((all, { value }) => all + value, 0);
    const number = product ? given.reduce((all, { value }) => all * value, 1) : Math.floor(sum * 10 / given.length + 0.5) / 10;
    result.textContent = known ? german(number) : "–";
    show("open", open > 0, open);
    show("zero", zeros.length > 0, listed(zeros));
  }
  show("weakest", lowest.length > 0, listed(lowest));
}

for (const section of document.querySelectorAll("[data-scales]")) {
  section.addEventListener("input", () => tell(section));
  setTimeout(tell, 600, section);   // a draft put back from this device moves scales without an event
}

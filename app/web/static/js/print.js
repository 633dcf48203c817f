// A sheet of paper needs no more than this.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());

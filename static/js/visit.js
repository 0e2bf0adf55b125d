// The visit form: each fold says what is in it, and a tapped next step says its day.
(() => {
  "use strict";

  const form = document.querySelector(".logform");
  const steps = form.querySelector("[data-step-day]");

  const inside = (fold) => {
    const said = fold.querySelector("[data-inside]");
    const texts = [...fold.querySelectorAll("textarea")];
    if (texts.length) {
      said.textContent = texts.some((text) => text.value.trim()) ? said.dataset.filled : said.dataset.empty;
      return;
    }
    const labels = [...fold.querySelectorAll("input:checked")].map((box) => box.labels[0].textContent.trim());
    said.textContent = labels.length > 2 ? `${labels.length} ${said.dataset.chosen}` : labels.join(", ") || said.dataset.empty;
  };

  const say = () => {
    form.querySelectorAll(".fold").forEach(inside);
    const step = form.querySelector("[name=next_step]:checked");
    const day = step ? steps.getAttribute(`data-${step.value}`) : "";
    steps.textContent = day ? `${steps.dataset.text} ${day}` : "";
  };

  form.addEventListener("input", say);
  form.addEventListener("change", say);
  say();
})();

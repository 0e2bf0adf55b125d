// The visit form: each fold says what is in it, and a tapped next step says its day.
(() => {
  "use strict";

  const form = document.querySelector(".logform");

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

  // Under the quick choices of a day stands the day itself; with nothing chosen, what stood there.
  const sayDay = (line) => {
    line.dataset.unchosen ??= line.textContent;
    const chosen = form.querySelector(`[name=${line.dataset.stepDay}]:checked`);
    const day = chosen ? line.getAttribute(`data-${chosen.value}`) : "";
    line.textContent = day ? `${line.dataset.text} ${day}` : chosen ? "" : line.dataset.unchosen;
  };

  const say = () => {
    form.querySelectorAll(".fold").forEach(inside);
    form.querySelectorAll("[data-step-day]").forEach(sayDay);
  };

  form.addEventListener("input", say);
  form.addEventListener("change", say);
  // What *not now* asks stands below the fold on a phone.
  form.addEventListener("change", (event) => {
    if (event.target.value === "not_now") form.querySelector(".if-notnow").scrollIntoView({ block: "nearest" });
  });
  say();
})();

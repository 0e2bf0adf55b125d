// The search on top of every page: hits while typing, by arrow keys; Enter shows them on a page.
(() => {
  "use strict";

  const field = document.getElementById("site-search");
  const hits = document.getElementById("site-hits");
  if (!field || !hits) return;

  const show = (shown) => {
    hits.hidden = !shown;
  };
  const links = () => [...hits.querySelectorAll("a")];

  hits.addEventListener("htmx:afterSwap", () => show(document.activeElement === field && field.value.trim().length > 1));
  field.addEventListener("input", () => {
    if (field.value.trim().length < 2) show(false);
  });
  field.addEventListener("focus", () => show(hits.childElementCount > 0 && field.value.trim().length > 1));

  field.form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !hits.hidden) {
      event.preventDefault();
      field.focus();
      show(false);
    }
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || hits.hidden) return;
    event.preventDefault();
    const stops = [field, ...links()];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = stops.indexOf(document.activeElement) + step;
    stops[Math.max(0, Math.min(stops.length - 1, next))].focus();
  });
  field.form.addEventListener("focusout", (event) => {
    if (!field.form.contains(event.relatedTarget)) setTimeout(() => field.form.contains(document.activeElement) || show(false), 150);
  });
})();

// Copies a field to the clipboard. Without it the text is marked and copied by hand.
(() => {
  "use strict";

  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(field.value);
        button.querySelector("span").textContent = button.dataset.copied;
        document.getElementById("announce").textContent = button.dataset.copied;
      } catch {
        field.select();
      }
    });
  });
})();

// Shows the whole name of the workplace that is chosen in the field where its beginning was typed.
(() => {
  "use strict";

  let typed = "";
  const field = () => document.getElementById("id_company_name");

  document.addEventListener("input", (event) => {
    if (event.target === field()) typed = event.target.value;
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "workplace" || !field()) return;
    typed ||= field().value;
    field().value = event.target.dataset.name || typed;
  });
})();

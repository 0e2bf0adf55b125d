// Shared behaviour of every page: search key, busy buttons, focus on errors. Works without it too.
(() => {
  "use strict";

  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const search = document.querySelector("[data-hotkey='/']");
    const wanted = event.key === "/" || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!search || !wanted || (event.key === "/" && typing(event.target))) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // Every press answers at once: the pressed button says that it is busy.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.defaultPrevented || event.target.method === "dialog") return;
    if (button.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    setTimeout(() => button.setAttribute("aria-busy", "true"));
  });

  // Coming back by the browser's own button shows the page as it was: nothing is busy any more.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("[aria-busy='true']").forEach((it) => it.removeAttribute("aria-busy"));
  });

  // Drafts are kept on the server; what an earlier version left on the device goes.
  Object.keys(localStorage)
    .filter((key) => key.startsWith("draft:"))
    .forEach((key) => localStorage.removeItem(key));

  const settle = (root) => {
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
    root.querySelectorAll("select[data-autosubmit]").forEach((select) => {
      select.addEventListener("change", () => select.form.requestSubmit());
    });
  };
  // An address says what was chosen, not what was left alone.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    for (const [name, value] of [...event.detail.formData]) {
      if (value === "") event.detail.formData.delete(name);
    }
  });

  document.addEventListener("DOMContentLoaded", () => settle(document));
  document.addEventListener("htmx:afterSwap", (event) => {
    settle(event.target);
    const said = event.target.querySelector("[data-announce]");
    if (said) document.getElementById("announce").textContent = said.textContent.trim();
  });
})();

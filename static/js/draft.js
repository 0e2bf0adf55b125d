// Keeps what is typed in a form marked data-draft on this device until it is saved.
// The draft is offered again when the form is reopened; app.js says when it goes.
(() => {
  "use strict";

  const PREFIX = "draft:";
  const SKIP = new Set(["csrfmiddlewaretoken", "submission", "plan"]);

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };

  const values = (form) =>
    [...new FormData(form)].filter(([name, value]) => !SKIP.has(name) && typeof value === "string");

  const fill = (form, pairs) => {
    for (const field of form.elements) {
      if (!field.name || SKIP.has(field.name)) continue;
      const mine = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
      else if (mine.length) field.value = mine[0];
      field.closest("details")?.toggleAttribute("open", Boolean(field.closest("details").open || (mine.length && mine[0] && field.type !== "hidden")));
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const clock = (moment) =>
    new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).format(moment);

  const start = (form) => {
    const key = PREFIX + form.dataset.draft;
    const offer = form.querySelector("[data-draft-offer]");
    const said = form.querySelector("[data-draft-said]");
    const kept = read(key);
    let timer = 0;
    let blank = JSON.stringify(values(form));

    const keep = () => {
      const now = values(form);
      if (JSON.stringify(now) === blank) return;
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: now }));
      said.textContent = `${said.dataset.text} ${clock(new Date())}`;
    };
    if (kept && !form.querySelector(".error-summary") && JSON.stringify(kept.values) !== blank) {
      offer.querySelector("[data-draft-time]").textContent = clock(new Date(kept.at));
      offer.hidden = false;
    }
    form.querySelector("[data-draft-restore]").addEventListener("click", () => {
      fill(form, kept.values);
      offer.hidden = true;
    });
    form.querySelector("[data-draft-drop]").addEventListener("click", () => {
      localStorage.removeItem(key);
      offer.hidden = true;
    });
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 800);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      keep();
    });
  };

  document.querySelectorAll("form[data-draft]").forEach(start);
})();

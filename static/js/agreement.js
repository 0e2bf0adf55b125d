// The agreement's form: saves itself while it is filled in, counts the points and shows them on the
// small paper. Without it every step is saved by its buttons.
(() => {
  "use strict";

  const form = document.querySelector("[data-autosave]");
  if (!form) return;
  const state = form.querySelector("[data-save-state]");
  const WAIT = 800;
  const AGAIN = 10000;
  let timer = 0;
  let dirty = false;
  let leaving = false;

  const answers = () => {
    const data = new FormData(form);
    data.set("go", "auto");
    data.delete("logo_file");
    data.delete("remove_logo");
    return data;
  };

  const say = (text, waiting) => {
    state.textContent = text;
    state.classList.toggle("is-waiting", waiting);
  };

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  const wait = () => {
    dirty = true;
    say(state.dataset.waiting, true);
    later(AGAIN);
  };

  const save = async () => {
    if (!navigator.onLine) {
      wait();
      return;
    }
    dirty = false; // before the answer: what is typed meanwhile is saved the next time
    try {
      const sent = { method: "POST", body: answers(), redirect: "manual" };
      const answer = await fetch(form.action, sent);
      if (answer.status === 204) {
        const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
        say(`${state.dataset.saved} ${clock.format(new Date())}.`, false);
      } else {
        // Logged out, refused or broken: the next letter or button tries again.
        dirty = true;
        say(state.dataset.failed, true);
      }
    } catch {
      wait();
    }
  };

  form.addEventListener("input", () => {
    dirty = true;
    later(WAIT);
  });
  window.addEventListener("online", () => dirty && save());
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      wait();
      return;
    }
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pagehide", () => {
    if (dirty && !leaving) navigator.sendBeacon(form.action, answers());
  });

  const count = form.querySelector("[data-count]");
  const switches = [...form.querySelectorAll("[role='switch']")];
  const showPoints = () => {
    switches.forEach((it) => {
      const card = it.closest("[data-card]");
      card.classList.toggle("is-on", it.checked);
      const line = document.querySelector(`[data-point='${card.dataset.card}']`);
      if (line) line.hidden = !it.checked;
    });
    count.textContent = switches.filter((it) => it.checked).length;
  };
  if (count) {
    form.addEventListener("change", showPoints);
    window.addEventListener("pageshow", showPoints);
  }

  // A contact person chosen from the list brings their phone along.
  const contact = form.querySelector("[name='company_contact']");
  const phone = form.querySelector("[name='company_contact_phone']");
  if (contact && phone) {
    contact.addEventListener("change", () => {
      const known = [...form.querySelectorAll("#contact-persons option")];
      const chosen = known.find((option) => option.value === contact.value);
      if (chosen && chosen.dataset.phone) phone.value = chosen.dataset.phone;
    });
  }
})();

// Keeps what is typed in a form marked data-draft on the server until it is saved, for this and
// any other device of the same person. Nothing stays on the device.
(() => {
  "use strict";

  const PAUSE = 800;
  const LONGEST = 4000; // somebody who never pauses
  const RETRY = 5000;
  const SKIP = new Set(["csrfmiddlewaretoken", "submission", "plan", "draft_offered"]);

  const values = (form) =>
    [...new FormData(form)].filter(([name, value]) => !SKIP.has(name) && typeof value === "string");

  const fill = (form, pairs) => {
    for (const field of form.elements) {
      if (!field.name || SKIP.has(field.name) || field.type === "file") continue;
      const mine = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      const isTapped = field.type === "checkbox" || field.type === "radio";
      if (isTapped) field.checked = mine.includes(field.value);
      else if (mine.length) field.value = mine[0];
      const fold = field.closest("details.fold");
      if (fold && field.type !== "hidden" && (isTapped ? field.checked : mine[0])) fold.open = true;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  class Keeper {
    constructor(form, said) {
      this.form = form;
      this.said = said;
      this.token = form.querySelector("[name=csrfmiddlewaretoken]");
      this.blank = JSON.stringify(values(form));
      this.sent = this.blank;
      this.timer = 0;
      this.since = 0;
      this.running = null;
      this.lost = false;
      this.leaving = false;
    }

    // Somebody must say first what becomes of the older draft: nothing is kept over it.
    offers() {
      return this.form.querySelector("[data-draft-offer]") !== null;
    }

    say(text) {
      if (this.said.textContent !== text) this.said.textContent = text;
    }

    schedule() {
      const now = Date.now();
      this.since ||= now;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, this.since + LONGEST - now)));
    }

    save() {
      clearTimeout(this.timer);
      this.timer = this.since = 0;
      // Each waits for the one before; only the last of them means that nothing is on its way.
      const turn = (this.running || Promise.resolve()).then(() => this.send()).finally(() => {
        if (this.running === turn) this.running = null;
      });
      this.running = turn;
      return turn;
    }

    async send() {
      const now = JSON.stringify(values(this.form));
      if (now === this.sent || this.leaving) return;
      if (this.offers()) {
        this.say(this.said.dataset.first);
        return;
      }
      try {
        if (this.lost && !(await this.renew())) return;
        const answer = await this.post(now === this.blank ? "[]" : now);
        if (answer.type === "opaqueredirect" || answer.status === 403) {
          this.lose();
          return;
        }
        if (answer.status >= 500) throw new Error(String(answer.status));
        this.say((await answer.json()).text);
        this.sent = now;
      } catch {
        this.say(this.said.dataset.offline);
        this.timer = setTimeout(() => this.save(), RETRY);
      }
    }

    post(body, more = {}) {
      return fetch(this.said.dataset.url, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token.value },
        body,
        ...more,
      });
    }

    lose() {
      this.lost = true;
      this.say(this.said.dataset.lost);
    }

    // Somebody who logged in again in another tab has a new token: the page that we are on knows it.
    async renew() {
      const answer = await fetch(location.href, { redirect: "manual" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = page.querySelector("main [name=csrfmiddlewaretoken]");
        if (found) {
          document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((it) => (it.value = found.value));
          this.lost = false;
          return true;
        }
      }
      this.lose();
      return false;
    }

    // What is sent last is the form itself: a draft on its way would come back after it is saved.
    submit(event) {
      clearTimeout(this.timer);
      if (this.lost || this.running) {
        event.preventDefault();
        const first = this.lost ? this.renew().catch(() => false) : this.running.then(() => true);
        const limit = new Promise((done) => setTimeout(done, 2000, true));
        Promise.race([first, limit]).then((ready) => {
          this.running = null;
          if (ready && !this.lost) this.form.requestSubmit(event.submitter);
          else this.said.scrollIntoView({ block: "center" });
        });
        return;
      }
      this.leaving = true;
    }

    flush() {
      const now = JSON.stringify(values(this.form));
      if (this.leaving || this.lost || now === this.sent || this.offers()) return;
      this.sent = now;
      this.post(now === this.blank ? "[]" : now, { keepalive: true }).catch(() => {});
    }
  }

  const offered = (form, keeper) => {
    const offer = form.querySelector("[data-draft-offer]");
    if (!offer) return;
    const restore = offer.querySelector("[data-draft-restore]");
    restore.hidden = false;
    restore.addEventListener("click", () => {
      offer.remove();
      fill(form, JSON.parse(offer.dataset.draftValues));
      form.querySelector("input:not([type=hidden]), textarea, select")?.focus({ preventScroll: true });
    });
    offer.querySelector("[data-draft-drop]").addEventListener("click", async (event) => {
      event.preventDefault();
      const answer = await keeper.post("[]").catch(() => ({ ok: false }));
      if (answer.ok) {
        offer.remove();
        keeper.say("");
        keeper.schedule();
      } else keeper.say(keeper.said.dataset.offline);
    });
  };

  const start = (form) => {
    const said = form.querySelector("[data-draft-said]");
    if (!said || form.dataset.draftOn) return;
    form.dataset.draftOn = "1";
    const keeper = new Keeper(form, said);
    offered(form, keeper);
    form.addEventListener("input", () => {
      keeper.leaving = false;
      keeper.schedule();
    });
    form.addEventListener("submit", (event) => keeper.submit(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") keeper.flush();
      else if (keeper.lost) keeper.save();
    });
    window.addEventListener("pagehide", () => keeper.flush());
    window.addEventListener("pageshow", () => (keeper.leaving = false));
    // What was refused is on this screen alone until it is kept: this page began with what was
    // typed, so no state of it means that there is nothing to keep.
    if (form.querySelector(".error-summary, [data-draft-now]")) {
      keeper.blank = null;
      keeper.sent = "";
      keeper.schedule();
    }
  };

  document.querySelectorAll("form[data-draft]").forEach(start);
  document.addEventListener("htmx:load", (event) => {
    event.detail.elt.querySelectorAll?.("form[data-draft]").forEach(start);
  });
})();

// What the pages do beyond links and forms. Nothing here is needed to find or buy something.
// Data attributes ask for it; listeners sit on the document, so swapped-in content needs no setting up.

const root = document.documentElement;
const on = (type, selector, act, options) =>
  document.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) act(found, event);
  }, options);
const byId = (id) => document.getElementById(id);
const bagChanged = () => document.body.dispatchEvent(new CustomEvent("bag:changed"));

// --- Sheets and dialogs: open, close by button, backdrop or Esc, focus back to the opener ---

const openers = new WeakMap();

function open(dialog, opener) {
  if (!dialog || dialog.open) return;
  openers.set(dialog, opener);
  dialog.showModal();
}

on("click", "[data-open]", (opener, event) => {
  const dialog = byId(opener.dataset.open);
  if (!dialog) return;
  event.preventDefault();
  open(dialog, opener);
});
on("click", "[data-close]", (button) => button.closest("dialog")?.close());
on("click", "dialog", (dialog, event) => {
  if (event.target === dialog) dialog.close();
});
document.addEventListener("close", ({ target: dialog }) => {
  openers.get(dialog)?.isConnected && openers.get(dialog).focus();
  if (dialog.id === "sheet") dialog.replaceChildren();
}, true);
document.addEventListener("htmx:after:swap", () => {
  const sheet = byId("sheet");
  if (!sheet?.firstElementChild || sheet.open) return;
  open(sheet, document.activeElement);
  sheet.querySelector("h2")?.focus();
});

// --- Typing: the bar at the foot makes room, and is back when nothing is pressed: what moves under a press is not clicked ---

let isPressed = false;
for (const type of ["pointerdown", "pointerup", "pointercancel", "focusin", "focusout"])
  document.addEventListener(type, () => {
    if (type[0] === "p") isPressed = type === "pointerdown";
    setTimeout(() => isPressed || root.toggleAttribute("data-typing",
      document.activeElement.matches("textarea, input:not([type=radio], [type=checkbox])")));
  });

// --- Focus after a swap: to what was refused or announced, else never into nothing ---

on("click", "[data-more]", (link) => {
  const grid = document.querySelector(link.getAttribute("hx-target"));
  if (grid) grid.dataset.had = grid.children.length;
});
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const said = detail.ctx?.target; // hx-status names another target by its selector
  const target = typeof said === "string" ? document.querySelector(said) : said;
  const wanted = target?.querySelector?.("[data-focus]");
  if (wanted) return wanted.focus();
  if (document.activeElement !== document.body || !target?.isConnected) return;
  const next = target.dataset.had ? target.children[target.dataset.had] : null;
  delete target.dataset.had;
  const heading = next?.querySelector("a") ?? target.querySelector("h1, h2, h3");
  if (!heading) return;
  if (!heading.matches("a")) heading.tabIndex = -1;
  heading.focus({ preventScroll: !next });
});

// --- Search: arrow keys walk the suggestions and fill the field ---

function choose(field, options, index) {
  options.forEach((option, at) => option.setAttribute("aria-selected", at === index));
  const option = options[index];
  if (!option) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", option.id);
  field.value = option.dataset.fill;
}

function fold(field) {
  byId(field.getAttribute("aria-controls"))?.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

on("keydown", "[role=combobox]", (field, event) => {
  const options = [...byId(field.getAttribute("aria-controls")).querySelectorAll("li:not([hidden]) a")];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") {
    event.preventDefault();
    if (options.length) fold(field);
    else field.closest("dialog")?.close();
  } else if (event.key === "Enter" && at >= 0) {
    event.preventDefault();
    options[at].click();
  } else if (options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(field, options, at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length);
  }
});

// --- Searches made here ---

const made = () => JSON.parse(localStorage.searches ?? "[]");
const keep = (text) => { if (text) localStorage.searches = JSON.stringify([...new Set([text, ...made()])].slice(0, 3)); };

function showMade(list) {
  const model = list.querySelector("[data-model=recent]");
  if (model) for (const text of made().reverse()) {
    const row = model.cloneNode(true), link = row.firstChild;
    link.href += encodeURIComponent(text);
    link.id += list.children.length;
    link.dataset.fill = link.querySelector("b").textContent = text;
    row.hidden = model.nextElementSibling.hidden = false;
    list.prepend(row);
  }
}
on("submit", ".combo", (form) => keep(form.q.value.trim()));
on("click", ".suggest [href*='q=']", (link) => keep(link.dataset.fill));
on("click", "[data-model=forget]", (row, event) => {
  event.preventDefault();
  delete localStorage.searches;
  row.parentElement.replaceChildren();
});

on("focusout", ".combo", (combo, event) => {
  if (!combo.contains(event.relatedTarget)) fold(combo.querySelector("[role=combobox]") ?? combo);
});
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const list = detail.ctx?.target;
  if (list?.getAttribute?.("role") !== "listbox") return;
  showMade(list);
  document.querySelector(`[aria-controls="${list.id}"]`)?.setAttribute("aria-expanded", !!list.children.length);
});

// --- Time left: each minute, each second in the last hour; at zero it says so with an event ---

const unit = (value, name) =>
  new Intl.NumberFormat(root.lang, { style: "unit", unit: name, unitDisplay: "long" }).format(value);

function remaining(seconds) {
  const days = Math.floor(seconds / 86400), hours = Math.floor(seconds / 3600) % 24, minutes = Math.floor(seconds / 60) % 60;
  const parts = days ? [unit(days, "day"), unit(hours, "hour")]
    : hours ? [unit(hours, "hour"), unit(minutes, "minute")]
    : [unit(minutes, "minute"), unit(Math.floor(seconds) % 60, "second")];
  return parts.join(" ");
}

let ticks = 0;
setInterval(() => {
  const minute = ticks++ % 60 === 0;
  for (const clock of document.querySelectorAll("[data-countdown]")) {
    const left = (new Date(clock.dateTime) - Date.now()) / 1000;
    if (left > 0 && (minute || left < 3600)) clock.textContent = remaining(left);
    if (left <= 0 && !clock.dataset.over) {
      clock.dataset.over = "1";
      clock.dispatchEvent(new CustomEvent("countdown:end", { bubbles: true }));
    }
  }
}, 1000);

// --- Gallery: the number and the dot follow the scroll; a tap opens the large picture ---

document.addEventListener("scroll", ({ target: strip }) => {
  const gallery = strip.closest?.("[data-gallery]");
  if (!gallery || !strip.matches(".gallery-strip")) return;
  const at = Math.round(Math.abs(strip.scrollLeft) / strip.clientWidth);
  const label = gallery.querySelector("[data-at]");
  if (!label || label.textContent === String(at + 1)) return;
  label.textContent = at + 1;
  gallery.querySelectorAll(".dots a").forEach((dot, index) =>
    index === at ? dot.setAttribute("aria-current", "true") : dot.removeAttribute("aria-current"));
}, { capture: true, passive: true });
on("click", 'a[href^="#photo-"]', (link, event) => {
  const slide = byId(link.hash.slice(1)), strip = slide?.parentElement;
  if (!strip) return;
  event.preventDefault();
  strip.scrollTo({ left: slide.offsetLeft - strip.offsetLeft, behavior: "smooth" });
  if (!link.closest(".dots")) strip.scrollIntoView({ block: "nearest" });
});
on("click", "[data-zoom]", async (link, event) => {
  event.preventDefault();
  try {
    open((await import(link.closest("[data-gallery]").dataset.script)).look(link), link);
  } catch { location = link.href; }
});

// --- Toasts: 5 s, with undo 8 s, waiting while pointed at or focused ---

function age(toast) {
  let left = toast.querySelector("form") ? 8 : 5;
  const timer = setInterval(() => {
    if (!toast.matches(":hover, :focus-within") && --left <= 0) toast.remove();
    if (!toast.isConnected) clearInterval(timer);
  }, 1000);
}

function say(text, tone = "info") {
  const toast = byId("toast-template").content.firstElementChild.cloneNode(true);
  toast.querySelector("p").textContent = text;
  toast.classList.replace("toast-info", `toast-${tone}`);
  byId("toasts").append(toast);
}

const toasts = byId("toasts");
if (toasts) {
  toasts.querySelectorAll("[data-toast]").forEach(age);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.matches?.("[data-toast]")) age(node);
  }).observe(toasts, { childList: true });
}
document.addEventListener("toast", ({ detail }) => say(detail.text ?? detail.value, detail.tone));
document.addEventListener("htmx:error", ({ detail }) => detail.ctx && say(toasts.dataset.failed, "error"));
document.addEventListener("htmx:response:error", ({ detail }) => {
  if (detail.ctx.response.status >= 500) say(toasts.dataset.failed, "error");
});
on("click", "[data-dismiss]", (button) => button.closest("[data-toast], .banner").remove());
document.addEventListener("htmx:finally:request", ({ target }) => target.closest?.("[data-toast]")?.remove());

// --- Copy ---

on("click", "[data-copy]", async (button) => {
  const text = button.matches("[data-copy-address]") ? location.href : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    say(toasts.dataset.copied, "ok");
  } catch {
    const shown = button.previousElementSibling;
    if (shown) getSelection().selectAllChildren(shown);
  }
});

// --- Once is enough: the first submit marks the button busy, a second one is dropped ---

function rest(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy=true]").forEach((button) => {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method")?.toLowerCase() !== "post") return; // form.method may be a field of that name
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter;
  button?.setAttribute("aria-busy", "true");
  button?.setAttribute("aria-disabled", "true");
}, true);
document.addEventListener("htmx:finally:request", ({ detail }) => {
  const form = detail.ctx?.sourceElement?.closest?.("form");
  if (form) rest(form);
});

// --- Small things ---

on("click", "[data-step]", (button) => {
  const field = byId(button.getAttribute("aria-controls"));
  const before = field.value;
  Number(button.dataset.step) > 0 ? field.stepUp() : field.stepDown();
  if (field.value === before) return;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  const [less, more] = button.parentElement.querySelectorAll("button");
  less.disabled = field.min !== "" && Number(field.value) <= Number(field.min);
  more.disabled = field.max !== "" && Number(field.value) >= Number(field.max);
});

// Chat apps cannot download or pay everywhere.
const boxed = /MicroMessenger|Weibo|QQ\/|DingTalk|Lark|FBAN|FBAV|Instagram|Line\//i.test(navigator.userAgent);
on("click", "[data-outside]", (link, event) => {
  if (!boxed) return;
  event.preventDefault();
  open(byId("outside"), link);
});

// A page kept by the browser comes back with an old bag count and busy buttons.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  document.querySelectorAll("form[data-sent]").forEach(rest);
  bagChanged();
});

// htmx tells the document when who asked is gone; the badge listens on the body.
document.addEventListener("bag:changed", ({ target }) => {
  if (target === document) bagChanged();
});

// A page nobody looks at does not poll.
document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden && event.detail.ctx.sourceEvent?.type === "every") event.preventDefault();
});

// The photograph of the piece that was tapped grows into the one on its page.
addEventListener("pageswap", ({ viewTransition, activation }) => {
  if (!viewTransition || !activation?.entry) return;
  const { pathname } = new URL(activation.entry.url);
  const link = document.querySelector(`a[data-photo][href="${CSS.escape(pathname)}"]`);
  const well = link?.closest(".piece")?.querySelector(".well");
  if (!well) return;
  document.querySelectorAll(".vt-photo").forEach((photo) => { photo.style.viewTransitionName = "none"; });
  well.style.viewTransitionName = "photo";
});

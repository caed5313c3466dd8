// The counter's keyboard and its tables. Everything it does can also be done with links, checkboxes and buttons.

const editing = () => document.activeElement?.matches("input, textarea, select, [contenteditable]");

// --- Choosing rows ---

const boxes = (table) => [...table.querySelectorAll("[data-select]")];

function count(table) {
  const form = table.closest("form"), bar = form?.querySelector("[data-bulk]"), all = table.querySelector("[data-select-all]");
  const rows = boxes(table), chosen = rows.filter((box) => box.checked).length;
  if (all) {
    all.checked = chosen > 0 && chosen === rows.length;
    all.indeterminate = chosen > 0 && chosen < rows.length;
  }
  if (!bar) return;
  const said = bar.querySelector("[data-said]"), every = bar.querySelector("[data-every]");
  bar.classList.toggle("is-on", chosen > 0);
  said.textContent = chosen === 1 ? said.dataset.one : said.dataset.many.replace("{n}", chosen);
  if (every && chosen < rows.length) every.checked = false;
}

document.addEventListener("change", ({ target }) => {
  const table = target.closest?.("[data-selectable]");
  if (target.matches("[data-select-all]")) boxes(table).forEach((box) => { box.checked = target.checked; });
  if (target.matches("[data-select], [data-select-all]")) count(table);
  if (target.matches("[data-every]") && target.checked) {
    const list = target.closest("form").querySelector("[data-selectable]");
    boxes(list).forEach((box) => { box.checked = true; });
    count(list);
  }
});

function refresh(within) {
  within.querySelectorAll("[data-selectable]").forEach(count);
  within.querySelectorAll("[data-indeterminate]").forEach((box) => { box.indeterminate = true; });
}
refresh(document);
document.addEventListener("htmx:after:swap", () => refresh(document));
addEventListener("pageshow", () => refresh(document));

// The view that is open is seen, also where the row of views is wider than the phone.
document.querySelectorAll(".chip-row > [aria-current]").forEach((chip) => {
  const row = chip.parentElement, over = chip.getBoundingClientRect().right - row.getBoundingClientRect().right;
  if (over > -48) row.scrollLeft += over + 64;
});

// A row is as wide as its link: a click beside it opens it too.
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("tr:has([data-row])");
  if (row && !event.target.closest("a, button, input, label, select, summary") && !String(getSelection())) row.querySelector("[data-row]").click();
});

// --- Keys, only while no field has the focus; off for people who switched them off ---

let first = "";
let at = -1;

function walk(step) {
  const rows = [...document.querySelectorAll("tr:has([data-row])")];
  if (!rows.length) return;
  rows[at]?.classList.remove("is-at");
  at = Math.min(rows.length - 1, Math.max(0, at + step));
  rows[at].classList.add("is-at");
  rows[at].querySelector("[data-row]").focus();
}

function follow(selector) {
  const found = document.querySelector(selector);
  if (found) found.click();
  return !!found;
}

const keys = {
  "/": () => document.querySelector("[data-admin-search]")?.focus() ?? true,
  j: () => walk(1) ?? true,
  k: () => walk(-1) ?? true,
  x: () => follow("tr.is-at [data-select]"),
  e: () => follow("tr.is-at [data-row]"),
  n: () => follow("[data-key=n]"),
  "?": () => follow("[data-open=keys]"),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches?.("[data-admin-search]")) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || editing() || document.querySelector("dialog[open]")) return;
  if (localStorage.getItem("keys") === "off") return;
  const pair = first === "g" ? `[data-key="g ${event.key}"]` : "";
  first = event.key;
  if (pair ? follow(pair) : keys[event.key]?.()) event.preventDefault();
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-keys-switch]")) localStorage.setItem("keys", target.checked ? "on" : "off");
});
const keysSwitch = document.querySelector("[data-keys-switch]");
if (keysSwitch) keysSwitch.checked = localStorage.getItem("keys") !== "off";

// --- A form has done its work: its sheet closes, its fields are empty again ---

document.addEventListener("work:done", ({ target }) => {
  document.getElementById("sheet")?.close();
  target.closest?.("form")?.reset();
});

// --- Photographs: a tile dragged to its place; the button that data-order names keeps the order ---

let dragged = null, before = "";
const order = (list) => [...list.children].map((tile) => tile.id).join();
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-order] > [draggable]");
  if (dragged) before = order(dragged.parentElement);
});
document.addEventListener("dragover", (event) => {
  const over = dragged && event.target.closest?.("[data-order] > li");
  if (!over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  if (over === dragged) return;
  const isLater = dragged.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
  over[isLater ? "after" : "before"](dragged);
});
document.addEventListener("dragend", () => {
  const list = dragged?.parentElement;
  dragged = null;
  if (list && order(list) !== before) document.getElementById(list.dataset.order)?.click();
});

// What this browser keeps for its owner: pages that everybody shares are filled from it here.

const kept = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";

// --- Wish list: hearts are pressed from its cookie, which an account's other devices may outdate ---

function pressHearts() {
  const wished = kept("wishes").match(/\d+(?=-)/g) ?? [];
  for (const heart of document.querySelectorAll(".heart button")) {
    const isWished = wished.includes(String(+heart.form.action.split("/").pop()));
    heart.setAttribute("aria-pressed", isWished);
    heart.value = isWished ? 0 : 1;
  }
}

if (kept("wishes")[0] === "~") htmx.ajax("GET", "/wishes/hearts", { swap: "none" });

// --- What fits: pieces say which bodies, the cookie which this is ---

function tellFits() {
  const body = Object.fromEntries([...kept("body").matchAll(/([a-z]+)-(\d+)/g)].map(([, part, size]) => [part, Number(size)]));
  for (const badge of document.querySelectorAll("[data-fits]")) {
    const made = [...badge.dataset.fits.matchAll(/([a-z]+)-(-?\d+)-(-?\d+)/g)].filter(([, part]) => body[part]);
    badge.hidden = !made.length || made.some(([, part, low, high]) => body[part] < low || body[part] > high);
  }
}

for (const fill of [pressHearts, tellFits]) {
  for (const type of ["htmx:finally:request", "htmx:after:swap"]) document.addEventListener(type, fill);
  addEventListener("pageshow", fill);
}

// --- Looked at: the last dozen numbers as cards ---

const target = document.getElementById("seen"), here = target?.dataset.seen;
if (target) {
  const others = (localStorage.seen ?? "").split(".").filter((no) => no && no !== here);
  if (here) localStorage.seen = [here, ...others].slice(0, 12).join(".");
  if (others.length) htmx.ajax("POST", "/seen", { target, values: { no: others.slice(0, 6).join(".") } });
  target.addEventListener("click", (event) => {
    if (!event.target.matches("[data-forget-seen]")) return;
    delete localStorage.seen;
    target.replaceChildren();
  });
}

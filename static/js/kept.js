// What this browser keeps for its owner and no server is told of unasked. Pages that everybody shares are filled from it here.

// --- Wish list: hearts are pressed from the cookie that the list lives in ---

function pressHearts() {
  const wished = document.cookie.match(/(?:^|; )wishes=([^;]*)/)?.[1].match(/\d+(?=-)/g) ?? [];
  for (const heart of document.querySelectorAll(".heart button")) {
    const isWished = wished.includes(String(parseInt(heart.form.getAttribute("action").slice(8), 10)));
    heart.setAttribute("aria-pressed", isWished);
    heart.value = isWished ? 0 : 1;
  }
}

// The list of an account may have been changed on another device: its copy begins with a tilde.
if (/(?:^|; )wishes=~/.test(document.cookie) && document.querySelector(".heart"))
  fetch("/wishes/hearts").then(pressHearts, () => {});

// --- What fits: pieces say for which bodies they are made, the cookie says which body this is ---

function tellFits() {
  const kept = document.cookie.match(/(?:^|; )body=([^;]*)/)?.[1] ?? "";
  const body = Object.fromEntries([...kept.matchAll(/([a-z]+)-(\d+)/g)].map(([, part, size]) => [part, Number(size)]));
  for (const badge of document.querySelectorAll("[data-fits]")) {
    const made = [...badge.dataset.fits.matchAll(/([a-z]+)-(-?\d+)-(-?\d+)/g)].filter(([, part]) => body[part]);
    badge.hidden = !made.length || made.some(([, part, low, high]) => body[part] < low || body[part] > high);
  }
}

for (const fill of [pressHearts, tellFits]) {
  for (const type of ["htmx:finally:request", "htmx:after:swap"]) document.addEventListener(type, fill);
  addEventListener("pageshow", fill);
}

// --- Looked at on this device: the last dozen numbers, shown as cards, forgotten at a tap ---

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

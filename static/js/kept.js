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
for (const type of ["htmx:finally:request", "htmx:after:swap"]) document.addEventListener(type, pressHearts);
addEventListener("pageshow", pressHearts);

// --- What fits: pieces say for which bodies they are made, the cookie says which body this is ---

function tellFits() {
  const kept = document.cookie.match(/(?:^|; )body=([^;]*)/)?.[1] ?? "";
  const body = Object.fromEntries([...kept.matchAll(/([a-z]+)-(\d+)/g)].map(([, part, size]) => [part, Number(size)]));
  for (const badge of document.querySelectorAll("[data-fits]")) {
    const made = [...badge.dataset.fits.matchAll(/([a-z]+)-(-?\d+)-(-?\d+)/g)].filter(([, part]) => body[part]);
    badge.hidden = !made.length || made.some(([, part, low, high]) => body[part] < low || body[part] > high);
  }
}
for (const type of ["htmx:finally:request", "htmx:after:swap"]) document.addEventListener(type, tellFits);
addEventListener("pageshow", tellFits);

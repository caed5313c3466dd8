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

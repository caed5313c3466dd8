// A photograph as large as the window, and larger: by pinching, by + and −, by buttons, by a double tap.
// It grows inside a box that scrolls, so that moving about is the browser's own. Fetched at the first look.

const MOST = 4, STEP = 1.5, STRIDE = 80, TAP = 2.5;
const viewers = new WeakMap();

/** The dialog of a gallery, showing the photograph that a link leads to as large as the window. */
export function look(link) {
  const lightbox = link.closest("[data-gallery]").querySelector(".lightbox");
  if (!viewers.has(lightbox)) viewers.set(lightbox, viewer(lightbox));
  viewers.get(lightbox)(link);
  return lightbox;
}

function viewer(lightbox) {
  const links = [...lightbox.closest("[data-gallery]").querySelectorAll("[data-zoom]")];
  const view = lightbox.querySelector(".lightbox-view"), image = view.querySelector("img");
  const smaller = lightbox.querySelector("[data-smaller]"), larger = lightbox.querySelector("[data-larger]");
  let scale = 1, at = 0, pinch = null;

  function show(index) {
    at = (index + links.length) % links.length;
    image.src = links[at].href;
    image.alt = links[at].querySelector("img").alt;
    zoom(1);
  }

  // What lies at (x, y) of the window stays there.
  function zoom(to, x = view.clientWidth / 2, y = view.clientHeight / 2) {
    const wanted = Math.min(Math.max(to, 1), MOST), grown = wanted / scale;
    const left = (view.scrollLeft + x) * grown - x, top = (view.scrollTop + y) * grown - y;
    scale = wanted;
    image.style.width = image.style.height = `${scale * 100}%`;
    view.scrollTo({ left, top, behavior: "instant" });
    view.classList.toggle("is-large", scale > 1);
    smaller.setAttribute("aria-disabled", String(scale === 1));
    larger.setAttribute("aria-disabled", String(scale === MOST));
    lightbox.querySelector("[data-scale]").textContent = `${Math.round(scale * 100)} %`;
  }

  function walk(right, down) {
    if (scale > 1) view.scrollBy({ left: right * STRIDE, top: down * STRIDE, behavior: "instant" });
    else if (right) show(at + right);
  }

  const keys = {
    "+": () => zoom(scale * STEP), "=": () => zoom(scale * STEP), "-": () => zoom(scale / STEP),
    0: () => zoom(1), Home: () => zoom(1),
    ArrowLeft: () => walk(-1, 0), ArrowRight: () => walk(1, 0), ArrowUp: () => walk(0, -1), ArrowDown: () => walk(0, 1),
  };
  lightbox.addEventListener("keydown", (event) => {
    const act = !event.ctrlKey && !event.metaKey && !event.altKey && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  larger.addEventListener("click", () => zoom(scale * STEP));
  smaller.addEventListener("click", () => zoom(scale / STEP));
  view.addEventListener("dblclick", ({ clientX, clientY }) => zoom(scale > 1 ? 1 : TAP, clientX, clientY));
  view.addEventListener("touchstart", ({ touches }) => {
    pinch = touches.length === 2 ? { apart: distance(touches), scale } : null;
  }, { passive: true });
  view.addEventListener("touchmove", (event) => {
    if (!pinch || event.touches.length !== 2) return;
    event.preventDefault();
    const [one, other] = event.touches;
    const x = (one.clientX + other.clientX) / 2, y = (one.clientY + other.clientY) / 2;
    zoom(pinch.scale * distance(event.touches) / pinch.apart, x, y);
  }, { passive: false });
  view.addEventListener("touchend", () => { pinch = null; }, { passive: true });

  return (link) => show(links.indexOf(link));
}

function distance([one, other]) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
}

// The date bar: an arrow moves a step, Shift and an arrow to the next step in which something happened.
// A page that can show another day by itself takes the event "day"; any other is loaded anew once the slider rests.

const REST = 500; // milliseconds until a slider is taken to rest
const PLAY = matchMedia("(prefers-reduced-motion: reduce)").matches ? 2000 : 800; // milliseconds a step

/** Let the bar at the foot of the page move its date. */
export function dates() {
  const bar = /** @type {HTMLElement | null} */ (document.querySelector(".months"));
  if (bar === null) return;
  const slider = /** @type {HTMLInputElement} */ (bar.querySelector("input"));
  const play = /** @type {HTMLButtonElement} */ (bar.querySelector(".play"));
  const field = /** @type {HTMLInputElement} */ (document.getElementById("at"));
  const days = (bar.dataset.days ?? "").split(" ");
  let counts = (bar.dataset.counts ?? "").split(" ").map(Number);
  let timer = 0, playing = 0;
  slider.hidden = false;
  document.addEventListener("steps", (event) => {
    counts = /** @type {CustomEvent} */ (event).detail.turned;
    play.hidden = false;
  });

  /** @param {number} place */
  function show(place) {
    const day = days[place];
    slider.value = String(place);
    slider.setAttribute("aria-valuetext", day);
    field.value = day;
    const taken = !document.dispatchEvent(new CustomEvent("day", { cancelable: true, detail: { day, place } }));
    clearTimeout(timer);
    timer = setTimeout(() => settle(day, taken), taken ? REST / 2 : REST);
  }

  /** @param {string} day @param {boolean} taken */
  function settle(day, taken) {
    const address = new URL(location.href);
    address.searchParams.set("at", day);
    if (taken) {
      history.replaceState(null, "", address);
      follow(day);
      document.dispatchEvent(new CustomEvent("rest", { detail: { day } }));
    } else {
      if (document.activeElement === slider) sessionStorage.setItem("slider", "held");
      location.assign(address);
    }
  }

  /** Let what leads on from this page lead to the day that it shows. @param {string} day */
  function follow(day) {
    for (const link of document.querySelectorAll('a[href^="/"]')) {
      const to = new URL(link.getAttribute("href") ?? "", location.href);
      to.searchParams.set("at", day);
      link.setAttribute("href", `${to.pathname}${to.search}${to.hash}`);
    }
    for (const input of document.querySelectorAll('input[type="hidden"][name="at"]')) input.setAttribute("value", day);
  }

  /** @param {number} from @param {number} way */
  function next(from, way) {
    for (let place = from + way; place >= 0 && place < days.length; place += way) if (counts[place] > 0) return place;
    return from;
  }

  function pause() {
    clearInterval(playing);
    playing = 0;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  }

  slider.addEventListener("input", () => { pause(); show(Number(slider.value)); });
  slider.addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (way === undefined || !event.shiftKey) return;
    event.preventDefault();
    show(next(Number(slider.value), way));
  });
  play.addEventListener("click", () => {
    if (playing) return pause();
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    if (Number(slider.value) === days.length - 1) show(0);
    playing = setInterval(() => {
      const place = Number(slider.value) + 1;
      if (place < days.length) show(place); else pause();
    }, PLAY);
  });
  if (sessionStorage.getItem("slider") === "held") {
    sessionStorage.removeItem("slider");
    slider.focus();
  }
}

// A map through the months: every tie of every day is in one figure, and a step changes the classes of those that turned.
// Nothing is asked of the server but that figure, once.

import { oneStop } from "./figures.js";

/** @typedef {{days: string[], ties: string[], states: string, meanings: {css: string, words: string, glyph: string}[],
 *   titles: string[], turned: number[], markup: string}} Course */

/** Let the map of the page follow the date bar. */
export function stepping() {
  const frame = /** @type {HTMLElement | null} */ (document.querySelector(".stepping"));
  if (frame === null || document.querySelector(".months") === null) return;
  /** @type {((day: string) => void) | null} */
  let step = null;
  /** @type {string | null} */
  let waiting = null;

  /** This page shows other days itself. @param {Event} event */
  function show(event) {
    event.preventDefault();
    const { day } = /** @type {CustomEvent} */ (event).detail;
    if (step === null) waiting = day; else step(day);
  }
  document.addEventListener("day", show);
  fetch(frame.dataset.course ?? "").then((answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }).then((course) => {
    step = follow(frame, course);
    document.dispatchEvent(new CustomEvent("steps", { detail: { turned: course.turned } }));
    if (waiting !== null) step(waiting);
  }).catch(() => { // then it is loaded anew for another day, as any other page is
    document.removeEventListener("day", show);
    if (waiting !== null) load(waiting);
  });
}

/** @param {string} day */
function load(day) {
  location.assign(addressOn(day));
}

/** Take the figure of all days, and give what shows a day of it. @param {HTMLElement} frame @param {Course} course */
function follow(frame, course) {
  const states = Uint8Array.from(atob(course.states), (letter) => letter.charCodeAt(0));
  const many = course.ties.length;
  const made = new DOMParser().parseFromString(course.markup, "image/svg+xml").documentElement;
  const figure = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (document.adoptNode(made)));
  const elements = new Map([...figure.querySelectorAll("[data-tie]")].map((one) => [one.getAttribute("data-tie"), one]));
  const ties = course.ties.map((key) => /** @type {Element} */ (elements.get(key)));
  const names = ties.map((tie) => (tie.getAttribute("aria-label") ?? "").replace(/: [^:]*$/, ""));
  const marks = ties.map((tie) => [...tie.querySelectorAll(".mark")]);
  const actors = [...figure.querySelectorAll("a[data-actor]")];
  const called = actors.map((actor) => (actor.getAttribute("aria-label") ?? "").replace(/, [^,]*$/, ""));
  const place = new Map(actors.map((actor, number) => [actor.getAttribute("data-actor"), number]));
  const ends = course.ties.map((key) => key.split(" ").map((end) => place.get(end) ?? -1));
  const titles = [...figure.querySelectorAll(".title")];
  const notes = [...figure.querySelectorAll(".note")];
  const now = new Int16Array(many).fill(-1); // the state of each tie that is drawn
  const degrees = new Int32Array(actors.length).fill(-1); // the ties of each actor that are drawn
  let placed = false;
  /** @type {HTMLAnchorElement | null} */
  let table = null;

  /** @param {string} day */
  return function step(day) {
    const month = course.days.indexOf(day);
    if (month < 0) return load(day); // the dossier has other months by now
    if (!placed) {
      frame.querySelector("svg.figure")?.replaceWith(figure);
      table = tableAgain();
      oneStop(figure);
      placed = true;
    }
    const row = states.subarray(month * many, (month + 1) * many);
    const counts = new Int32Array(actors.length);
    for (let tie = 0; tie < many; tie += 1) {
      const state = row[tie];
      if (state) for (const end of ends[tie]) if (end >= 0) counts[end] += 1;
      if (state === now[tie]) continue;
      now[tie] = state;
      const { css, words, glyph } = course.meanings[state];
      const element = ties[tie];
      element.setAttribute("class", element.classList.contains("selected") ? `${css} selected` : css);
      element.setAttribute("aria-label", `${names[tie]}: ${words}`);
      for (const mark of marks[tie]) mark.textContent = glyph;
    }
    for (let actor = 0; actor < actors.length; actor += 1) {
      const count = counts[actor];
      if (count === degrees[actor]) continue;
      degrees[actor] = count;
      actors[actor].classList.toggle("away", count === 0);
      actors[actor].setAttribute("aria-label", `${called[actor]}, ${count} tie${count === 1 ? "" : "s"}`);
    }
    const title = course.titles[month];
    figure.setAttribute("aria-label", title);
    titles.forEach((line, number) => { line.textContent = number === 0 ? title : ""; });
    for (const note of notes) note.textContent = (note.textContent ?? "").replace(/^On \d{4}-\d\d-\d\d/, `On ${day}`);
    document.title = document.title.replace(/\d{4}-\d\d-\d\d/, day);
    if (table !== null) {
      table.textContent = `The same as a table, on ${day}`;
      table.setAttribute("href", addressOn(day));
    }
  };
}

/** The table is of the day that was asked for: in its place a link to that of the day that is shown. */
function tableAgain() {
  const old = document.querySelector("details.table");
  if (old === null) return null;
  const line = document.createElement("p"), link = document.createElement("a");
  line.append(link);
  old.replaceWith(line);
  return link;
}

/** @param {string} day */
function addressOn(day) {
  const address = new URL(location.href);
  address.searchParams.set("at", day);
  return `${address.pathname}${address.search}`;
}

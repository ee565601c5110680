// What every page does in the browser: the date bar, figures by keyboard, evidence beside them, and a key for searching.
// Without any of it each page says the same: links lead to pages, and days are typed.

import { evidence } from "./evidence.js";
import { dates } from "./dates.js";
import { figures } from "./figures.js";
import { stepping } from "./stepping.js";

figures(document);
evidence();
stepping();
dates();

const again = /** @type {HTMLElement | null} */ (document.querySelector("[data-again]"));
if (again !== null) setTimeout(() => location.reload(), Number(again.dataset.again));

document.addEventListener("keydown", (event) => {
  const at = /** @type {HTMLElement} */ (event.target);
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || at.matches("input:not([type=range]), textarea, select")) return;
  event.preventDefault();
  /** @type {HTMLElement} */ (document.getElementById("q")).focus();
});

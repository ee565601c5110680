// One stop for the Tab key in a figure, and arrows between what it holds: 150 ties are not 150 stops.

/** Make each figure within something one stop. @param {ParentNode} within */
export function figures(within) {
  for (const figure of within.querySelectorAll("svg.figure")) oneStop(figure);
}

/** @param {Element} figure */
export function oneStop(figure) {
  const all = /** @type {NodeListOf<SVGAElement>} */ (figure.querySelectorAll("a[href]"));
  const links = () => [...all].filter((link) => getComputedStyle(link).display !== "none");
  if (all.length < 2) return;
  for (const link of all) link.setAttribute("tabindex", "-1");
  links()[0]?.setAttribute("tabindex", "0");
  figure.addEventListener("keydown", (pressed) => {
    const event = /** @type {KeyboardEvent} */ (pressed);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    const from = /** @type {SVGAElement | null} */ (/** @type {Element} */ (event.target).closest("a[href]"));
    if (step === undefined || from === null || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const shown = links();
    const to = shown[Math.min(Math.max(shown.indexOf(from) + step, 0), shown.length - 1)];
    event.preventDefault();
    to.focus();
  });
  // Not on the figure itself: that would make it a stop of its own in Chromium.
  figure.parentElement?.addEventListener("focusin", (event) => {
    const at = /** @type {Element} */ (event.target).closest("a");
    if (at === null || !figure.contains(at)) return;
    for (const link of figure.querySelectorAll('a[tabindex="0"]')) link.setAttribute("tabindex", "-1");
    at.setAttribute("tabindex", "0");
  });
}

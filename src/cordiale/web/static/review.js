// One key a decision: each key presses the button, follows the link or chooses the reason that shows it.

/** @param {KeyboardEvent} event */
function pressed(event) {
  const at = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || (at.matches("input, textarea") && at.getAttribute("type") !== "radio")) return;
  const chosen = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key~="${CSS.escape(event.key.toLowerCase())}"]`));
  if (chosen === null) return;
  event.preventDefault();
  chosen.focus();
  chosen.click();
}

document.addEventListener("keydown", pressed);

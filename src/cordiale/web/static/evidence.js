// The evidence panel: a tie of a figure shows its quotes beside it, and the address says which, so that it can be sent.

const TIE = /^~?[a-z0-9]+(?:[-.][a-z0-9]+)* ~?[a-z0-9]+(?:[-.][a-z0-9]+)*$/; // two ids

/** Let ties of figures open the panel. */
export function evidence() {
  const panel = /** @type {HTMLElement} */ (document.getElementById("evidence"));
  /** @type {Element | null} */
  let opener = null;
  let latest = 0;

  /** @param {string} tie two ids with a blank between @param {boolean} focus */
  async function open(tie, focus) {
    if (!TIE.test(tie)) return;
    const asked = ++latest;
    const [a, b] = tie.split(" ");
    const address = new URL(location.href);
    const from = new URLSearchParams();
    for (const name of ["at", "known", "sources", "ignored"]) for (const value of address.searchParams.getAll(name)) from.append(name, value);
    const answer = await fetch(`/evidence/${encodeURIComponent(a)}/${encodeURIComponent(b)}?${from}`).catch(() => null);
    if (asked !== latest) return;
    if (answer === null || !answer.ok) {
      if (opener !== null) location.assign(opener.getAttribute("href") ?? ""); // the page of the tie says why
      return;
    }
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    panel.replaceChildren(...made.body.childNodes);
    panel.hidden = false;
    document.body.classList.add("beside");
    mark(tie);
    address.searchParams.set("tie", tie);
    history.replaceState(null, "", address);
    if (focus) panel.focus();
  }

  function close() {
    latest += 1;
    panel.hidden = true;
    panel.replaceChildren();
    document.body.classList.remove("beside");
    mark(null);
    const address = new URL(location.href);
    address.searchParams.delete("tie");
    history.replaceState(null, "", address);
    if (opener instanceof SVGElement && opener.isConnected) opener.focus();
  }

  /** @param {string | null} tie */
  function mark(tie) {
    for (const old of document.querySelectorAll(".tie.selected")) old.classList.remove("selected");
    if (tie !== null) document.querySelectorAll(`.tie[data-tie="${CSS.escape(tie)}"]`).forEach((one) => one.classList.add("selected"));
  }

  document.addEventListener("click", (event) => {
    const at = /** @type {Element} */ (event.target);
    if (at.closest("#evidence .close")) return close();
    const link = at.closest("svg.figure a[data-tie]");
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    opener = link;
    void open(link.getAttribute("data-tie") ?? "", event.detail === 0);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });
  document.addEventListener("rest", () => {
    const tie = new URL(location.href).searchParams.get("tie");
    if (tie !== null) void open(tie, false);
  });
  const tie = new URL(location.href).searchParams.get("tie");
  if (tie !== null) void open(tie, false);
}

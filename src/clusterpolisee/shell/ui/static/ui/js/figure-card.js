// A click on a number opens its card above the page. Without this module the same link opens a page of its own.
const dialog = document.querySelector("dialog[data-figure-dialog]");
const body = dialog?.querySelector("[data-figure-body]");
let opener;
let asked = 0;

async function open(link) {
  const turn = ++asked;
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (turn !== asked) return; // another number was clicked meanwhile
  if (!answer.ok || answer.redirected) {
    location.assign(link.href);
    return;
  }
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  body.replaceChildren(...parsed.body.childNodes);
  if (!dialog.open) {
    opener = link;
    dialog.showModal();
  }
  dialog.scrollTop = 0;
}

function isPlainClick(event) {
  return !(event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

if (dialog) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.fig, a.stars");
    if (!link || !isPlainClick(event)) return;
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside the card
  });
  dialog.addEventListener("close", () => {
    body.replaceChildren();
    opener?.focus();
  });
}

// A click on a number opens its card above the page. Without this module the same link opens a page of its own.
let dialog;

function dialogFor(document_) {
  if (!dialog) {
    dialog = document_.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "figure-title");
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    document_.body.append(dialog);
  }
  return dialog;
}

async function open(link) {
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok) {
    location.assign(link.href);
    return;
  }
  const box = dialogFor(document);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  box.replaceChildren(...parsed.body.childNodes);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn close";
  close.textContent = { bg: "Затвори", en: "Close" }[document.documentElement.lang] || "×";
  close.addEventListener("click", () => box.close());
  box.append(close);
  if (!box.open) box.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.fig, a.stars");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link).catch(() => location.assign(link.href));
});

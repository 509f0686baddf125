// While a formula is being written, the server says what it means. Without this module the button “Check” does the same.
const form = document.querySelector("[data-formula-form]");
const preview = document.querySelector("[data-formula-preview]");
const told = ["formula", "weights", "weights_name", "weights_version", "minimum_parts", "decimals"];
let timer;
let asked = 0;

async function check() {
  const turn = ++asked;
  const given = new FormData(form);
  const query = new URLSearchParams(told.map((name) => [name, given.get(name) ?? ""]));
  query.set("own_code", form.dataset.ownCode);
  const answer = await fetch(`${form.dataset.check}?${query}`, { credentials: "same-origin" });
  if (turn !== asked || !answer.ok || answer.redirected) return; // typed on meanwhile, or signed out
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  preview.replaceChildren(...parsed.body.childNodes);
}

form?.addEventListener("input", (event) => {
  if (!told.includes(event.target.name)) return;
  clearTimeout(timer);
  timer = setTimeout(() => check().catch(() => {}), 400);
});

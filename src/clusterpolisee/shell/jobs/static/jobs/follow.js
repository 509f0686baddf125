// The page of a job shows by itself how far it is. Without this module the link “Look again” does.
const card = document.querySelector("[data-job]");
const status = document.querySelector("[data-job-status]");
const EVERY = 2000;
const ENDED = ["done", "failed", "cancelled"];

function state() {
  return card.querySelector("[data-state]")?.dataset.state;
}

async function look() {
  const answer = await fetch(location.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = parsed.body.firstElementChild;
  const before = card.firstElementChild;
  // Whoever is about to press a button keeps it.
  if (!now || now.textContent === before?.textContent || card.contains(document.activeElement)) return;
  // Heard is only a new state with what it says: every step of a count would be too much.
  if (status && now.dataset.state !== before?.dataset.state) {
    status.textContent = [".pill", ".answer"].map((part) => now.querySelector(part)?.textContent ?? "").join(" ");
  }
  card.replaceChildren(now);
}

async function follow() {
  if (ENDED.includes(state())) return;
  if (!document.hidden) await look().catch(() => undefined); // the network comes back, or the link helps
  setTimeout(follow, EVERY);
}

if (card) setTimeout(follow, EVERY);

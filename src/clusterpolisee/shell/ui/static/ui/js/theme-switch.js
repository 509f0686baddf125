// Light, dark, or as the device says; remembered on this device only.
const group = document.querySelector("[data-theme-switch]");

function show() {
  const chosen = document.documentElement.dataset.theme || "";
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.theme === chosen));
  }
}

function choose(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // Without storage the choice lasts for this page.
  }
  show();
}

if (group) {
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) choose(button.dataset.theme);
  });
  show();
}

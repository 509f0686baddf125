// Copies the text of the field a button names. Without this module the field can be selected and copied by hand.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const name = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.textContent = `${name} ✓`;
      setTimeout(() => (button.textContent = name), 2000);
    });
  }
}

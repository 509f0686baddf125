// Before anything is painted: the colours this reader chose on this device, if they chose any.
(() => {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Without storage the page follows the device.
  }
})();

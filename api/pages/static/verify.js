// Warns before the form's time is over. Without this script the time stands on the page anyway.
(() => {
  const soon = document.getElementById("soon");
  const warn = (Number(soon.dataset.until) - Number(soon.dataset.warned)) * 1000 - Date.now();
  setTimeout(() => { soon.hidden = false; }, Math.max(0, warn));
})();

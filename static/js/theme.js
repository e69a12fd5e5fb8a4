// Before the first paint: the theme one chose on this machine, else the system's.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* storage is blocked: the system's theme it is */ }
document.documentElement.dataset.script = "on";

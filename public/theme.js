// Before the first paint, so that a page set to dark never flashes white. The page itself takes
// over from here: app/src/theme.rs.
try {
  const theme = JSON.parse(localStorage.getItem("cu.theme"));
  if (theme === "Light" || theme === "Dark") document.documentElement.dataset.theme = theme.toLowerCase();
} catch {
  // Without storage the page follows the system.
}

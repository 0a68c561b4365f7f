// Before the first paint, so that a page set to dark never flashes white. The page itself takes
// over from here: app/src/theme.rs, and in a frame app/src/embed.rs.
try {
  const query = new URLSearchParams(location.search);
  const theme = query.has("embed") ? query.get("theme") : JSON.parse(localStorage.getItem("cu.theme"))?.toLowerCase();
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the page follows the system.
}

// Before the first paint, so that a page set to dark never flashes white, and no text changes its size. The page itself
// takes over from here: app/src/theme.rs and app/src/looks.rs, and in a frame app/src/embed.rs.
{
  const { dataset, style } = document.documentElement;

  /** Lets the page look as a person chose it: `Looks` in app/src/looks.rs, as JSON. What is as usual is left to the styles. */
  const showLooks = (text) => {
    const looks = { text_percent: 100, editor_size: 13, tab_width: 2, ...JSON.parse(text) };
    const set = (name, isSet, value) => (isSet ? style.setProperty(name, value) : style.removeProperty(name));
    const { text_percent: percent, editor_size: size } = looks;
    set("font-size", percent !== 100, `${percent}%`);
    // Of its own: it does not follow the other size.
    set("--editor-size", size !== 13 || percent !== 100, `${(size * 100) / 16 / percent}rem`);
    set("--editor-line", size !== 13, `${Math.round((size * 20) / 13)}px`);
    set("--editor-tab", looks.tab_width !== 2, looks.tab_width);
    set("--editor-wrap", looks.wraps, "pre-wrap");
    dataset.font = looks.has_system_font ? "system" : "";
    dataset.codeFont = looks.has_system_code_font ? "system" : "";
  };
  Object.assign(globalThis, { showLooks });

  let editor;
  try {
    const query = new URLSearchParams(location.search);
    const isEmbedded = query.has("embed");
    const theme = isEmbedded ? query.get("theme") : JSON.parse(localStorage.getItem("cu.theme"))?.toLowerCase();
    if (theme === "light" || theme === "dark") dataset.theme = theme;
    const looks = isEmbedded ? null : localStorage.getItem("cu.looks");
    if (looks) {
      showLooks(looks);
      ({ editor } = JSON.parse(looks));
    }
  } catch {
    // Without storage the page is as usual.
  }
  // Monaco is not made for touch screens. What a page has it keeps until it is opened again.
  const isTouched = matchMedia("(hover: none) and (pointer: coarse)").matches;
  dataset.editor = editor === "Plain" || (editor !== "Monaco" && isTouched) ? "plain" : "monaco";
}

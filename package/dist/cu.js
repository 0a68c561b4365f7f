// For pages with a plain <script>: sets `LuaWASM`, whose `init` loads the module beside it when it is called.
globalThis.LuaWASM = (() => {
  const api = new URL('../web/lua-api.js', document.currentScript.src).href;
  return {
    async init(options) {
      const { LuaWASM } = await import(api);
      return LuaWASM.init(options);
    },
  };
})();

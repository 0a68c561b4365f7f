// A playground in a frame of somebody's page: see playground.d.ts. It needs nothing else of this package.

/** The program in the element: without the line breaks and the spaces that only lay out the page. */
function programIn(element) {
  const lines = element.textContent.replace(/^\s*\n|\s+$/g, '').split('\n');
  const indents = lines.filter((line) => line.trim()).map((line) => line.match(/^\s*/)[0].length);
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(common)).join('\n');
}

export class CuPlayground extends HTMLElement {
  static observedAttributes = ['src', 'example', 'link', 'file', 'readonly', 'run', 'theme', 'title'];

  #frame = document.createElement('iframe');

  constructor() {
    super();
    this.#frame.loading = 'lazy';
    // Only in a page that is isolated itself does Stop keep what the program did.
    this.#frame.allow = 'cross-origin-isolated; clipboard-write';
    this.#frame.style.cssText = 'display: block; width: 100%; height: 100%; border: 0';
    const style = document.createElement('style');
    style.textContent = ':host { display: block; height: 360px }';
    this.attachShadow({ mode: 'open' }).append(style, this.#frame);
  }

  get address() {
    let url;
    try {
      url = new URL(this.getAttribute('src') ?? '', document.baseURI);
    } catch {
      return undefined;
    }
    if (!this.hasAttribute('src') || !/^https?:$/.test(url.protocol)) return undefined;
    url.search = '';
    url.searchParams.set('embed', '');
    for (const name of ['file', 'readonly', 'run', 'theme']) {
      if (this.hasAttribute(name)) url.searchParams.set(name, this.getAttribute(name));
    }
    const [link, example] = [this.getAttribute('link'), this.getAttribute('example')];
    if (link !== null) url.hash = `cu=${link.split('cu=').at(-1)}`;
    else if (example !== null) url.hash = `example=${example}`;
    else url.hash = `program=${encodeURIComponent(programIn(this))}`;
    return url.href;
  }

  connectedCallback() {
    // What is in the element may not have been read yet.
    queueMicrotask(() => this.#show());
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  #show() {
    const address = this.address;
    this.#frame.title = this.getAttribute('title') ?? 'Lua playground';
    if (address === undefined) this.#frame.removeAttribute('src');
    else if (this.#frame.src !== address) this.#frame.src = address;
  }
}

customElements.define('cu-playground', CuPlayground);

// Shows the page anew after a save: by its stylesheet alone where nothing else has changed, else as a whole. Where the site has
// errors, the page stays as it was, and they are laid over it.

(() => {
  const own = new URL(document.currentScript.src);
  const rest = own.searchParams.get('rest');
  const base = own.pathname.slice(0, -'.bandbook/reload.js'.length);
  let page = own.searchParams.get('page');
  let box;
  let told = [];

  const worker = new URL('worker.js', own).href;
  const port = window.SharedWorker ? new SharedWorker(worker).port : new Worker(worker);
  port.onmessage = ({ data }) => {
    if (new URL(data.base, own).pathname !== base) return follow(new URL(data.base, own).pathname);
    lay(data.errors);
    if (data.page === undefined || data.page === page) return;
    if (data.rest === rest && data.style) restyle(data.style);
    else location.reload();
    page = data.page;
  };
  const say = () => port.postMessage({ path: location.pathname });
  addEventListener('pageshow', say);
  addEventListener('pagehide', () => port.postMessage({}));
  say();

  // The site has another address now; where none was known before, maybe the one at which this page has waited.
  function follow(folder) {
    if (base === '/' && location.pathname.startsWith(folder)) location.reload();
    else location.pathname = folder + location.pathname.slice(base.length);
  }

  // The old stylesheet stays until the new one is there, so that the page is never bare.
  function restyle(address) {
    const old = document.querySelector('link[rel="stylesheet"]');
    const link = old.cloneNode();
    link.href = address;
    link.onload = () => old.remove();
    old.after(link);
  }

  // The same errors may be told twice, and whoever has closed them does not want them back.
  function lay(errors) {
    if (JSON.stringify(errors) === JSON.stringify(told)) return;
    told = errors;
    show();
  }

  function show() {
    if (!told.length) return box?.remove();
    if (!document.body) return addEventListener('DOMContentLoaded', show, { once: true });
    box ??= make();
    box.say(told);
    document.body.append(box);
  }

  function make() {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { all: initial; }
      section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-block-size: 60vh; overflow: auto; overscroll-behavior: contain;
        background: #1d1f21; color: #f2f2f2; border-block-start: 4px solid #e5534b; padding: 1rem 1.25rem; font: 0.875rem/1.5 system-ui, sans-serif; }
      h2 { font-size: 1rem; margin: 0 0 0.5rem; padding-inline-end: 5rem; }
      pre { font: 0.8125rem/1.45 ui-monospace, monospace; white-space: pre; overflow-x: auto; margin: 0 0 1rem; }
      button { position: absolute; inset-block-start: 0.75rem; inset-inline-end: 1.25rem; font: inherit; color: inherit; background: none;
        border: 1px solid #999; border-radius: 3px; padding: 0.1rem 0.6rem; cursor: pointer; }
      button:focus-visible { outline: 2px solid #fff; outline-offset: 2px; }`);
    root.adoptedStyleSheets = [sheet];
    const section = document.createElement('section');
    section.setAttribute('role', 'alert');
    const title = document.createElement('h2');
    const list = document.createElement('div');
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = 'Close';
    close.onclick = () => host.remove();
    section.append(title, close, list);
    root.append(section);
    addEventListener('keydown', ({ key }) => key === 'Escape' && host.remove());
    host.say = (errors) => {
      title.textContent = `${errors.length === 1 ? 'One error' : `${errors.length} errors`}: this page is as it was before`;
      list.replaceChildren(...errors.map((text) => {
        const pre = document.createElement('pre');
        pre.textContent = text;
        pre.tabIndex = 0;
        return pre;
      }));
    };
    return host;
  }
})();

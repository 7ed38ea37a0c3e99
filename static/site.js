// Enhances pages that work without it: colors, the contents list, tables, anchors, and cards for figures and terms.
(() => {
  'use strict';
  const words = document.currentScript.dataset;
  const root = document.documentElement;
  const colors = { light: '#ffffff', dark: '#15181b' };

  // Colors, at once, so that the page never flashes in the wrong ones.
  function readTheme() {
    try {
      return localStorage.getItem('theme') || '';
    } catch {
      return '';
    }
  }

  function keepTheme(theme) {
    try {
      if (theme) localStorage.setItem('theme', theme);
      else localStorage.removeItem('theme');
    } catch {
      // Storage is closed: the choice holds for this page.
    }
  }

  function setTheme(theme) {
    if (theme in colors) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.content = colors[theme] || (meta.media.includes('dark') ? colors.dark : colors.light);
    }
  }

  setTheme(readTheme());

  function offerThemes() {
    const label = document.querySelector('.theme');
    if (!label) return;
    const select = label.querySelector('select');
    select.value = root.dataset.theme || '';
    select.addEventListener('change', () => {
      setTheme(select.value);
      keepTheme(select.value);
    });
    // On a phone it stands in the menu.
    const narrow = matchMedia('(width < 50rem)');
    const place = () => (narrow.matches ? document.getElementById('nav') : document.querySelector('.bar')).append(label);
    narrow.addEventListener('change', place);
    place();
    label.hidden = false;
  }

  // The contents list marks the section being read.
  function followReading() {
    const links = new Map();
    for (const link of document.querySelectorAll('.toc a')) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    if (!links.size) return;
    const headings = [...links.keys()];
    let current = null;
    const mark = () => {
      const atEnd = innerHeight + scrollY >= root.scrollHeight - 2;
      const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 4);
      const next = links.get(atEnd ? headings.at(-1) : above.at(-1)) || null;
      if (next === current) return;
      current?.removeAttribute('aria-current');
      next?.setAttribute('aria-current', 'true');
      current = next;
    };
    let waiting = false;
    const soon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    };
    addEventListener('scroll', soon, { passive: true });
    addEventListener('resize', soon);
    mark();
  }

  // A table that fits needs no scrolling box, and its head stays in sight.
  function fitTables() {
    const boxes = [...document.querySelectorAll('.scroll')];
    if (!boxes.length) return;
    const fit = () => {
      for (const box of boxes) box.classList.remove('fits');
      const fits = boxes.map((box) => box.scrollWidth <= box.clientWidth);
      boxes.forEach((box, at) => {
        box.classList.toggle('fits', fits[at]);
        if (fits[at]) box.removeAttribute('tabindex');
        else box.tabIndex = 0;
      });
    };
    fit();
    addEventListener('resize', fit);
    document.fonts?.ready.then(fit);
  }

  // Tables made from data sort by any column: up, down, then the order they came in.
  function sortTables() {
    for (const table of document.querySelectorAll('.data table')) {
      const body = table.tBodies[0];
      const rows = [...body.rows];
      if (rows.length < 3) continue;
      [...table.tHead.rows[0].cells].forEach((head, column) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener('click', () => {
          const was = head.getAttribute('aria-sort');
          for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
          const order = { null: 'ascending', ascending: 'descending' }[was];
          if (order) head.setAttribute('aria-sort', order);
          body.append(...(order ? sorted(rows, column, order) : rows));
        });
      });
    }
  }

  function sorted(rows, column, order) {
    const sign = order === 'ascending' ? 1 : -1;
    const key = (row) => {
      const cell = row.cells[column];
      // A range goes by its low end.
      const text = cell.dataset.sort ?? cell.querySelector('data')?.value.split('..')[0] ?? cell.textContent.trim();
      return { text, number: Number(text), none: text === '' };
    };
    const compare = (one, other) => {
      // What is not stated comes last either way.
      if (one.none || other.none) return one.none - other.none;
      const numbers = !Number.isNaN(one.number) && !Number.isNaN(other.number);
      return sign * (numbers ? one.number - other.number : one.text.localeCompare(other.text, root.lang, { numeric: true }));
    };
    return rows.map((row) => ({ row, key: key(row) })).sort((one, other) => compare(one.key, other.key)).map(({ row }) => row);
  }

  // An anchor copies its address.
  function copyAnchors() {
    document.addEventListener('click', async ({ target }) => {
      const anchor = target.closest?.('.anchor');
      if (!anchor || !navigator.clipboard) return;
      try {
        await navigator.clipboard.writeText(anchor.href);
      } catch {
        return;
      }
      anchor.textContent = words.copied;
      setTimeout(() => (anchor.textContent = '#'), 1500);
    });
  }

  // What a figure or a term means, beside it: on hover, on focus, and on the first touch, where a second one leads on.
  function showCards() {
    const marks = 'data > a[title], a.term[title], dfn.term[title]';
    if (!HTMLElement.prototype.showPopover || !document.querySelector(marks)) return;
    const card = document.createElement('div');
    card.className = 'card';
    card.id = 'card';
    card.popover = 'manual';
    document.body.append(card);
    const notes = new Map();
    for (const mark of document.querySelectorAll(marks)) {
      notes.set(mark, mark.title);
      mark.removeAttribute('title');
      if (mark.localName === 'dfn') mark.tabIndex = 0;
    }
    let shown = null;
    let timer = 0;
    let pointer = '';

    const hide = () => {
      clearTimeout(timer);
      if (!shown) return;
      card.hidePopover();
      shown.removeAttribute('aria-describedby');
      shown = null;
    };
    const show = (mark) => {
      clearTimeout(timer);
      if (mark === shown) return;
      hide();
      shown = mark;
      const lines = notes.get(mark).split('\n').map((line) => {
        const paragraph = document.createElement('p');
        paragraph.textContent = line;
        return paragraph;
      });
      card.replaceChildren(...lines);
      if (mark.href && pointer === 'touch') {
        const more = document.createElement('a');
        more.href = mark.href;
        more.textContent = words.record;
        const paragraph = document.createElement('p');
        paragraph.append(more);
        card.append(paragraph);
      }
      mark.setAttribute('aria-describedby', 'card');
      card.showPopover();
      const place = mark.getClientRects()[0];
      const { width, height } = card.getBoundingClientRect();
      const below = place.bottom + 6;
      card.style.left = `${Math.max(8, Math.min(place.left, root.clientWidth - width - 8))}px`;
      card.style.top = `${below + height < innerHeight ? below : Math.max(8, place.top - height - 6)}px`;
    };
    const later = (action, wait) => {
      clearTimeout(timer);
      timer = setTimeout(action, wait);
    };
    const markOf = (event) => {
      const mark = event.target.closest?.('data > a, .term');
      return notes.has(mark) ? mark : null;
    };

    document.addEventListener('pointerdown', (event) => {
      pointer = event.pointerType;
      if (!markOf(event) && !card.contains(event.target)) hide();
    });
    document.addEventListener('pointerover', (event) => {
      if (event.pointerType === 'touch') return;
      const mark = markOf(event);
      if (mark) later(() => show(mark), 250);
      else if (card.contains(event.target)) clearTimeout(timer);
      else later(hide, 250);
    });
    document.addEventListener('click', (event) => {
      const mark = markOf(event);
      if (!mark || pointer !== 'touch' || mark === shown) return;
      event.preventDefault();
      show(mark);
    });
    document.addEventListener('focusin', (event) => {
      const mark = markOf(event);
      if (mark && mark.matches(':focus-visible')) show(mark);
      else if (!card.contains(event.target)) hide();
    });
    document.addEventListener('keydown', (event) => {
      pointer = '';
      if (event.key === 'Escape') hide();
    });
    addEventListener('scroll', () => later(hide, 0), { passive: true });
    addEventListener('blur', hide);
  }

  function start() {
    for (const enhance of [offerThemes, followReading, fitTables, sortTables, copyAnchors, showCards]) enhance();
  }

  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
  else start();
})();

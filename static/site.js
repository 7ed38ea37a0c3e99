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

  // The tools. Their numbers come from the tables beside them, as whole millionths, so that nothing is lost at an edge.
  const size = (number) => (number < 0n ? -number : number);
  const fill = (sentence, values) => sentence.replace(/{(\w+)}/g, (_, name) => values[name]);

  function exact(text, places = 6) {
    const [whole, part = ''] = text.split('.');
    return BigInt(whole + part.padEnd(places, '0'));
  }

  // Half away from zero; the whole is above it.
  function divide(part, whole) {
    return (part * 2n + (part < 0n ? -whole : whole)) / (whole * 2n);
  }

  function digits(number, places, { group }) {
    const text = String(size(number)).padStart(places + 1, '0');
    return [text.slice(0, -places).replace(/\B(?=(\d{3})+$)/g, group), text.slice(-places)];
  }

  // $18K, $1.1M and $432,501, as the tables have them; a gain with its sign.
  function write(number, marks, { before, after = '', money }, gain) {
    const power = money === '' ? [9, 6, 3].find((power) => size(number) >= 10n ** BigInt(power + 6)) ?? 0 : 0;
    const short = number % 10n ** BigInt(Math.max(power + 3, 8)) ? 0 : power;
    const [whole, rest] = digits(number, short + 6, marks);
    const part = rest.replace(/0+$/, '').replace(/^\d$/, money === '' && !short ? '$&0' : '$&');
    const word = ['', marks.thousand, marks.million, marks.billion][short / 3];
    return sign(number, marks, gain) + before + whole + (part && marks.point + part) + word + after;
  }

  function sign(number, { minus, plus }, gain) {
    return number < 0n ? minus : number && gain ? plus : '';
  }

  // What is asked comes from the page's address, and goes there.
  function follow(form, update) {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    const ask = (event) => {
      event.preventDefault();
      const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      history.replaceState(null, '', `?${asked}${location.hash}`);
      update();
    };
    form.addEventListener('change', ask);
    form.addEventListener('submit', ask);
    form.hidden = false;
    update();
  }

  function checkOffer(tool, words, form) {
    const { amount, title } = form.elements;
    const parts = [...form.querySelectorAll('fieldset input')];
    const answer = tool.querySelector('.answer');
    const [intervals, bands] = [...tool.querySelectorAll('tbody')].map(({ rows }) => [...rows]);
    const text = (number) => write(number, words, words);
    const say = (sentence, values) => {
      const line = document.createElement('p');
      line.textContent = fill(sentence, values);
      answer.append(line);
    };

    function read({ value, pattern }) {
      const [, whole, part, ...powers] = value.trim().match(`^(?:${pattern})$`) ?? [];
      return whole && exact(`${whole.replace(/\D/g, '')}.${part ?? ''}`, 9 + 3 * powers.findIndex(Boolean));
    }

    // At an edge, the interval with the most bands has all that hold it.
    function place(number) {
      const here = ({ dataset: { from, to } }) => !(from && number < exact(from)) && !(to && number > exact(to));
      const more = (one, other) => other.dataset.bands.length - one.dataset.bands.length;
      const [{ cells, dataset: { from, to, bands: held, distances } }] = intervals.filter(here).sort(more);
      say(words.lies, { amount: text(number), answer: cells[1].textContent });
      const [over, under] = [from, to].map((edge) => edge && text(size(number - exact(edge))));
      if (distances) say(distances, { over, under });
      for (const at of held.match(/\d+/g) ?? []) measure(number, bands[at].cells);
      if (held.includes(' ')) say(words.several);
    }

    function measure(number, [row, ...cells]) {
      const [low, high, median] = cells.map((cell) => cell.querySelector('data'));
      const [from, to] = [exact(low.value), exact(high.value)];
      const over = median?.value && number - exact(median.value);
      const sentence = over === 0n ? words.at : over > 0n ? words.over : words.under;
      const position = to > from ? words.position : '{row}: {low}';
      say(typeof over === 'bigint' ? `${position}; ${sentence}` : position, {
        row: row.textContent,
        share: to > from && divide((number - from) * 100n, to - from),
        low: low.textContent,
        high: high.textContent,
        distance: over && text(size(over)),
        median: median?.textContent,
      });
    }

    // An amount is given whole or by its parts, whichever came last.
    form.addEventListener('change', ({ target }) => {
      if (parts.includes(target)) amount.value = '';
      if (target === amount) for (const field of parts) field.value = '';
    });
    follow(form, () => {
      for (const warning of tool.querySelectorAll('[data-words]')) {
        warning.hidden = !new RegExp(warning.dataset.words, 'iu').test(title.value);
      }
      const whole = parts.every(({ value }) => !value);
      const fields = whole ? [amount] : parts;
      const numbers = fields.map(read);
      const wrong = fields.find(({ value }, at) => numbers[at] === undefined && (value || !whole));
      for (const field of [amount, ...parts]) field.ariaInvalid = String(field === wrong);
      answer.replaceChildren();
      if (wrong) return say(words.unreadable, { field: wrong.parentNode.textContent });
      if (numbers[0] === undefined) return;
      const sum = numbers.reduce((one, other) => one + other);
      place(sum);
      if (!whole) say(`${numbers.map(text).join(' + ')} = ${text(sum)} (${words.calculated})`);
    });
  }

  function compareRows(tool, words, form) {
    const rows = [...form.elements];
    const box = tool.querySelector('.scroll');

    // What a row has in a line stands in the tables of its pairs.
    function find(row, line) {
      const [first, second] = ['from', 'to'].map((side) => `[data-${side}="${row}"] [data-line="${line}"]`);
      return tool.querySelector(`${first} > :nth-child(2), ${second} > :nth-child(3)`);
    }

    function difference(one, other, unit) {
      if (!one?.value || !other?.value || !('before' in unit)) return '';
      const [[low, high = low], [from, to = from]] = [one, other].map(({ value }) => value.split('..').map((end) => exact(end)));
      if (high > low || to > from) {
        const shared = (high < to ? high : to) - (low > from ? low : from);
        return `${shared < 0n ? words.gap : words.overlap} ${write(size(shared), words, unit)}`;
      }
      const text = write(from - low, words, unit, true);
      if (low <= 0n) return text;
      const share = divide((from - low) * 1000n, low);
      return `${text}, ${sign(share, words, true)}${digits(share, 1, words).join(words.point)}${words.percent}`;
    }

    tool.querySelector('details').open = false;
    box.parentNode.hidden = false;
    follow(form, () => {
      const [from, to] = rows.map((row) => row.selectedOptions[0] ?? row[0]);
      box.previousElementSibling.textContent = fill(words.fromTo, { from: from.text, to: to.text });
      const table = tool.querySelector('template').content.cloneNode(true);
      for (const row of table.querySelectorAll('tr')) {
        const { line } = row.dataset;
        const found = [from, to].map(({ value }) => find(value, line));
        const [one, other] = found.map((cell) => cell?.querySelector('data'));
        found.forEach((cell, at) => cell && row.cells[at + 1].replaceWith(cell.cloneNode(true)));
        if (one || other) row.cells[3].textContent = difference(one, other, row.dataset);
        if (line.includes('.') && !one?.value && !other?.value) row.remove();
      }
      box.replaceChildren(table);
    });
  }

  function startTools() {
    for (const tool of document.querySelectorAll('[data-tool]')) {
      const start = tool.dataset.tool === 'compare' ? compareRows : checkOffer;
      start(tool, tool.dataset, tool.querySelector('form'));
    }
  }

  function start() {
    for (const enhance of [offerThemes, followReading, startTools, fitTables, sortTables, copyAnchors, showCards]) enhance();
  }

  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
  else start();
})();

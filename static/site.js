// Enhances pages that work without it: colors, the contents list, tables, anchors, and cards for figures and terms.
(() => {
  'use strict';
  const words = document.currentScript.dataset;
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (name, text = '') => Object.assign(document.createElement(name), { textContent: text });

  // Colors, at once, so that the page never flashes in the wrong ones.
  function setTheme(theme) {
    root.dataset.theme = theme;
    for (const meta of all('meta[name="theme-color"]')) {
      const own = (meta.dataset.media ??= meta.media);
      meta.media = !theme ? own : own.includes(theme) ? 'all' : 'not all';
    }
  }

  // Storage may be closed: then a choice holds for its page.
  function stored(use) {
    try {
      return use(localStorage) || '';
    } catch {
      return '';
    }
  }

  setTheme(stored((store) => store.theme));

  function showThemes() {
    const label = document.querySelector('.theme');
    const select = label?.querySelector('select');
    if (!select) return;
    select.value = root.dataset.theme;
    select.addEventListener('change', () => {
      setTheme(select.value);
      stored((store) => (store.theme = select.value));
    });
    // On a phone it stands in the menu.
    const narrow = matchMedia('(width < 50rem)');
    const place = () => document.querySelector(narrow.matches ? '.nav' : '.bar').append(label);
    narrow.addEventListener('change', place);
    place();
    label.hidden = false;
  }

  // The contents list marks the section being read.
  function followReading() {
    const links = all('.toc a');
    const tops = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const mark = () => {
      const atEnd = innerHeight + scrollY >= root.scrollHeight - 2;
      const current = tops.findLastIndex((top) => atEnd || top?.getBoundingClientRect().top < innerHeight / 4);
      links.forEach((link, at) => (link.ariaCurrent = at === current ? 'true' : null));
    };
    addEventListener('scroll', mark, { passive: true });
    mark();
  }

  // A table that fits needs no scrolling box, and its head stays in sight.
  function fitTables() {
    const boxes = all('.scroll');
    const fit = () => {
      for (const box of boxes) box.classList.remove('fits');
      const fits = boxes.map((box) => box.scrollWidth <= box.clientWidth);
      boxes.forEach((box, at) => {
        box.classList.toggle('fits', fits[at]);
        if (fits[at]) box.removeAttribute('tabindex');
        else box.tabIndex = 0;
      });
    };
    addEventListener('resize', fit);
    document.fonts.ready.then(fit);
  }

  // Tables made from data sort by any column: up, down, then the order they came in.
  function sortTables() {
    for (const { tHead, tBodies: [body] } of all('.data table')) {
      const rows = [...body.rows];
      const heads = rows.length > 2 ? all('[scope="col"]', tHead) : [];
      heads.forEach((head, column) => {
        const button = make('button');
        button.type = 'button';
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener('click', () => {
          const order = { null: 'ascending', ascending: 'descending' }[head.ariaSort];
          for (const other of heads) other.removeAttribute('aria-sort');
          if (order) head.ariaSort = order;
          body.append(...(order ? sorted(rows, column, order === 'ascending' ? 1 : -1) : rows));
        });
      });
    }
  }

  function sorted(rows, column, direction) {
    // A range goes by its low end, and what is not stated comes last either way.
    const key = ({ cells: { [column]: cell } }) =>
      cell.dataset.sort ?? cell.querySelector('data')?.value.split('..')[0] ?? cell.textContent.trim();
    const compare = (one, other) =>
      one && other ? direction * (one - other || one.localeCompare(other, root.lang, { numeric: true })) : !one - !other;
    return rows.toSorted((one, other) => compare(key(one), key(other)));
  }

  // An anchor copies its address.
  function copyAnchors() {
    for (const anchor of all('.anchor')) {
      anchor.addEventListener('click', () =>
        navigator.clipboard?.writeText(anchor.href).then(() => {
          anchor.textContent = words.copied;
          setTimeout(() => (anchor.textContent = '#'), 1500);
        }),
      );
    }
  }

  // What a figure or a term means, beside it: on hover, on focus, and on the first touch, where a second one leads on.
  function showCards() {
    const notes = new Map(all('data > a[title], .term[title]').map((mark) => [mark, mark.title]));
    const card = make('div');
    if (!notes.size || !card.showPopover) return;
    card.className = card.id = 'card';
    card.popover = 'manual';
    document.body.append(card);
    for (const mark of notes.keys()) {
      mark.removeAttribute('title');
      if (!mark.href) mark.tabIndex = 0;
    }
    let shown, timer, pointer;

    const hide = () => {
      clearTimeout(timer);
      shown?.removeAttribute('aria-describedby');
      shown = undefined;
      card.hidePopover();
    };
    const show = (mark) => {
      clearTimeout(timer);
      if (mark === shown) return;
      hide();
      shown = mark;
      card.replaceChildren(...notes.get(mark).split('\n').map((line) => make('p', line)));
      if (mark.href && pointer === 'touch') {
        const more = make('p');
        more.append(Object.assign(make('a', words.record), { href: mark.href }));
        card.append(more);
      }
      mark.setAttribute('aria-describedby', 'card');
      card.showPopover();
      place();
    };
    const place = () => {
      if (!shown) return;
      const { left, top, bottom } = shown.getClientRects()[0];
      const above = bottom + card.offsetHeight + 6 > innerHeight;
      card.style.left = `${Math.max(8, Math.min(left, root.clientWidth - card.offsetWidth - 8))}px`;
      card.style.top = `${above ? top - card.offsetHeight - 6 : bottom + 6}px`;
    };
    const on = (name, act) =>
      document.addEventListener(name, (event) => {
        const mark = event.target.closest?.('data > a, .term');
        act(event, notes.has(mark) ? mark : undefined, card.contains(event.target));
      });

    on('pointerdown', (event, mark, inside) => {
      pointer = event.pointerType;
      if (!mark && !inside) hide();
    });
    on('pointerover', (event, mark, inside) => {
      if (event.pointerType === 'touch') return;
      clearTimeout(timer);
      if (!inside) timer = setTimeout(() => (mark ? show(mark) : hide()), 250);
    });
    on('click', (event, mark) => {
      if (!mark || pointer !== 'touch' || mark === shown) return;
      event.preventDefault();
      show(mark);
    });
    on('focusin', (event, mark, inside) => {
      if (mark?.matches(':focus-visible')) show(mark);
      else if (!inside) hide();
    });
    on('keydown', ({ key }) => {
      pointer = '';
      if (key === 'Escape') hide();
    });
    addEventListener('scroll', place, { passive: true });
  }

  // The tools. Their numbers come from the tables beside them, as whole numbers of the finest step that data may have: with
  // fractions, parts of 0.1 and 0.2 would lie beside a range that ends at 0.3.
  const FINEST = 60;
  const size = (number) => (number < 0n ? -number : number);
  const fill = (sentence, values) => sentence.replace(/{(\w+)}/g, (_, name) => values[name]);

  function exact(text, places = FINEST) {
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
  function write(number, marks, { before, after = '', one = after, money }, gain) {
    const power = money === '' ? [9, 6, 3].find((power) => size(number) >= 10n ** BigInt(power + FINEST)) ?? 0 : 0;
    const short = number % 10n ** BigInt(FINEST + Math.max(power - 3, 2)) ? 0 : power;
    const [whole, rest] = digits(number, short + FINEST, marks);
    const part = rest.replace(/0+$/, '').replace(/^\d$/, money === '' && !short ? '$&0' : '$&');
    const word = ['', marks.thousand, marks.million, marks.billion][short / 3];
    return sign(number, marks, gain) + before + whole + (part && marks.point + part) + word + (size(number) === exact('1') ? one : after);
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

  function placeValue(tool, words, form) {
    const { amount, title } = form.elements;
    const parts = [...form.querySelectorAll('fieldset input')];
    const answer = tool.querySelector('.answer');
    const boxes = [...tool.querySelectorAll('.range')];
    const tables = [...tool.querySelectorAll('tbody')].map(({ rows }) => [...rows]);
    const ranges = tables.pop();
    const text = (number) => write(number, words, words);
    const say = (sentence, values) => {
      const line = document.createElement('p');
      line.textContent = fill(sentence, values);
      answer.append(line);
    };

    function read({ value, pattern }) {
      const [, whole, part, ...powers] = value.trim().match(`^(?:${pattern})$`) ?? [];
      return whole && exact(`${whole.replace(/\D/g, '')}.${part ?? ''}`, FINEST + 3 + 3 * powers.findIndex(Boolean));
    }

    // Says the answer of a column's table to a number, and marks both.
    function answerOf(at, number, pattern) {
      const hit = tables[at].find(({ dataset: { from, to, holds } }) => {
        const above = !from || number > exact(from) || (number === exact(from) && holds.includes('from'));
        return above && (!to || number < exact(to) || (number === exact(to) && holds.includes('to')));
      });
      hit.ariaCurrent = 'true';
      draw(boxes[at], number);
      say(pattern, { value: text(number), answer: hit.cells[1].textContent });
      return hit.dataset;
    }

    // Marks a number on a scale if that reaches so far.
    function draw(box, number) {
      const svg = box.querySelector('[data-from]');
      const mark = svg?.querySelector('.mark');
      if (!mark) return;
      const [from, to] = [svg.dataset.from, svg.dataset.to].map((end) => exact(end));
      const shown = number >= from && number <= to;
      const share = shown ? Number(divide((number - from) * 10000n, to - from)) / 100 : 0;
      for (const side of ['x1', 'x2']) mark.setAttribute(side, `${share}%`);
      mark.classList.toggle('shown', shown);
      box.querySelector('li:last-child').hidden = !shown;
    }

    function place(number) {
      const { from, to, rows: held, distances } = answerOf(0, number, words.lies);
      const [over, under] = [from, to].map((edge) => edge && text(size(number - exact(edge))));
      if (distances) say(distances, { over, under });
      const holding = (held.match(/\d+/g) ?? []).map((at) => ranges[at]);
      for (const range of holding) {
        range.ariaCurrent = 'true';
        measure(number, range.cells);
      }
      if (held.includes(' ')) say(words.several);
    }

    function measure(number, [row, ...cells]) {
      const [low, high, median] = cells.map((cell) => cell.querySelector('data'));
      const [from, to] = low && high ? [exact(low.value), exact(high.value)] : [];
      const over = median?.value && number - exact(median.value);
      const sentence = over === 0n ? words.at : over > 0n ? words.over : words.under;
      const position = to > from ? words.position : '{row}: {end}';
      const whole = typeof over === 'bigint' ? `${position}; ${sentence}` : position;
      say(to > from || over ? `${whole} (${words.calculated})` : whole, {
        row: row.textContent,
        share: to > from && divide((number - from) * 100n, to - from),
        end: (low && high ? [low] : [low ?? cells[0], high ?? cells[1]]).map((end) => end.textContent).join('–'),
        low: low?.textContent,
        high: high?.textContent,
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
      for (const row of [...tables.flat(), ...ranges]) row.ariaCurrent = null;
      for (const box of boxes) draw(box);
      if (wrong) return say(words.unreadable, { field: wrong.labels[0].textContent });
      if (numbers[0] === undefined) return;
      const sum = numbers.reduce((one, other) => one + other);
      place(sum);
      if (whole) return;
      say(`${numbers.map(text).join(' + ')} = ${text(sum)} (${words.calculated})`);
      fields.forEach(({ name, labels: [label] }, at) => {
        const box = boxes.findIndex(({ dataset: { part } }) => part === name);
        if (box > 0) answerOf(box, numbers[at], `${label.textContent}: ${words.lies}`);
      });
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
      // Nothing is known of what is not stated, nor of an open end.
      const isClosed = (cell) => cell?.value && !/^\.\.|\.\.$/.test(cell.value);
      if (!isClosed(one) || !isClosed(other) || !('before' in unit)) return '';
      const [[low, high = low], [from, to = from]] = [one, other].map(({ value }) => value.split('..').map((end) => exact(end)));
      const apart = { ...unit, after: unit.apart, one: unit.apartOne };
      if (high > low || to > from) {
        const start = low > from ? low : from;
        const shared = (high < to ? high : to) - start;
        if (shared === 0n) return `${words.meet} ${write(start, words, unit)}`;
        return `${shared < 0n ? words.gap : words.overlap} ${write(size(shared), words, apart)}`;
      }
      const text = write(from - low, words, apart, true);
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
      const start = tool.dataset.tool === 'compare' ? compareRows : placeValue;
      start(tool, tool.dataset, tool.querySelector('form'));
    }
  }

  function start() {
    for (const enhance of [showThemes, followReading, startTools, fitTables, sortTables, copyAnchors, showCards]) enhance();
  }

  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
  else start();
})();

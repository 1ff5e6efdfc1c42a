(() => {
  'use strict';
  const CHUNK = 200;
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined && text !== null) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const bytes = (value) => {
    if (Math.abs(value) < 1024) return value + ' B';
    const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
    let unit = -1;
    while (Math.abs(value) >= 1023.95 && unit < units.length - 1) { value /= 1024; unit++; }
    return value.toFixed(1) + ' ' + units[unit];
  };

  const texts = new Intl.Collator(undefined, { numeric: true });
  const compare = (a, b) => typeof a === 'number' && typeof b === 'number'
    ? a - b : texts.compare(String(a), String(b));

  /** Makes the heads of a table into buttons; sort(column, direction) puts its rows in order. */
  const sortable = (table, sort) => {
    const heads = all('thead th', table);
    heads.forEach((head, column) => {
      const button = make('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const was = head.getAttribute('aria-sort');
        const first = head.classList.contains('n') ? 'descending' : 'ascending';
        const other = first === 'ascending' ? 'descending' : 'ascending';
        const now = was === first ? other : first;
        heads.forEach((h) => h.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', now);
        sort(column, now === 'ascending' ? 1 : -1);
      });
    });
  };

  /** In order of their values; those without one are last in both directions. */
  const ordered = (rows, value, direction) => {
    const items = rows.map((row, index) => ({ row, index, key: value(row) }));
    const missing = (item) => item.key === null || item.key === '';
    const sorted = items.filter((item) => !missing(item))
      .sort((a, b) => compare(a.key, b.key) * direction || a.index - b.index);
    return [...sorted, ...items.filter(missing)].map((item) => item.row);
  };

  const plainTable = (table) => sortable(table, (column, direction) => {
    const body = $('tbody', table);
    const value = (row) => {
      const cell = row.cells[column];
      const text = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.trim();
      return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
    };
    body.append(...ordered([...body.rows], value, direction));
  });

  const taskTable = (table) => {
    const data = JSON.parse($('#' + table.dataset.rows).textContent);
    const killed = new Set(data.killed);
    const body = $('tbody', table);
    const tools = table.closest('details').querySelector('.tools');
    const input = $('input', tools);
    const count = $('output', tools);
    let rows = data.rows;
    let shown = rows;
    const more = make('button', null, 'more');
    more.type = 'button';
    const line = (cells) => {
      const row = make('tr', null, killed.has(cells[0]) ? 'loud' : '');
      cells.forEach((cell, column) => {
        const text = cell === null ? '' : data.bytes[column] ? bytes(cell) : String(cell);
        const td = make('td', text, column === 1 ? '' : 'n');
        if (column === 1 && killed.has(cells[0])) td.append(' ', make('mark', table.dataset.killed));
        row.append(td);
      });
      return row;
    };
    const draw = (limit) => {
      body.replaceChildren(...shown.slice(0, limit).map(line));
      more.textContent = table.dataset.more + ' (' + shown.length + ')';
      more.hidden = shown.length <= limit;
      count.textContent = shown.length + ' / ' + rows.length;
    };
    const filter = () => {
      const wanted = input.value.trim().toLowerCase();
      shown = wanted === '' ? rows : rows.filter((cells) =>
        String(cells[1]).toLowerCase().includes(wanted)
          || String(cells[0]) === wanted || String(cells[cells.length - 1]) === wanted);
      draw(CHUNK);
    };
    more.addEventListener('click', () => draw(shown.length));
    input.addEventListener('input', filter);
    sortable(table, (column, direction) => {
      rows = ordered(rows, (cells) => cells[column], direction);
      filter();
    });
    table.closest('.scroll').after(more);
    all('.plain', table.closest('details')).forEach((note) => { note.hidden = true; });
    tools.hidden = false;
    draw(CHUNK);
  };

  /** Runs the work when the element is seen, or at once if nothing hides it. */
  const whenOpen = (element, work) => {
    let done = false;
    const folds = [];
    for (let at = element; at; at = at.parentElement) {
      if (at.tagName === 'DETAILS') folds.push(at);
    }
    const look = () => {
      if (!done && folds.every((fold) => fold.open)) { done = true; work(element); }
    };
    folds.forEach((fold) => fold.addEventListener('toggle', look));
    look();
  };

  const explainLines = (pre) => {
    for (const line of all(':scope > span[data-w]', pre)) {
      const node = line.lastChild;
      const text = node.data;
      const made = document.createDocumentFragment();
      let at = 0;
      for (const place of line.dataset.w.split(' ')) {
        const [start, end] = place.split('-').map(Number);
        const link = make('a', text.slice(start, end), 't');
        link.href = '#g-' + link.textContent;
        link.setAttribute('aria-describedby', 'tip');
        made.append(text.slice(at, start), link);
        at = end;
      }
      made.append(text.slice(at));
      node.replaceWith(made);
    }
  };

  const tip = $('#tip');
  const hideTip = () => { tip.hidden = true; };
  const showTip = (link) => {
    const term = document.getElementById(link.hash.slice(1));
    if (!term) return;
    tip.replaceChildren(...[...term.nextElementSibling.childNodes].map((n) => n.cloneNode(true)));
    tip.hidden = false;
    const box = link.getBoundingClientRect();
    const width = tip.offsetWidth;
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
    tip.style.left = left + window.scrollX + 'px';
    tip.style.top = box.bottom + window.scrollY + 6 + 'px';
  };
  const term = (event) => event.target.closest ? event.target.closest('a.t') : null;
  document.addEventListener('mouseover', (event) => { const t = term(event); if (t) showTip(t); });
  document.addEventListener('mouseout', (event) => { if (term(event)) hideTip(); });
  document.addEventListener('focusin', (event) => { const t = term(event); if (t) showTip(t); });
  document.addEventListener('focusout', (event) => { if (term(event)) hideTip(); });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hideTip(); });

  /** Opens what a link leads to, however deep it is folded away. */
  const reveal = (hash) => {
    const target = hash.length > 1 ? document.getElementById(hash.slice(1)) : null;
    if (!target) return;
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === 'DETAILS') at.open = true;
    }
    const fold = $(':scope > details', target);
    if (fold && target.classList.contains('kill')) fold.open = true;
    target.scrollIntoView({ block: target.classList.contains('kill') ? 'start' : 'center' });
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
    if (!link) { hideTip(); return; }
    if (link.classList.contains('t')) { event.preventDefault(); showTip(link); return; }
    setTimeout(() => reveal(link.getAttribute('href')), 0);
  });
  window.addEventListener('hashchange', () => reveal(location.hash));

  const filterKills = () => {
    const box = $('#filters');
    if (!box) return;
    const rows = all('#kills tbody tr');
    const input = $('input', box);
    const selects = all('select', box);
    const apply = () => {
      const wanted = input.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const fits = selects.every((s) => s.value === '' || row.dataset[s.dataset.by] === s.value)
          && (wanted === '' || row.textContent.toLowerCase().includes(wanted));
        row.hidden = !fits;
        const card = document.getElementById($('a', row).hash.slice(1));
        if (card) card.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      $('output', box).textContent = shown + ' / ' + rows.length;
    };
    for (const select of selects) {
      const values = new Set(rows.map((row) => row.dataset[select.dataset.by]).filter(Boolean));
      if (values.size < 2) { select.parentElement.hidden = true; }
      select.append(new Option(box.dataset.any, ''));
      [...values].sort(compare).forEach((value) => select.append(new Option(value, value)));
      select.addEventListener('change', apply);
    }
    input.addEventListener('input', apply);
    box.hidden = false;
    apply();
  };

  window.addEventListener('beforeprint', () => {
    all('article > details > details:not(.raw), article > details.tasks').forEach((fold) => {
      if (fold.parentElement.open !== false) fold.open = true;
    });
  });

  all('table.sortable').forEach((table) => whenOpen(table, plainTable));
  all('table.tasktable').forEach((table) => whenOpen(table, taskTable));
  all('.raw pre').forEach((pre) => whenOpen(pre, explainLines));
  filterKills();
  if (location.hash) reveal(location.hash);
})();

// The board of deals: dragging, the menu "Move to", and the keys of a card that has the focus. What a move means is .NET's affair
// (Deals/BoardView.razor). Keys go by physical place (event.code), as in keys.js, and single letters can be switched off.

export function mount(root, net) {
  let dragged;
  root.addEventListener('dragstart', event => {
    dragged = event.target.closest?.('[data-tile]');
    if (!dragged) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.dataset.tile);
    dragged.classList.add('dragged');
  });
  root.addEventListener('dragend', () => { dragged?.classList.remove('dragged'); dragged = undefined; mark(root, null); });
  root.addEventListener('dragover', event => {
    const target = dragged && event.target.closest('[data-drop]');
    mark(root, target);
    if (!target) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
  });
  root.addEventListener('drop', event => {
    const target = dragged && event.target.closest('[data-drop]');
    mark(root, null);
    if (!target) return;
    event.preventDefault();
    net.invokeMethodAsync('OnDrop', Number(dragged.dataset.tile), Number(target.dataset.drop));
  });
  root.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const menu = event.target.closest('[data-move-menu]');
    const tile = event.target.closest('[data-tile]');
    if (menu ? menuKey(menu, event) : tile && tileKey(root, tile, event)) { event.preventDefault(); event.stopPropagation(); }
  });
  root.addEventListener('click', event => {
    if (event.target.closest('[role=menuitem]:not([aria-disabled])')) event.target.closest('[popover]').hidePopover();
  });
  // Whoever comes to the end of a column gets the next cards.
  const ends = new IntersectionObserver(seen => {
    for (const { target } of seen.filter(end => end.isIntersecting)) target.click();
  }, { rootMargin: '200px' });
  const watch = () => { for (const end of root.querySelectorAll('[data-more]:not([data-watched])')) { end.dataset.watched = ''; ends.observe(end); } };
  new MutationObserver(watch).observe(root, { childList: true, subtree: true });
  watch();
}

/** Opens the menu of a card (or of whatever bears this id) beside its button. */
export function openMenu(root, id) {
  const menu = root.querySelector('[data-move-menu]');
  const button = root.querySelector(`[data-tile="${id}"] [data-move]`);
  if (!menu || !button) return;
  menu.showPopover();
  const [at, size] = [button.getBoundingClientRect(), menu.getBoundingClientRect()];
  menu.style.left = `${Math.max(8, Math.min(at.right - size.width, innerWidth - size.width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(at.bottom + 4, innerHeight - size.height - 8))}px`;
  menu.querySelector('button:not([aria-disabled])')?.focus();
}

/** Gives a card the focus. It may have to be scrolled to first: only what is seen is painted. */
export function show(root, stageId, id, index, tries = 30) {
  const link = root.querySelector(`[data-tile="${id}"] a`);
  if (link) {
    link.focus();
    link.closest('[data-tile]').scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  const list = root.querySelector(`[data-drop="${stageId}"] [data-column]`);
  const tile = list?.querySelector('[data-tile]');
  if (!link && tile && tries % 10 === 0) list.scrollTop = index * tile.offsetHeight;
  // A dialog that closes gives the focus back to where it was; the card has the last word.
  if (tries > 0 && (!link || document.activeElement !== link || tries > 25)) requestAnimationFrame(() => show(root, stageId, id, index, tries - 1));
}

function mark(root, target) {
  for (const column of root.querySelectorAll('.drop-here')) if (column !== target) column.classList.remove('drop-here');
  target?.classList.add('drop-here');
}

function tileKey(root, tile, event) {
  const single = !document.documentElement.hasAttribute('data-single-keys-off');
  switch (event.code) {
    case 'ArrowDown': return step(tile, 1);
    case 'ArrowUp': return step(tile, -1);
    case 'ArrowRight': return across(root, tile, 1);
    case 'ArrowLeft': return across(root, tile, -1);
    case 'KeyJ': return single && step(tile, 1);
    case 'KeyK': return single && step(tile, -1);
    case 'KeyL': return single && across(root, tile, 1);
    case 'KeyH': return single && across(root, tile, -1);
    case 'KeyM': if (single) tile.querySelector('[data-move]').click(); return single;
    default: return false;
  }
}

function step(tile, by) {
  const tiles = [...tile.closest('[data-column]').querySelectorAll('[data-tile]')];
  return go(tiles[tiles.indexOf(tile) + by]);
}

function across(root, tile, by) {
  const columns = [...root.querySelectorAll('[data-column]')];
  const column = columns[columns.indexOf(tile.closest('[data-column]')) + by];
  if (!column) return true;
  const height = tile.getBoundingClientRect().top;
  const tiles = [...column.querySelectorAll('[data-tile]')];
  const distance = other => Math.abs(other.getBoundingClientRect().top - height);
  return go(tiles.sort((one, other) => distance(one) - distance(other))[0]);
}

function go(tile) {
  tile?.querySelector('a').focus({ preventScroll: true });
  tile?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return true;
}

function menuKey(menu, event) {
  const items = [...menu.querySelectorAll('[role=menuitem]')];
  const at = items.indexOf(document.activeElement);
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (digit) { items[digit - 1]?.click(); return true; }
  switch (event.code) {
    case 'ArrowDown': items[(at + 1) % items.length].focus(); return true;
    case 'ArrowUp': items[(at - 1 + items.length) % items.length].focus(); return true;
    case 'Home': items[0].focus(); return true;
    case 'End': items.at(-1).focus(); return true;
    case 'Tab': menu.hidePopover(); return true;
    default: return false;
  }
}

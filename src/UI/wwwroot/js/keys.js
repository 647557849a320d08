// Keys of the whole page. By physical place (event.code), so they work in any layout. Function keys and single keys that
// browsers leave free; single keys only inside a list that has the focus, and not at all when switched off.

const typing = element => element?.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');

export function listen(net) {
  document.addEventListener('keydown', event => {
    if (handle(event, net)) event.preventDefault();
  });
}

function handle(event, net) {
  if (event.isComposing) return false;
  if (event.altKey) return !event.ctrlKey && !event.metaKey && railSection(event);
  if (event.ctrlKey || event.metaKey) return withCtrl(event);

  switch (event.code) {
    case 'F6': return focusPop();
    case 'F9': net.invokeMethod('OnKey', 'note'); return true;
  }
  return !typing(event.target) && singleKey(event, net);
}

function withCtrl(event) {
  if (event.shiftKey) return false;
  switch (event.code) {
    case 'KeyK': return focusOn('#search');
    case 'Enter':
    case 'NumpadEnter': return finish(event.target);
    default: return false;
  }
}

// Ctrl+Enter saves the form, or finishes the card, that the focus is in.
function finish(from) {
  const button = from.closest?.('[data-ctrl-enter]')?.querySelector('[data-finish]');
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

function singleKey(event, net) {
  if (event.key === '/') return focusOn('#search');
  if (event.key === '?') { net.invokeMethod('OnKey', 'help'); return true; }
  const list = event.target.closest?.('[data-list]');
  if (!list || document.documentElement.hasAttribute('data-single-keys-off')) return arrows(event, list);
  switch (event.code) {
    case 'KeyJ': return step(list, event.target, 1);
    case 'KeyK': return step(list, event.target, -1);
    case 'KeyD': return press(event.target.closest('tr, li')?.querySelector('[data-call]'));
    case 'KeyE': return press(event.target.closest('tr, li')?.querySelector('[data-done]'));
  }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const choice = digit && list.querySelector(`[data-digit="${digit}"]`);
  return press(choice) || arrows(event, list);
}

function press(button) {
  button?.click();
  return Boolean(button);
}

function arrows(event, list) {
  if (!list) return false;
  if (event.code === 'ArrowDown') return step(list, event.target, 1);
  if (event.code === 'ArrowUp') return step(list, event.target, -1);
  return false;
}

function step(list, from, by) {
  const rows = [...list.querySelectorAll('[data-row]')];
  const at = rows.findIndex(row => row === from || row.contains(from) || row.closest('tr, li') === from.closest('tr, li'));
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}

function railSection(event) {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  const link = digit && document.querySelectorAll('[data-rail] a')[digit - 1];
  if (!link) return false;
  link.click();
  return true;
}

// Without a call the browser keeps its own F6.
function focusPop() {
  return focusOn('[data-pop] button, [data-pop] a') || focusOn('[data-call-bar] a, [data-call-bar] button')
    || focusOn('[data-player] button');
}

function focusOn(selector) {
  const target = [...document.querySelectorAll(selector)].find(element => element.checkVisibility());
  if (!target) return false;
  target.focus();
  target.select?.();
  return true;
}

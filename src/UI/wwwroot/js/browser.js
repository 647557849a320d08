// What .NET needs of the browser. Storage may be closed by policy: then nothing is kept, and nothing fails.

const darkScheme = matchMedia('(prefers-color-scheme: dark)');

export function listen(net) {
  addEventListener('online', () => net.invokeMethod('OnOnline'));
  darkScheme.addEventListener('change', () => net.invokeMethod('OnSystemTheme'));
  // Closing the tab with text that no server has yet asks first; drafts of notes are safe and do not ask.
  addEventListener('beforeunload', event => {
    if (document.querySelector('[data-unsaved]')) event.preventDefault();
  });
  document.addEventListener('click', event => closeMenusExcept(event.target.closest?.('details.menu')));
  // The program takes links within the page for navigation and leaves the focus where it was.
  document.addEventListener('click', event => {
    if (!event.target.closest?.('.skip-link')) return;
    event.preventDefault();
    event.stopPropagation();
    focus('#main');
  }, { capture: true });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') closeMenus();
  });
  document.addEventListener('focusin', event => dockPop(event.target));
  new MutationObserver(changes => {
    goToFirstError(changes.find(change => change.type === 'attributes')?.target.form);
    dockPop(document.activeElement);
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ['aria-invalid'] });
}

export const language = () => navigator.language;
export const prefersDark = () => darkScheme.matches;

export function stored(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

export function store(key, value) {
  try { localStorage.setItem(key, value); } catch { /* full or closed */ }
}

export function forget(key) {
  try { localStorage.removeItem(key); } catch { /* closed */ }
}

export function dress(lang, theme, singleKeysOff) {
  const root = document.documentElement;
  root.lang = lang;
  root.dataset.theme = theme;
  root.toggleAttribute('data-single-keys-off', singleKeysOff);
}

export function isTyping() {
  const at = document.activeElement;
  return document.querySelector('[data-unsaved]') !== null
    || document.querySelector('dialog[open], .mud-dialog') !== null
    || (at?.matches('input, textarea') && at.value !== '');
}

export const hasSelection = () => getSelection().toString() !== '';

export function focus(selector) {
  const target = [...document.querySelectorAll(selector)].find(element => element.checkVisibility());
  target?.focus();
  return target !== undefined;
}

export const confirms = question => confirm(question);

export function closeMenus() {
  const open = document.querySelector('details.menu[open]');
  if (!open) return;
  const hadFocus = open.contains(document.activeElement);
  open.open = false;
  if (hadFocus) open.querySelector('summary').focus();
}

function closeMenusExcept(inside) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== inside) menu.open = false;
  }
}

// A form that came back with errors shows the first of them; its words are tied to the field.
function goToFirstError(form) {
  form?.querySelector('[aria-invalid="true"]')?.focus();
}

// The pop must not lie over what has the focus (WCAG 2.4.11): it moves to the other side then.
function dockPop(focused) {
  const pops = document.querySelector('[data-pop]');
  if (!pops?.firstElementChild || pops.contains(focused) || focused === document.body) return;
  delete pops.dataset.docked;
  const [pop, target] = [pops.getBoundingClientRect(), focused.getBoundingClientRect()];
  const covered = target.left < pop.right && target.right > pop.left && target.top < pop.bottom && target.bottom > pop.top;
  // What is wider than the window's half cannot be stepped aside from.
  if (covered && target.width < innerWidth / 2) pops.dataset.docked = 'left';
}

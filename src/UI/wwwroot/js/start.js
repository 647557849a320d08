// Runs before anything is painted: language and theme as this browser's user chose them, so nothing flashes.
(() => {
  let preferences = {};
  try {
    preferences = JSON.parse(localStorage.getItem('preferences')) ?? {};
  } catch {
    // Storage may be closed or hold something else: the system's own choices stand then.
  }
  const language = preferences.language ?? (navigator.language.startsWith('ru') ? 'ru' : 'en');
  const dark = preferences.theme === 'dark' || (preferences.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.lang = language;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();

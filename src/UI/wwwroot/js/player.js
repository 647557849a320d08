// The sound itself: one audio element, which streams by ranges, and the picture of its loudness. What the buttons say and what the
// words are is .NET's affair (Recordings/PlayerBar.razor); here is what has to be as fast as the sound.

const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2];
const stillMotion = matchMedia('(prefers-reduced-motion: reduce)');
let net;
let root;
let audio;
let channels = [];
let silences = [];
let skips = false;
let marks = [];
let length = 0;
let told = -1;

export function mount(element, listener) {
  [root, net] = [element, listener];
  audio = root.querySelector('audio');
  for (const event of ['play', 'pause', 'ended', 'ratechange', 'waiting', 'playing']) audio.addEventListener(event, tellState);
  audio.addEventListener('loadedmetadata', () => { if (Number.isFinite(audio.duration)) length = audio.duration; tellState(); draw(); });
  audio.addEventListener('timeupdate', moved);
  audio.addEventListener('seeked', moved);
  audio.addEventListener('error', () => { if (audio.getAttribute('src')) net.invokeMethodAsync('OnBroken', audio.currentTime); });
  audio.addEventListener('play', frames);
  root.addEventListener('keydown', keys);
  root.addEventListener('pointerdown', pointAt);
  new ResizeObserver(draw).observe(root);
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
}

/** Begins at this place with sound, as somebody has just asked for it. */
export function load(url, at, seconds) {
  [length, told] = [seconds, -1];
  const rate = audio.playbackRate;
  audio.src = url;
  audio.defaultPlaybackRate = rate;
  audio.currentTime = at;
  audio.play().catch(() => { /* The browser wants a click on the page first: the button shows "play". */ });
}

export function unload() {
  audio.pause();
  audio.removeAttribute('src');
  audio.load();
  picture([], [], []);
}

export function toggle() {
  if (audio.paused) audio.play().catch(() => { }); else audio.pause();
}

export function pause() {
  audio.pause();
}

export function seek(to) {
  audio.currentTime = Math.min(Math.max(to, 0), length || Infinity);
}

export function setRate(rate) {
  audio.playbackRate = rate;
}

export function setSkips(on) {
  skips = on;
}

/** Loudness 0 to 255 for each channel, as base64; stretches of silence as [from, to]; comments as seconds. */
export function picture(loudness, silent, comments) {
  channels = loudness.map(values => Uint8Array.from(atob(values), letter => letter.charCodeAt(0)));
  [silences, marks] = [silent, comments];
  draw();
}

/** The file comes under the name that the server gives it. */
export function save(url) {
  const link = document.createElement('a');
  [link.href, link.download] = [url, ''];
  link.click();
}

function tellState() {
  net.invokeMethodAsync('OnState', !audio.paused && !audio.ended, audio.ended, audio.playbackRate, length);
}

function moved() {
  const now = audio.currentTime;
  const silence = skips && !audio.paused && silences.find(([from, to]) => now >= from && now < to);
  if (silence) { audio.currentTime = silence[1]; return; }
  draw();
  const tenth = Math.round(now * 10);
  if (tenth === told) return;
  told = tenth;
  net.invokeMethodAsync('OnTime', now);
}

// timeupdate comes four times a second; between two of them the line still moves, unless motion is unwelcome.
function frames() {
  if (audio.paused || stillMotion.matches) return;
  draw();
  requestAnimationFrame(frames);
}

// Space on a button presses that button, as everywhere.
function keys(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.target.matches('textarea, select')) return;
  const step = event.shiftKey ? 15 : 5;
  switch (event.code) {
    case 'Space': if (event.target.matches('button, a')) return; toggle(); break;
    case 'ArrowLeft': seek(audio.currentTime - step); break;
    case 'ArrowRight': seek(audio.currentTime + step); break;
    case 'ArrowUp': faster(1); break;
    case 'ArrowDown': faster(-1); break;
    case 'KeyC': net.invokeMethodAsync('OnKey', 'comment'); break;
    case 'KeyN': net.invokeMethodAsync('OnKey', 'next'); break;
    default: return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function faster(by) {
  const at = speeds.findIndex(speed => speed >= audio.playbackRate);
  setRate(speeds[Math.min(Math.max(at + by, 0), speeds.length - 1)]);
}

// The picture is a second way to what the position slider does.
function pointAt(event) {
  const strip = event.target.closest('[data-waves]');
  if (!strip || !length) return;
  const box = strip.getBoundingClientRect();
  seek((event.clientX - box.left) / box.width * length);
}

function draw() {
  const canvas = root?.querySelector('[data-waves] canvas');
  if (!canvas?.clientWidth) return;
  const scale = devicePixelRatio;
  const [width, height] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext('2d');
  const look = getComputedStyle(canvas);
  const at = length ? Math.min(audio.currentTime / length, 1) * width : 0;
  pen.clearRect(0, 0, width, height);
  const lane = height / Math.max(channels.length, 1);
  channels.forEach((values, number) => drawLane(pen, values, number * lane, lane, width, at, look, scale));
  if (channels.length === 0) {
    pen.fillStyle = look.getPropertyValue('--wave-rest');
    pen.fillRect(0, height / 2 - 2 * scale, width, 4 * scale);
    pen.fillStyle = look.getPropertyValue('--wave-done');
    pen.fillRect(0, height / 2 - 2 * scale, at, 4 * scale);
  }
  pen.fillStyle = look.getPropertyValue('--wave-mark');
  for (const mark of marks) pen.fillRect(length ? mark / length * width - scale : 0, 0, 2 * scale, height);
  pen.fillStyle = look.getPropertyValue('--wave-now');
  pen.fillRect(at - scale, 0, 2 * scale, height);
}

// A bar for every three pixels: the loudest of the values that fall on it.
function drawLane(pen, values, top, lane, width, at, look, scale) {
  const [bar, gap] = [2 * scale, scale];
  const bars = Math.floor(width / (bar + gap));
  for (let number = 0; number < bars; number++) {
    const [from, to] = [Math.floor(number / bars * values.length), Math.max(Math.ceil((number + 1) / bars * values.length), 1)];
    let peak = 0;
    for (let i = from; i < to && i < values.length; i++) peak = Math.max(peak, values[i]);
    const size = Math.max(peak / 255 * (lane - 3 * scale), scale);
    const x = number * (bar + gap);
    pen.fillStyle = look.getPropertyValue(x < at ? '--wave-done' : '--wave-rest');
    pen.fillRect(x, top + (lane - size) / 2, bar, size);
  }
}

// The ringing, made of two tones (no file to load), and system notifications. Browsers give no sound before the user's first
// gesture on the page: until then state() says "locked", and the page says so too.

const cadenceMs = 3000;
const longestMs = 30000;
let audio;
let ringing;
let notification;

export function listen(net) {
  for (const gesture of ['pointerdown', 'keydown']) {
    addEventListener(gesture, () => unlock(net), { capture: true, passive: true });
  }
}

export const isUnlocked = () => audio?.state === 'running';

export function start(volume) {
  stop();
  const until = performance.now() + longestMs;
  const again = () => {
    if (performance.now() > until) return stop();
    burst(volume, [0, 0.5], 0.4);
  };
  again();
  ringing = setInterval(again, cadenceMs);
}

export function stop() {
  clearInterval(ringing);
  ringing = undefined;
}

/** One short tone: a second call during a talk. */
export const beep = volume => burst(volume, [0], 0.15);

export const permission = () => globalThis.Notification?.permission ?? 'denied';

export const askPermission = async () => globalThis.Notification ? await Notification.requestPermission() : 'denied';

export function notify(title, body) {
  if (!document.hidden || permission() !== 'granted') return;
  notification = new Notification(title, { body, tag: 'call', silent: true });
  notification.onclick = () => { window.focus(); notification?.close(); };
}

export function withdraw() {
  notification?.close();
  notification = undefined;
}

async function unlock(net) {
  if (isUnlocked()) return;
  audio ??= new AudioContext();
  await audio.resume();
  if (isUnlocked()) net.invokeMethod('OnUnlocked');
}

function burst(volume, starts, seconds) {
  if (!isUnlocked() || volume <= 0) return;
  const loudness = audio.createGain();
  // The ear hears loudness by ratios: the square makes the slider feel even.
  const peak = 0.5 * (volume / 100) ** 2;
  loudness.connect(audio.destination);
  loudness.gain.value = 0;
  for (const start of starts) {
    const at = audio.currentTime + start;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(peak, at + 0.03);
    loudness.gain.setValueAtTime(peak, at + seconds - 0.05);
    loudness.gain.linearRampToValueAtTime(0, at + seconds);
    for (const pitch of [587, 880]) {
      const tone = new OscillatorNode(audio, { type: 'sine', frequency: pitch });
      tone.connect(loudness);
      tone.start(at);
      tone.stop(at + seconds);
    }
  }
}

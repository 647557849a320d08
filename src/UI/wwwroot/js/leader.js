// Of all tabs of this browser, one leads: it alone rings and shows notifications. The lock is the browser's own (Web Locks),
// so a closed or crashed tab gives it up by itself. The tab that the user touches takes it over: its sound is unlocked, and a
// sleeping background tab never keeps it.

const lockName = 'desk-leader';
const channel = new BroadcastChannel('desk');
let leads = false;
let asked = 0;
let holder = 0;
let net;

export function compete(listener) {
  net = listener;
  channel.onmessage = event => net.invokeMethod('OnTold', event.data);
  wait({});
  for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, takeOver, { capture: true, passive: true });
}

/** Tells the other tabs, for example that the ringing was silenced. */
export function tell(word) {
  channel.postMessage(word);
}

function takeOver() {
  if (!leads) wait({ steal: true });
}

function wait(options) {
  const mine = ++asked;
  navigator.locks
    .request(lockName, options, () => {
      holder = mine;
      set(true);
      return new Promise(() => { });
    })
    .catch(() => {
      // This tab itself took it, before its first request was granted: it leads.
      if (holder !== mine) return;
      // Another tab took the lead: queue up again behind it.
      set(false);
      wait({});
    });
}

function set(value) {
  if (leads === value) return;
  leads = value;
  net.invokeMethod('OnLead', value);
}

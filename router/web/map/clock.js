// The clock of the replay: it stands at a moment of the day, or runs.

import * as theme from "./theme.js";

export const SPEEDS = [120, 600, 1800];
const STILL_STEP_MS = 1000;

/** Return a clock that runs from `begins` to `ends`, milliseconds since 1970, and tells listeners of every moment. */
export function makeClock() {
  const clock = { begins: 0, ends: 0, now: 0, speed: SPEEDS[1], playing: false };
  const listeners = new Set();
  let last = null;

  const tell = () => listeners.forEach((listener) => listener(clock));
  const set = (moment) => {
    clock.now = Math.min(clock.ends, Math.max(clock.begins, moment));
    tell();
  };

  const tick = (time) => {
    if (!clock.playing) return;
    const gone = last === null ? 0 : time - last;
    if (!theme.still() || gone >= STILL_STEP_MS || last === null) {
      last = time;
      clock.now = Math.min(clock.ends, clock.now + gone * clock.speed);
      if (clock.now >= clock.ends) clock.playing = false;
      tell();
    }
    requestAnimationFrame(tick);
  };

  return Object.assign(clock, {
    onChange: (listener) => listeners.add(listener),
    set,
    /** Span another day, standing at its beginning. */
    span(begins, ends) {
      Object.assign(clock, { begins, ends, now: begins, playing: false });
      tell();
    },
    setSpeed(speed) {
      clock.speed = speed;
      tell();
    },
    toggle() {
      clock.playing = !clock.playing;
      if (clock.playing && clock.now >= clock.ends) clock.now = clock.begins;
      last = null;
      tell();
      if (clock.playing) requestAnimationFrame(tick);
    },
    pause() {
      clock.playing = false;
      tell();
    },
  });
}

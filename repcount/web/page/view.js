// Where the camera's picture lies on the screen: it fills it, and follows the person, who is never cut off.
const MARGIN = 0.08, EASE = 0.2, FORGETS = 0.01;
let now = null, reach = null;

// Box of screen pixels that number, line, buttons and the bar of a tempo leave free.
export function freeBox(stage, told, buttons, beat) {
  const [all, text, keys, bar] = [stage, told, buttons, beat].map((box) => box.getBoundingClientRect()), y = bar.bottom;
  if (all.height >= all.width) return { x: 0, y, w: all.width, h: Math.max(all.height * 0.3, text.top + 64) - y };
  const count = told.firstElementChild.getBoundingClientRect(), cue = told.children[1].getBoundingClientRect();
  return { x: count.right, y, w: Math.max(80, keys.left - count.right), h: Math.max(80, cue.top - y) };
}

// The picture's box on the screen: scale and place, moved gently from where it was.
export function place(screen, free, shape, person, still) {
  const [wide, high] = shape, cover = Math.max(screen.w / wide, screen.h / high);
  const whole = Math.min(free.w / wide, free.h / high);
  const body = reached(person) ?? { x: 0, y: 0, w: wide, h: high };
  const scale = Math.max(whole, Math.min(cover, free.w / body.w, free.h / body.h));
  const aim = {
    scale,
    x: along(free.x + free.w / 2 - (body.x + body.w / 2) * scale, wide * scale, screen.w, free.x, free.w),
    y: along(free.y + free.h / 2 - (body.y + body.h / 2) * scale, high * scale, screen.h, free.y, free.h),
  };
  const same = now && now.for === `${screen.w} ${screen.h} ${wide} ${high}`;
  const share = same && !still ? EASE : 1, from = same ? now : aim;
  now = { for: `${screen.w} ${screen.h} ${wide} ${high}` };
  for (const key of ["scale", "x", "y"]) now[key] = from[key] + (aim[key] - from[key]) * share;
  return now;
}

export function forget() {
  now = reach = null;
}

// All the room that the movement has taken lately: the picture does not run after each repetition.
function reached(body) {
  if (!body) return reach;
  if (!reach) return (reach = body);
  const ends = ({ x, y, w, h }) => [x, y, x + w, y + h], [a, b] = [ends(body), ends(reach)];
  const edge = (i, widest) => widest(a[i], b[i] + FORGETS * (a[i] - b[i]));
  const [left, top] = [edge(0, Math.min), edge(1, Math.min)];
  return (reach = { x: left, y: top, w: edge(2, Math.max) - left, h: edge(3, Math.max) - top });
}

// A picture longer than the screen leaves no gap; a shorter one stays in what is free.
function along(wanted, length, screen, start, free) {
  const [a, b] = length >= screen ? [screen - length, 0] : length >= free ? [start + free - length, start] : [start, start + free - length];
  return Math.min(Math.max(wanted, Math.min(a, b)), Math.max(a, b));
}

// The person's box in pixels of the picture, as a mirror shows it if need be; null where nobody is seen.
export function personBox(marks, [wide, high], mirrored) {
  const seen = (marks ?? []).filter(([x, y]) => x !== null && y !== null && x > -0.2 && x < 1.2 && y > -0.2 && y < 1.2);
  if (seen.length < 8) return null;
  const xs = seen.map(([x]) => (mirrored ? 1 - x : x)), ys = seen.map(([, y]) => y);
  const cut = (value) => Math.min(1, Math.max(0, value));
  const left = cut(Math.min(...xs) - MARGIN), right = cut(Math.max(...xs) + MARGIN);
  const top = cut(Math.min(...ys) - 1.5 * MARGIN), foot = cut(Math.max(...ys) + MARGIN);
  return { x: left * wide, y: top * high, w: (right - left) * wide, h: (foot - top) * high };
}

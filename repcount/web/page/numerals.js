// The one large number: digits of our own, 50 wide and 100 high, so that every phone shows them alike.
const DIGITS = [
  "M8.5 25A16.5 16.5 0 0 1 41.5 25V75A16.5 16.5 0 0 1 8.5 75Z",
  "M11 25L30 8.5V91.5",
  "M8.5 25A16.5 16.5 0 0 1 41.5 25C41.5 46 8.5 64 8.5 91.5H41.5",
  "M8.5 25A16.5 16.5 0 0 1 41.5 25V31A16.5 16.5 0 0 1 25 47.5H21M25 47.5A16.5 16.5 0 0 1 41.5 64V75A16.5 16.5 0 0 1 8.5 75",
  "M33.5 91.5V8.5L8.5 70H41.5",
  "M39.5 8.5H11V47C15 41 20 38.5 25 38.5A16.5 16.5 0 0 1 41.5 55V75A16.5 16.5 0 0 1 8.5 75",
  "M41.5 25A16.5 16.5 0 0 0 8.5 25V75A16.5 16.5 0 0 0 41.5 75V59A16.5 16.5 0 0 0 8.5 59",
  "M8.5 8.5H41.5L20 91.5",
  "M25 47.5A16.5 16.5 0 0 1 8.5 31V25A16.5 16.5 0 0 1 41.5 25V31A16.5 16.5 0 0 1 25 47.5A16.5 16.5 0 0 1 41.5 64V75A16.5 16.5 0 0 1 8.5 75V64A16.5 16.5 0 0 1 25 47.5Z",
  "M8.5 75A16.5 16.5 0 0 0 41.5 75V25A16.5 16.5 0 0 0 8.5 25V41A16.5 16.5 0 0 0 41.5 41",
];
export const WIDE = 145, HIGH = 131; // of the card with its ring
const GAP = 14, STEP = 50 + GAP, ROOM = 114;

// share: how much of the ring is filled, null for none; look: "", "cool" or "full"
export function numberCard(number, share, look) {
  const text = String(number), width = text.length * STEP - GAP, scale = Math.min(1, ROOM / width);
  const x = (WIDE - width * scale) / 2, y = (HIGH - 100 * scale) / 2;
  const digits = [...text].map((digit, i) => `<path class="digit" transform="translate(${i * STEP} 0)" d="${DIGITS[digit]}"/>`);
  return `<svg viewBox="0 0 ${WIDE} ${HIGH}">${ring(share, look)}<g id="digits" transform="translate(${x} ${y}) scale(${scale})">${digits.join("")}</g></svg>`;
}

function ring(share, look) {
  const box = `x="3.5" y="3.5" width="${WIDE - 7}" height="${HIGH - 7}" rx="26"`;
  if (share === null) return `<rect class="slot" ${box}/>`;
  const left = 1 - Math.min(Math.max(share, 0), 1);
  const line = left < 0.995 ? `<rect class="ring ${look}" ${box} pathLength="1" stroke-dasharray="1" stroke-dashoffset="${left.toFixed(3)}"/>` : "";
  return `<rect class="slot" ${box}/><rect class="track" ${box}/>${line}`;
}

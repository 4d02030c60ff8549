// The figure over the picture, and at the joint that is counted the range asked for.
const LINE = "#ffffff", EDGE = "rgba(0,0,0,.65)", AIM = "#56beff", THERE = "#6fdc93";
const PARTS = { knee: ["hip", "knee", "ankle"], hip: ["shoulder", "hip", "knee"] };

let foot = Infinity; // no word is written below it

// at(mark): where a mark of the picture lies, in pixels of the canvas; lowest: where other things begin
export function draw(canvas, snapshot, choices, at, lowest = Infinity) {
  foot = Math.min(lowest, innerHeight);
  const scale = devicePixelRatio || 1;
  const [wide, high] = [Math.round(innerWidth * scale), Math.round(innerHeight * scale)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const pen = canvas.getContext("2d");
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, wide, high);
  if (!snapshot?.marks) return;
  pen.scale(scale, scale);
  pen.lineCap = pen.lineJoin = "round";
  const points = snapshot.marks.map((mark) => (isSeen(mark) ? at(mark) : null));
  const unit = Math.min(innerWidth, innerHeight) / 100;
  bones(pen, points, choices.bones, unit);
  for (const [side, deg] of apart(snapshot.stage === "set" ? snapshot.aim : null, points, choices.landmarks, unit)) aimed(pen, points, choices.landmarks, side, deg, snapshot.aim, unit);
}

// Of two joints in one place, one range is enough.
function apart(aim, points, index, unit) {
  const legs = Object.entries(aim?.now ?? {}).filter(([side]) => points[index[`${side}_${aim.joint}`]]);
  const [one, other] = legs.map(([side]) => points[index[`${side}_${aim.joint}`]]);
  return other && length(minus(one, other)) < unit * 25 ? legs.slice(0, 1) : legs;
}

// Beyond the picture's edge a mark is only guessed.
function isSeen([x, y]) {
  return x !== null && y !== null && x >= 0 && x <= 1 && y >= 0 && y <= 1;
}

function bones(pen, points, pairs, unit) {
  for (const [color, width] of [[EDGE, 2], [LINE, 1.1]]) {
    pen.strokeStyle = color;
    pen.lineWidth = unit * width;
    pen.beginPath();
    for (const [a, b] of pairs) {
      if (!points[a] || !points[b]) continue;
      pen.moveTo(...points[a]);
      pen.lineTo(...points[b]);
    }
    pen.stroke();
  }
}

const minus = (a, b) => [a[0] - b[0], a[1] - b[1]];
const dot = (a, b) => a[0] * b[0] + a[1] * b[1];
const length = (a) => Math.hypot(...a);
const unitOf = (a) => (length(a) > 0 ? [a[0] / length(a), a[1] / length(a)] : [0, 0]);

// The side of the joint on which the limb opens: as the foot points, else outside the bend.
function opens(upper, joint, lower, facing) {
  const [x, y] = unitOf(minus(lower, upper)), across = [-y, x];
  const outside = [2 * joint[0] - upper[0] - lower[0], 2 * joint[1] - upper[1] - lower[1]];
  for (const [hint, least] of [[facing, 0.25], [outside, 0.2], [[0, -1], 0]]) {
    const cosine = dot(across, unitOf(hint));
    if (Math.abs(cosine) > least) return cosine > 0 ? across : [-across[0], -across[1]];
  }
  return [0, -1];
}

function aimed(pen, points, index, side, deg, aim, unit) {
  const [upper, joint, lower, heel, toe] = [...PARTS[aim.joint], "heel", "foot_index"].map((part) => points[index[`${side}_${part}`]]);
  if (!upper || !joint || !lower) return;
  const foot = heel && toe ? minus(toe, heel) : [0, 0];
  const toward = opens(upper, joint, lower, aim.joint === "knee" ? foot : [-foot[0], -foot[1]]);
  const onward = unitOf(minus(joint, upper)), start = Math.atan2(onward[1], onward[0]);
  const turn = dot([-onward[1], onward[0]], toward) < 0 ? 1 : -1;
  const angle = (value) => start + (turn * value * Math.PI) / 180;
  const reach = Math.min(length(minus(joint, upper)), length(minus(lower, joint)));
  const radius = Math.max(unit * 11, reach * 0.8), there = deg !== null && deg >= aim.lo && deg <= aim.hi;
  const color = there ? THERE : AIM;
  zone(pen, joint, radius, angle(aim.lo), angle(aim.hi), turn, color, unit);
  label(pen, `${Math.round(aim.deg ?? aim.lo)}°`, angle((aim.lo + aim.hi) / 2), joint, radius + unit * 9, color, unit);
}

// A slice in which the limb shall come to lie, with a thick rim.
function zone(pen, joint, radius, from, to, turn, color, unit) {
  pen.beginPath();
  pen.moveTo(...joint);
  pen.arc(...joint, radius, from, to, turn < 0);
  pen.closePath();
  pen.globalAlpha = 0.45;
  pen.fillStyle = color;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineCap = "butt";
  for (const [ink, width] of [[EDGE, 5], [color, 3.4]]) {
    pen.strokeStyle = ink;
    pen.lineWidth = unit * width;
    pen.beginPath();
    pen.arc(...joint, radius, from, to, turn < 0);
    pen.stroke();
  }
}

function label(pen, text, angle, [x, y], away, color, unit) {
  pen.font = `800 ${unit * 8}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const half = pen.measureText(text).width / 2;
  const to = (value, low, high) => Math.min(Math.max(value, low), high);
  const place = [to(x + away * Math.cos(angle), half, innerWidth - half), to(y + away * Math.sin(angle), unit * 5, foot - unit * 5)];
  pen.strokeStyle = EDGE;
  pen.lineWidth = unit * 2.2;
  pen.strokeText(text, ...place);
  pen.fillStyle = color;
  pen.fillText(text, ...place);
}

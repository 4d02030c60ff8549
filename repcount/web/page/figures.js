// Drawings of our own: each exercise at its far point, the limb that works in colour, with the way it goes.
const head = (x, y, r = 9) => `<circle class="h" cx="${x}" cy="${y}" r="${r}"/>`;
const limb = (kind, width, d) => `<path class="${kind}" stroke-width="${width}" d="${d}"/>`;
const arrow = (d, tip) => `<path class="a" d="${d}"/><path class="a" d="${tip}"/>`;
const floor = (from = 8, to = 152) => `<path class="g" d="M${from} 112H${to}"/>`;

const DRAWN = {
  "wall-squat":
    `<path class="g" d="M32 10V112"/>${floor(32)}<path class="d" d="M49 10V28"/>` +
    head(51, 34) + limb("b", 16, "M49 54V78") + limb("b", 8, "M51 56L62 72L76 70") +
    limb("w", 13, "M50 80L92 80V104") + limb("w", 9, "M92 106H106") + arrow("M126 34V76", "M116 66L126 76L136 66"),
  "straight-leg-raise":
    floor() + head(24, 93) + limb("b", 16, "M42 98H72") + limb("b", 8, "M44 103L70 105") +
    limb("b", 12, "M76 99L98 68L110 102") + limb("b", 9, "M110 105H120") +
    limb("w", 13, "M76 98L136 52") + limb("w", 9, "M137 50L131 38") + arrow("M150 98Q154 78 148 62", "M139 69L148 61L155 71"),
  "calf-raise":
    floor() + `<path class="g" d="M124 46V112M108 112V72H124"/>` + head(72, 15) + limb("b", 16, "M72 35V60") +
    limb("b", 8, "M73 36L90 54L120 52") + limb("w", 13, "M72 64L73 82L71 97") + limb("w", 9, "M70 98L85 108") +
    arrow("M46 106V72", "M36 82L46 72L56 82"),
  "hamstring-curl":
    floor() + head(22, 90) + limb("b", 16, "M40 97L72 99") + limb("b", 8, "M40 98L26 106L14 105") +
    limb("b", 12, "M78 100L146 104") + limb("w", 13, "M78 98L112 99L108 62") + limb("w", 9, "M108 60L97 53") +
    arrow("M148 84Q146 58 128 46", "M140 44L127 45L130 57"),
  "leg-press":
    `<path class="g" d="M14 40L40 98H76M56 98V112"/>${floor()}<path class="g" d="M128 40V92"/>` + head(38, 28) +
    limb("b", 16, "M41 48L55 82") + limb("b", 8, "M44 52L56 72L68 84") +
    limb("w", 13, "M58 84L90 62L114 74") + limb("w", 9, "M119 60L121 80") + arrow("M92 100H138", "M128 91L138 100L128 109"),
};
const FINDER = `<path class="g" d="M22 32V14H42M118 14H138V32M138 94V112H118M42 112H22V94"/>`;
const ANY = FINDER + head(80, 30) + limb("b", 16, "M80 50V68") + limb("b", 8, "M76 46L58 62M84 46L102 62") + limb("w", 12, "M77 72L68 104M83 72L92 104");
const PLAN = [30, 62, 94].map((y, i) => `<path class="a" d="M34 ${y}l6 7 11-13"/><path class="g" d="M68 ${y}H${132 - 12 * i}"/>`).join("");

export function exerciseDrawing(name) {
  return svg(DRAWN[name] ?? (name === "plan" ? PLAN : ANY));
}

const svg = (inside) => `<svg viewBox="0 0 160 120" aria-hidden="true">${inside}</svg>`;

// How to be in the picture, and what is missing from it.
const POSTURES = {
  standing: { body: head(70, 25, 9) + limb("b", 13, "M70 44V66") + limb("b", 6, "M72 44L86 57L98 54") + limb("w", 11, "M70 69L72 104") + limb("w", 8, "M73 106H86"), head: [70, 25], feet: [78, 104] },
  supine: { body: head(28, 88, 9) + limb("b", 14, "M46 92H70") + limb("w", 11, "M74 92H116") + limb("w", 8, "M117 90V79") + limb("b", 10, "M74 91L90 66L99 94"), head: [28, 88], feet: [113, 88] },
  prone: { body: head(28, 86, 9) + limb("b", 14, "M46 92L72 93") + limb("b", 7, "M45 93L33 102L22 100") + limb("w", 11, "M77 94L116 96"), head: [28, 86], feet: [117, 95] },
  seated: { body: head(50, 32, 9) + limb("b", 14, "M52 52L58 78") + limb("b", 6, "M55 52L70 68L82 68") + limb("w", 11, "M61 82L94 78V103") + limb("w", 8, "M94 105H106") + `<path class="g" d="M38 46L46 92H72"/>`, head: [50, 32], feet: [99, 104] },
};
const FRONT = head(0, 25, 9) + limb("b", 15, "M0 45V64") + limb("b", 6, "M-9 43L-20 62M9 43L20 62") + limb("b", 9, "M-4 70L-8 106M4 70L8 106");
const CORNERS = `<path class="finder" d="M12 28V12H28M117 12H133V28M133 103V119H117M28 119H12V103"/>`;
const moved = (x, y, what, scale = 1, kind = "") => `<g class="${kind}" transform="translate(${x} ${y}) scale(${scale})">${what}</g>`;
const mark = ([x, y], r = 19) => `<circle class="mark" cx="${x}" cy="${y}" r="${r}"/>`;

const FRAMED = {
  feet_out: (one) => CORNERS + one.body + mark(one.feet),
  head_out: (one) => CORNERS + one.body + mark(one.head),
  step_in: () => CORNERS + `<ellipse class="mark" cx="72" cy="66" rx="26" ry="46"/>` + arrow("M4 66H50", "M38 54L50 66L38 78"),
  sideways_out: (one) => CORNERS + moved(-52, 0, one.body) + arrow("M56 66H96", "M84 54L96 66L84 78"),
  come_closer: (one) => CORNERS + moved(44, 38, one.body, 0.4) + arrow("M44 60L26 42M26 56V42H40", "M100 60L118 42M118 56V42H104") + arrow("M44 74L26 92M26 78V92H40", "M100 74L118 92M118 78V92H104"),
  turn_side_on: () => CORNERS + moved(42, 4, FRONT, 0.95, "dim") + moved(32, 4, POSTURES.standing.body, 0.95) + arrow("M52 14Q68 2 84 11", "M73 17L85 12L81 0"),
  more_light: () => `<path class="finder" d="M58 92V84C40 66 48 34 72 34S104 66 86 84V92ZM60 104H84"/><path class="a" d="M72 8V20M28 26L37 34M116 26L107 34M12 66H26M118 66H132"/>`,
  one_person: () => CORNERS + moved(50, 4, FRONT, 0.95) + moved(98, 4, FRONT, 0.95, "dim") + `<path class="cross" d="M80 34L116 98M116 34L80 98"/>`,
  other: (one) => CORNERS + one.body,
};
const SAME = { lost: "step_in", jumped: "one_person" };

export function framingDrawing(code, posture) {
  const one = POSTURES[posture] ?? POSTURES.standing;
  const draw = FRAMED[SAME[code] ?? code] ?? FRAMED.other;
  return `<svg viewBox="0 0 145 131"><rect class="slot" x="1" y="1" width="143" height="129" rx="22"/>${draw(one)}</svg>`;
}

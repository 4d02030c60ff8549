// Skin, clothes, hair and eyes, painted by where each point was sculpted (left half; x is mirrored).
uniform vec3 skinC, hairC, shirtC, bottomC, shoeC; uniform float hemY, sleeveT;
const vec3 SH = vec3(.178, 1.415, -.02), EL = vec3(.3644, 1.1928, -.02), WR = vec3(.5251, 1.0013, -.005);
const vec3 EYE = vec3(.031, 1.652, .083);
const float WAIST = .975, SOCK = .165, SHOE = .115, HEAD = 1.555, HEADZ = -.005;
float seg(vec2 p, vec2 a, vec2 b) { vec2 d = b - a; return length(p - a - d * clamp(dot(p - a, d) / dot(d, d), 0., 1.)); }
vec3 face(vec3 c, vec3 ax) {
  vec2 f = ax.xy - EYE.xy;
  c = mix(c, skinC * vec3(.88, .55, .52), smoothstep(1.15, .85, length(vec2(rp.x / .024, (f.y + .068) / .0105))) * .85);
  c = mix(c, vec3(.16, .07, .06), smoothstep(.0022, .0008, abs(f.y + .0685)) * smoothstep(.024, .018, ax.x) * .8);
  c = mix(c, hairC * .8, smoothstep(.0055, .003, seg(ax.xy, EYE.xy + vec2(-.014, .019), EYE.xy + vec2(.018, .021))) * .9);
  c = mix(c, skinC * .55, smoothstep(1.35, 1., length(f / vec2(.0175, .0085))) * .7);
  c = mix(c, skinC * .35, smoothstep(1.2, .7, length(vec2(ax.x - .0075, f.y + .0415) / vec2(.0045, .003))) * .8);
  return mix(c, c * vec3(1.06, .86, .84), smoothstep(1.1, .3, length(vec2(ax.x - .043, f.y + .035) / vec2(.024, .02))) * .6);
}
bool onArm(vec3 ax, out float t) {
  vec3 arm = EL - SH, an = normalize(arm), pv = ax - SH; t = dot(pv, arm) / dot(arm, arm);
  bool hit = ax.x > SH.x * .75 && length(pv - an * dot(pv, an)) < .095 + .02 * step(.4, t)
    && dot(pv, normalize(an + vec3(.9, 0, 0))) > -.012;
  if (!hit && t > .8) {
    vec3 fore = (WR - EL) * 1.9, q = ax - EL; float u = clamp(dot(q, fore) / dot(fore, fore), 0., 1.);
    hit = length(q - fore * u) < .10 && ax.x > SH.x * 1.2;
  }
  return hit;
}
bool underShirt(vec3 ax, bool arm, float t) {
  if (arm) return t < sleeveT;
  if (ax.y < WAIST || ax.y > SH.y + .12) return false;
  float neck = .085 - (SH.y + .03 - rp.y) * .9 * step(0., rp.z - HEADZ);
  bool open = length(vec2(rp.x, (rp.z - HEADZ + .02) * .9)) > neck && (rp.z > HEADZ || rp.y < SH.y + .06);
  return ax.y < SH.y - .09 || open;
}
void main() {
  vec3 n = normalize(nr), v = normalize(eye - wp), ax = vec3(abs(rp.x), rp.yz), c; vec3 surface = vec3(.03, 16., .15);
  if (mat == 1) {
    float t; bool arm = onArm(ax, t), cloth = false;
    c = skinC * (.92 + .16 * fbm(rp * 14.)); surface = vec3(.05, 20., .3);
    if (ax.y < SHOE && !arm) {
      c = rp.y < .024 ? vec3(.85) : rp.y < .032 ? vec3(.25) : shoeC; surface.x = .08;
    } else if (ax.y < SOCK && !arm && hemY > SOCK) { c = vec3(.88); cloth = true; }
    else if (!arm && ax.y < WAIST && ax.y > hemY) { c = bottomC * (ax.y > WAIST - .03 ? .8 : 1.); cloth = true; }
    else if (underShirt(ax, arm, t)) { c = shirtC * (arm && t > sleeveT - .04 && sleeveT < 1.2 ? .85 : 1.); cloth = true; }
    if (cloth) {
      vec4 w = texture(noiseT, rp * .4 + .1); c *= .78 + .42 * fbm(rp * vec3(9., 5., 9.));
      n = normalize(n + .55 * (w.gba - .47)); surface.x = .015;
    } else if (ax.y > HEAD - .02 && rp.z > HEADZ + .02) c = face(c, ax);
  } else if (mat == 2) {
    float r = length(ax.xy - EYE.xy - vec2(.0005, -.002));
    c = mix(mix(vec3(.93), vec3(.22, .14, .08), smoothstep(.0068, .0058, r)), vec3(.02), smoothstep(.0032, .0026, r));
    if (rp.y > EYE.y + .0035) c = skinC * .6; surface = vec3(.4, 60., .15);
  } else { c = hairC * (.55 + .9 * vn(vec3(rp.x * 160., rp.y * 22., rp.z * 60.))); surface = vec3(.12, 14., .15); }
  lit(c, n, v, surface);
}

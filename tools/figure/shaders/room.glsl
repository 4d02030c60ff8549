// Floor, walls, furniture and machines.
uniform vec3 wallC, floorC, matC, paintC; uniform int floorKind;
vec3 boards() {
  vec2 g = wp.xz * vec2(1. / 1.3, 7.); float row = floor(g.y), shift = h21(vec2(row, 3.)) * 3., id = floor(g.x + shift);
  vec2 f = vec2(fract(g.x + shift), fract(g.y));
  return floorC * (.72 + .25 * h21(vec2(id, row)) + .28 * fbm(vec3(wp.x * 3., wp.z * 40., id * 7. + row)))
    * mix(.55, 1., smoothstep(0., .03, f.y) * smoothstep(0., .004, f.x));
}
vec3 tiles() { vec2 g = fract(wp.xz * 2.); return floorC * (.85 + .25 * fbm(wp * 6.)) * mix(.8, 1., step(.015, g.x) * step(.015, g.y)); }
vec3 carpet() { return floorC * (.75 + .45 * fbm(wp * 45.)); }
void main() {
  vec3 n = normalize(nr), v = normalize(eye - wp), c = vec3(.6), surface = vec3(.03, 16., .15);
  if (dot(n, v) < 0.) n = -n;
  if (mat == 10) { c = floorKind == 0 ? boards() : floorKind == 1 ? tiles() : carpet(); surface = vec3(floorKind == 2 ? .0 : .09, 30., .15); }
  else if (mat == 11) { c = wallC * (.93 + .10 * fbm(wp * 5.)); if (wp.y < .10) c = vec3(.82, .80, .77) * (wp.y > .09 ? .7 : 1.); surface.x = .01; }
  else if (mat == 12) { c = matC * (.88 + .2 * fbm(wp * 20.)); surface.x = .02; }
  else if (mat == 13) { c = vec3(.16, .16, .18) * (.9 + .2 * fbm(wp * 30.)); surface = vec3(.10, 20., .15); }
  else if (mat == 14) { c = vec3(.62, .63, .66); surface = vec3(.35, 40., .15); }
  else if (mat == 15) { c = vec3(.55, .33, .18) * (.7 + .5 * fbm(vec3(rp.x * 4., rp.y * 30., rp.z * 4.))); surface.x = .06; }
  else if (mat == 16) c = vec3(.18, .42, .16) * (.6 + .8 * vn(wp * 30.));
  else if (mat == 17) { vec2 g = floor(wp.xy * 11.); c = .25 + .6 * vec3(h21(g), h21(g + 3.1), h21(g + 7.7)); }
  else if (mat == 18) c = vec3(.80, .90, 1.) * (.9 + .2 * fbm(wp * 3.));
  else if (mat == 19) c = matC * vec3(.8, .7, .9) * (.75 + .4 * fbm(wp * 25.));
  else if (mat == 20) c = paintC * (.92 + .12 * fbm(wp * 8.));
  lit(c, n, v, surface);
}

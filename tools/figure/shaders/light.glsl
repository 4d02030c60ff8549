// What the skin's and the room's painting share: noise, shadows, and the light at the end.
#version 330
in vec3 wp; in vec3 nr; in vec3 rp; flat in int mat; out vec4 col;
uniform vec3 eye, keyDir, keyC, skyC, groundC; uniform float fillK, exposure;
uniform mat4 keyVP, topVP; uniform sampler2D keyMap, topMap; uniform sampler3D noiseT;
float h21(vec2 p) { p = fract(p * vec2(123.34, 456.21)); p += dot(p, p + 45.32); return fract(p.x * p.y); }
float vn(vec3 p) { return texture(noiseT, p / 32.).r; }
float fbm(vec3 p) { return texture(noiseT, p / 32.).g; }
const vec2 PD[4] = vec2[](vec2(-.33, -.41), vec2(.51, .76), vec2(.85, -.48), vec2(-.70, .46));
float shadow(sampler2D map, mat4 vp, vec3 p, float radius, float bias) {
  vec3 s = (vp * vec4(p, 1)).xyz * .5 + .5;
  if (any(lessThan(s, vec3(0))) || any(greaterThan(s, vec3(1)))) return 1.;
  float t = h21(gl_FragCoord.xy) * 6.283, a = 0.; mat2 turn = mat2(cos(t), sin(t), -sin(t), cos(t));
  for (int i = 0; i < 4; i++) a += step(s.z - bias, texture(map, s.xy + turn * PD[i] * radius).r);
  return a / 4.;
}
void lit(vec3 c, vec3 n, vec3 v, vec3 surface) {  // surface: specular share, gloss, wrap
  float ks = shadow(keyMap, keyVP, wp + n * .015, .0032, .0016), ts = shadow(topMap, topVP, wp + n * .02, .032, .004);
  float nl = clamp((dot(n, keyDir) + surface.z) / (1. + surface.z), 0., 1.);
  vec3 amb = mix(groundC, skyC, n.y * .5 + .5) * (.42 + .58 * ts);
  vec3 fill = vec3(fillK) * clamp(dot(n, normalize(v + vec3(0, .4, 0))), 0., 1.);
  vec3 o = c * (amb + fill + keyC * nl * ks)
         + surface.x * ks * keyC * pow(max(dot(n, normalize(keyDir + v)), 0.), surface.y);
  if (mat == 1) o += c * vec3(.10, .05, .04) * pow(1. - max(dot(n, v), 0.), 3.) * fillK * 4.;
  if (mat == 18) o = c * 1.5 * keyC;  // a window shines by itself
  o *= exposure; o = o / (1. + .18 * o);
  col = vec4(pow(clamp(o, 0., 1.), vec3(1. / 1.9)), 1);
}

// Every point of the skin follows up to four bones; the result is kept for the passes that draw it.
#version 330
uniform mat4 bones[19];
in vec3 in_pos; in vec3 in_nrm; in vec4 in_idx; in vec4 in_w;
out vec3 o_pos; out vec3 o_nrm;
void main() {
  mat4 m = bones[int(in_idx.x)] * in_w.x + bones[int(in_idx.y)] * in_w.y
         + bones[int(in_idx.z)] * in_w.z + bones[int(in_idx.w)] * in_w.w;
  o_pos = (m * vec4(in_pos, 1)).xyz;
  o_nrm = mat3(m) * in_nrm;
}

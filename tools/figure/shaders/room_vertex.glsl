#version 330
uniform mat4 view; uniform vec3 offsets[4];
in vec3 in_pos; in vec3 in_nrm; in float in_mat; in float in_group;
out vec3 wp; out vec3 nr; out vec3 rp; flat out int mat;
void main() {
  vec3 o = offsets[int(in_group + 0.5)];
  rp = in_pos; wp = in_pos + o; nr = in_nrm; mat = int(in_mat + 0.5); gl_Position = view * vec4(wp, 1);
}

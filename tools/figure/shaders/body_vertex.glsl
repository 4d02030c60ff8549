#version 330
uniform mat4 view;
in vec3 o_pos; in vec3 o_nrm; in vec3 in_sculpted; in float in_mat;
out vec3 wp; out vec3 nr; out vec3 rp; flat out int mat;
void main() { wp = o_pos; nr = o_nrm; rp = in_sculpted; mat = int(in_mat + 0.5); gl_Position = view * vec4(o_pos, 1); }

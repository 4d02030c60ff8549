#version 330
uniform mat4 view; uniform vec3 offsets[4]; in vec3 in_pos; in float in_group;
void main() { gl_Position = view * vec4(in_pos + offsets[int(in_group + 0.5)], 1); }

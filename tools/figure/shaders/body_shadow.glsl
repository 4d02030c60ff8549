#version 330
uniform mat4 view; in vec3 o_pos;
void main() { gl_Position = view * vec4(o_pos, 1); }

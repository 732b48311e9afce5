#version 300 es
// A picture that covers the screen, moved by a mapping: source = destination * scale + offset, in shares of the screen.
uniform vec2 scale;
uniform vec2 offset;
out vec2 at;

void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  at = corner * scale + offset;
  gl_Position = vec4(corner.x * 2.0 - 1.0, 1.0 - corner.y * 2.0, 0.0, 1.0);
}

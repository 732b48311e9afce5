#version 300 es
precision highp float;
precision highp int;

flat in int kind;
flat in int level;
flat in float dotRadius;

uniform int shape[16];
uniform vec3 colors[48]; // level * 16 + class

out vec4 color;

// The same distances as in dot-style.ts: 0 dot, 1 triangle, 2 diamond, 3 square.
float shapeDistance(int form, vec2 p) {
  if (form == 1) return max(0.866 * abs(p.x) - 0.5 * p.y, p.y) * 1.25;
  if (form == 2) return (abs(p.x) + abs(p.y)) * 0.78;
  if (form == 3) return max(abs(p.x), abs(p.y)) * 1.12;
  return length(p);
}

void main() {
  vec2 p = (gl_PointCoord - 0.5) * (2.0 * dotRadius + 3.0);
  float covered = clamp(dotRadius + 0.5 - shapeDistance(shape[kind], p), 0.0, 1.0);
  // Where nothing is covered nothing may be written, not even a depth.
  if (covered < 0.08) discard;
  color = vec4(colors[level * 16 + kind] * covered, covered);
}

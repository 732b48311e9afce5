#version 300 es
precision highp float;
in vec2 at;
uniform sampler2D picture;
uniform vec4 beyond; // what lies outside of the picture, premultiplied
uniform float opacity;
out vec4 color;

void main() {
  bool isInside = all(greaterThanEqual(at, vec2(0.0))) && all(lessThanEqual(at, vec2(1.0)));
  color = (isInside ? texture(picture, at) : beyond) * opacity;
}

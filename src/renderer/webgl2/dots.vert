#version 300 es
// The law of the dots (scene/flow-law.ts) for a graphics card: one vertex is one slot of one edge.
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;

layout(location = 0) in uvec2 edgeSlot;

uniform sampler2D curves;   // 4 texels an edge: a b | c d | n m | half width, level, -, -
uniform usampler2D belts;   // 1 texel an edge: base, seed, flight in ms, -
uniform sampler2D history;  // rows of rates, see flow-textures.ts
uniform int historyRow[16]; // bucket of birth -> row of the history, -1: nothing flowed
uniform int rowLines;       // texture lines a row of the history takes
uniform int stride;         // texels an edge takes in a row
uniform int classes;
uniform uint time;
uniform float thinning;
uniform float laneProfileEnd;
uniform vec3 camera;        // clip = (world - camera.xy) * camera.z * clipScale
uniform vec2 clipScale;
uniform float radius[16];   // per class, device pixels
uniform float onTop[16];

flat out int kind;
flat out int level;
flat out float dotRadius;

const uint golden = 2654435769u;

ivec2 texel(int index, int width) {
  return ivec2(index % width, index / width);
}

void discardDot() {
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = 1.0;
}

void main() {
  int edge = int(edgeSlot.x);
  uint slot = edgeSlot.y;
  kind = 0;
  level = 0;
  dotRadius = 1.0;

  uvec4 belt = texelFetch(belts, texel(edge, textureSize(belts, 0).x), 0);
  uint increment = belt.w;
  uint place = (slot ^ belt.y) * 0x7feb352du;
  place = (place ^ (place >> 15u)) * 0x846ca68bu;
  uint phase = belt.x + time * increment + slot * golden + (place >> 4u);
  uint age = phase / increment;
  uint birth = time - age;

  int row = historyRow[int((birth >> 10u) & 15u)];
  if (row < 0) { discardDot(); return; }
  int width = textureSize(history, 0).x;
  int first = edge * stride;
  ivec2 line = ivec2(0, row * rowLines);
  vec4 rates = texelFetch(history, texel(first, width) + line, 0);

  float count = (rates.x * (float(belt.z) / 1000.0)) * thinning;
  float whole = floor(count);
  float rank = float(slot);
  if (rank > whole) { discardDot(); return; }

  uint h = belt.y ^ (slot * 0x9e3779b1u) ^ (birth * 0x85ebca6bu);
  h = (h ^ (h >> 16u)) * 0x7feb352du;
  h = (h ^ (h >> 15u)) * 0x846ca68bu;
  h ^= h >> 16u;
  if (rank == whole && float((h * 0x85ebca6bu) >> 8u) / 16777216.0 >= count - whole) { discardDot(); return; }

  float chance = float((h * 0x9e3779b1u) >> 8u) / 16777216.0;
  for (int c = 0; c < classes - 1; c += 1) {
    int at = c + 1;
    vec4 shares = at < 4 ? rates : texelFetch(history, texel(first + at / 4, width) + line, 0);
    if (chance >= shares[at & 3]) kind = c + 1;
  }

  int curve = edge * 4;
  int curvesWidth = textureSize(curves, 0).x;
  vec4 ab = texelFetch(curves, texel(curve, curvesWidth), 0);
  vec4 cd = texelFetch(curves, texel(curve + 1, curvesWidth), 0);
  vec4 nm = texelFetch(curves, texel(curve + 2, curvesWidth), 0);
  vec4 lane = texelFetch(curves, texel(curve + 3, curvesWidth), 0);
  float u = float(phase) * 2.3283064365386963e-10;
  float scatter = float((h & 0xffffu) + (h >> 16u)) / 65535.0 - 1.0;
  float across = scatter * (laneProfileEnd + (1.0 - laneProfileEnd) * 4.0 * u * (1.0 - u)) * lane.x;
  vec2 world = ab.xy + u * (ab.zw + u * (cd.xy + u * cd.zw)) + across * (nm.xy + u * nm.zw);

  level = int(lane.y);
  dotRadius = radius[kind];
  // Depth keeps errors above the rest, whatever the order of drawing.
  gl_Position = vec4((world - camera.xy) * camera.z * clipScale, onTop[kind] > 0.5 ? -0.5 : 0.5, 1.0);
  gl_PointSize = 2.0 * dotRadius + 3.0;
}

import { laneProfileEnd } from "#scene/flow-law.ts";
import type { FlowState } from "#renderer/flow-state.ts";
import vertexSource from "#renderer/webgl2/dots.vert?raw";
import { FlowTextures } from "#renderer/webgl2/flow-textures.ts";
import { SlotBuffer } from "#renderer/webgl2/slot-buffer.ts";

export interface FeedbackDot {
  readonly edge: number;
  readonly slot: number;
  readonly kind: number;
  /** World units. */
  readonly x: number;
  readonly y: number;
}

const fragmentSource = `#version 300 es
precision highp float;
out vec4 color;
void main() { color = vec4(1.0); }`;

/** Runs the dots' own vertex shader and reads back where it puts every dot, by transform feedback: what the graphics card believes. */
export function feedbackDots(flow: FlowState, classes: number, time: number): readonly FeedbackDot[] {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (gl === null) throw new Error("WebGL2 is needed");
  const textures = new FlowTextures(gl);
  const slots = new SlotBuffer(gl);
  textures.update(flow);
  slots.update(flow);
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error("no shader");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.transformFeedbackVaryings(program, ["gl_Position", "kind"], gl.INTERLEAVED_ATTRIBS);
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
    throw new Error(gl.getProgramInfoLog(program) ?? "");
  gl.useProgram(program);
  const place = (name: string) => gl.getUniformLocation(program, name);
  [textures.curves, textures.belts, textures.history].forEach((texture, unit) => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.uniform1i(place(["curves", "belts", "history"][unit] ?? ""), unit);
  });
  gl.uniform1iv(place("historyRow"), textures.rowOf);
  gl.uniform1i(place("rowLines"), textures.rowLines);
  gl.uniform1i(place("stride"), textures.stride);
  gl.uniform1i(place("classes"), classes);
  gl.uniform1ui(place("time"), time);
  gl.uniform1f(place("thinning"), 1);
  gl.uniform1f(place("laneProfileEnd"), laneProfileEnd);
  // Clip space that is the world, a thousandth of it, so that what is dead (2, 2) can be told from what is far away.
  gl.uniform3f(place("camera"), 0, 0, 0.001);
  gl.uniform2f(place("clipScale"), 1, 1);
  gl.uniform1fv(place("radius"), new Float32Array(16).fill(1));
  gl.uniform1fv(place("onTop"), new Float32Array(16));

  const perDot = 5;
  const result = gl.createBuffer();
  gl.bindVertexArray(slots.array);
  gl.bindBuffer(gl.TRANSFORM_FEEDBACK_BUFFER, result);
  gl.bufferData(gl.TRANSFORM_FEEDBACK_BUFFER, slots.count * perDot * 4, gl.STREAM_READ);
  gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, result);
  gl.enable(gl.RASTERIZER_DISCARD);
  gl.beginTransformFeedback(gl.POINTS);
  gl.drawArrays(gl.POINTS, 0, slots.count);
  gl.endTransformFeedback();
  const floats = new Float32Array(slots.count * perDot);
  gl.getBufferSubData(gl.TRANSFORM_FEEDBACK_BUFFER, 0, floats);
  const ints = new Int32Array(floats.buffer);
  const pairs = new Uint32Array(slots.count * 2);
  gl.bindBuffer(gl.ARRAY_BUFFER, slots.buffer);
  gl.getBufferSubData(gl.ARRAY_BUFFER, 0, pairs);

  const dots: FeedbackDot[] = [];
  for (let i = 0; i < slots.count; i += 1) {
    const x = floats[i * perDot] ?? 0;
    const y = floats[i * perDot + 1] ?? 0;
    if (x === 2 && y === 2) continue;
    dots.push({
      edge: pairs[i * 2] ?? 0,
      slot: pairs[i * 2 + 1] ?? 0,
      kind: ints[i * perDot + 4] ?? 0,
      x: x * 1000,
      y: y * 1000,
    });
  }
  return dots;
}

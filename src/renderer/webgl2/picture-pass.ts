import { must } from "#base/assert.ts";

import type { Surface } from "../picture/pen.ts";
import { GlProgram } from "./gl-program.ts";
import fragmentSource from "./picture.frag?raw";
import vertexSource from "./picture.vert?raw";

/** Where a picture lies: picture coordinate (0 to 1) = screen coordinate (0 to 1, y down) * scale + offset. */
export interface PicturePlace {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

export type Rgba = readonly [number, number, number, number];

/** Draws a texture over the whole screen: the still picture under and over the dots, and the old frame of a transition. One call each. */
export class PicturePass {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: GlProgram;
  readonly #array: WebGLVertexArrayObject;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#program = new GlProgram(gl, vertexSource, fragmentSource);
    this.#array = must(gl.createVertexArray() as WebGLVertexArrayObject | null);
  }

  draw(texture: WebGLTexture, place: PicturePlace, beyond: Rgba, opacity: number): void {
    const gl = this.#gl;
    const program = this.#program;
    program.use();
    gl.bindVertexArray(this.#array);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.uniform1i(program.uniform("picture"), 0);
    gl.uniform2f(program.uniform("scale"), place.scaleX, place.scaleY);
    gl.uniform2f(program.uniform("offset"), place.offsetX, place.offsetY);
    gl.uniform4f(program.uniform("beyond"), beyond[0], beyond[1], beyond[2], beyond[3]);
    gl.uniform1f(program.uniform("opacity"), opacity);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  dispose(): void {
    this.#program.dispose();
    this.#gl.deleteVertexArray(this.#array);
  }
}

/** A texture for pictures: smooth when scaled, nothing beyond its edge. */
export function createPictureTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = must(gl.createTexture() as WebGLTexture | null);
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
    gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  return texture;
}

export function uploadPicture(gl: WebGL2RenderingContext, texture: WebGLTexture, surface: Surface): void {
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, surface);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
}

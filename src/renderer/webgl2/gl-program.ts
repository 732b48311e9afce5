import { must } from "#base/assert.ts";

/** A linked program and the places of its uniforms. Asking for a uniform that the shader does not have is a bug and throws. */
export class GlProgram {
  readonly program: WebGLProgram;
  readonly #gl: WebGL2RenderingContext;
  readonly #places = new Map<string, WebGLUniformLocation>();

  constructor(gl: WebGL2RenderingContext, vertex: string, fragment: string) {
    this.#gl = gl;
    this.program = must(gl.createProgram() as WebGLProgram | null);
    const shaders = [compile(gl, gl.VERTEX_SHADER, vertex), compile(gl, gl.FRAGMENT_SHADER, fragment)];
    for (const shader of shaders) gl.attachShader(this.program, shader);
    gl.linkProgram(this.program);
    if (gl.getProgramParameter(this.program, gl.LINK_STATUS) !== true && !gl.isContextLost())
      throw new Error(`The shader program does not link: ${gl.getProgramInfoLog(this.program) ?? ""}`);
    for (const shader of shaders) gl.deleteShader(shader);
  }

  use(): void {
    this.#gl.useProgram(this.program);
  }

  uniform(name: string): WebGLUniformLocation {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = must(
      this.#gl.getUniformLocation(this.program, name),
      `uniform ${name}: optimised out, or a typing error`,
    );
    this.#places.set(name, place);
    return place;
  }

  dispose(): void {
    this.#gl.deleteProgram(this.program);
  }
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = must(gl.createShader(type));
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true && !gl.isContextLost())
    throw new Error(`A shader does not compile: ${gl.getShaderInfoLog(shader) ?? ""}`);
  return shader;
}

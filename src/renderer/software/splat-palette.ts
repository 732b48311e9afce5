import { emphasisLevels, type SceneClass } from "#scene/scene.ts";

import { dotScale, dotStyle } from "../dot-style.ts";
import { classColor, type Palette } from "../palette.ts";
import { dotKernel, type DotKernel, type KernelQuality } from "./dot-kernel.ts";
import { ColorReader, mixColors } from "./pack-color.ts";
import type { SplatStyle } from "./splat-dots.ts";

/** Dots from which their rims are left hard: beyond it they cover one another anyway, and the time counts. */
const plainFrom = 60_000;

/** How much of a dimmed dot's colour remains. */
const dimmedShare = 0.16;

/** Colours and kernels of the classes; made anew only when the palette, the classes or the size of a dot has changed. */
export class SplatPalette {
  #classes: readonly SceneClass[] = [];
  readonly #reader = new ColorReader();
  #palette: Palette | undefined;
  #style: SplatStyle | undefined;
  #key = "";

  get classes(): number {
    return this.#classes.length;
  }

  setClasses(classes: readonly SceneClass[]): void {
    if (classes === this.#classes) return;
    this.#classes = classes;
    this.#style = undefined;
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    this.#style = undefined;
  }

  /** Colour of the ground. */
  get ground(): number {
    return this.#reader.read(this.#palette?.ground ?? "black");
  }

  /** `dots`: how many the last frame had. */
  style(zoom: number, pixelRatio: number, imageWidth: number, dots: number): SplatStyle {
    const quality: KernelQuality = dots > plainFrom ? "plain" : "fine";
    // Steps of a twentieth: a zoom must not make kernels at every frame.
    const scale = Math.round(dotScale(zoom) * pixelRatio * 20) / 20;
    const key = `${quality} ${scale} ${imageWidth}`;
    if (this.#style === undefined || key !== this.#key) {
      this.#style = this.#make(quality, scale, imageWidth);
      this.#key = key;
    }
    return this.#style;
  }

  #make(quality: KernelQuality, scale: number, imageWidth: number): SplatStyle {
    const styles = this.#classes.map((item, index) => dotStyle(item, index));
    const kernels = styles.map(({ shape, radius }): DotKernel =>
      dotKernel(shape, radius * scale, imageWidth, quality),
    );
    const count = this.#classes.length;
    const colors = new Int32Array(count * 3);
    const palette = this.#palette;
    if (palette !== undefined) {
      const ground = this.#reader.read(palette.ground);
      this.#classes.forEach((_, index) => {
        const color = this.#reader.read(classColor(palette, this.#classes, index));
        colors[emphasisLevels.usual * count + index] = color;
        colors[emphasisLevels.raised * count + index] = color;
        colors[emphasisLevels.dimmed * count + index] = mixColors(ground, color, dimmedShare);
      });
    }
    return { kernels, colors, isOnTop: styles.map(({ isOnTop }) => isOnTop) };
  }
}

import type { NodeIcon } from "#scene/scene.ts";

import type { Pen } from "./pen.ts";

/** Outlines on a grid of 24 by 24, drawn with a stroke. */
const outlines: Readonly<Record<Exclude<NodeIcon, "none">, string>> = {
  service: "M12 3.2l7.6 4.4v8.800L12 20.800l-7.600-4.400V7.600z",
  storage:
    "M5 6.200c0-1.600 3.100-2.900 7-2.900s7 1.300 7 2.900-3.100 2.900-7 2.900-7-1.300-7-2.900zM5 6.200v11.600c0 1.600 3.100 2.900 7 2.900s7-1.300 7-2.900V6.200M5 12c0 1.600 3.100 2.900 7 2.900s7-1.300 7-2.900",
  region: "M13.400 4.400a8 8 0 1 0 6.200 6.200M13.600 10.400l6.800-6.800M15 3.600h5.400V9",
  users:
    "M9 11.200a3.600 3.600 0 1 0 0-7.200 3.600 3.600 0 0 0 0 7.200zM2.600 20c.4-3.500 2.900-5.400 6.400-5.400s6 1.900 6.400 5.400M16.200 4.500a3.600 3.600 0 0 1 0 6.300M18 14.900c2 .8 3.100 2.500 3.400 5.100",
  user: "M12 11.400a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.600 20.800c.5-3.900 3.400-6.200 7.400-6.200s6.900 2.300 7.400 6.200",
  pipe: "M3.500 8.500h13M12.500 4.500l4 4-4 4M20.500 15.500h-13M11.500 11.500l-4 4 4 4",
  cloud:
    "M7.200 18.600a4.500 4.500 0 0 1-.5-8.950 5.900 5.900 0 0 1 11.300 1.350 3.850 3.850 0 0 1-.5 7.600z",
  cache: "M13.200 3.200L5 13.400h6l-.6 7.400L19 10.400h-6.300z",
  queue: "M4 6.500h16v3.600H4zM4 13.900h16v3.600H4z",
};

/** Keeps the parsed outlines: one per painter, since paths belong to the thread that made them. */
export class IconPainter {
  readonly #paths = new Map<NodeIcon, Path2D>();

  /** Strokes an icon centred on (x, y), `size` pixels wide. */
  paint(pen: Pen, icon: NodeIcon, x: number, y: number, size: number, color: string): void {
    if (icon === "none") return;
    let path = this.#paths.get(icon);
    if (path === undefined) {
      path = new Path2D(outlines[icon]);
      this.#paths.set(icon, path);
    }
    const scale = size / 24;
    pen.save();
    pen.translate(x - size / 2, y - size / 2);
    pen.scale(scale, scale);
    pen.lineWidth = 1.9;
    pen.lineJoin = "round";
    pen.lineCap = "round";
    pen.strokeStyle = color;
    pen.stroke(path);
    pen.restore();
  }
}

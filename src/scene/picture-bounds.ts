import type { Bounds } from "./camera.ts";
import type { SceneNodes } from "./scene.ts";

/** Room for the label under a disc, world units. */
const labelRoom = { below: 22, beside: 48 } as const;

/** What has to be on screen for all nodes and their labels to be seen. */
export function pictureBounds(nodes: SceneNodes): Bounds {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let node = 0; node < nodes.count; node += 1) {
    const radius = nodes.radius[node]!;
    const beside = Math.max(radius, labelRoom.beside);
    left = Math.min(left, nodes.x[node]! - beside);
    right = Math.max(right, nodes.x[node]! + beside);
    top = Math.min(top, nodes.y[node]! - radius - 8);
    bottom = Math.max(bottom, nodes.y[node]! + radius + labelRoom.below);
  }
  return nodes.count === 0 ? { left: -1, top: -1, right: 1, bottom: 1 } : { left, top, right, bottom };
}

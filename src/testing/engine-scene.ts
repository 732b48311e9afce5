import type { TimeMap } from "#base/time-map.ts";
import type { DrillStage } from "#domain/drill-info.ts";
import type { Palette } from "#renderer/palette.ts";
import type { PictureOptions } from "#renderer/picture/picture-input.ts";
import type { FrameState } from "#renderer/renderer.ts";
import type { SceneStructure, SceneValues } from "#scene/scene.ts";

import { strewnEdges } from "./flow-scene.ts";

export const testPalette: Palette = {
  ground: "#070b13",
  lane: "#6f9bd8",
  disc: "#0d1524",
  track: "#22304a",
  text: "#e8eff9",
  textDim: "#8b9bb4",
  icon: "#9db4d3",
  accent: "#5ea0ff",
  focus: "#ffffff",
  normal: "#bad9f5",
  warning: "#ffb545",
  danger: "#ff5a47",
  info: "#6fb3ff",
  simulated: "#a78bfa",
  changes: { new: "#d6ef5e", gone: "#b4b0bb", hotter: "#e0519f", colder: "#5b84ff" },
  extra: ["#7fd1ae", "#c9a6ff"],
};

const stageWords: Readonly<Record<DrillStage, string>> = {
  before: "before",
  failing: "failing",
  decided: "decided",
  scaling: "ungating",
  proxying: "proxying",
  dns: "DNS flip",
  evacuated: "evacuated",
  restoring: "restoring",
  restored: "restored",
};

export const testOptions: PictureOptions = {
  labels: true,
  reducedMotion: false,
  highContrast: false,
  texts: {
    unit: "requests/s",
    rate: "{rate}/s",
    errors: "{share} errors",
    stale: "data {age} old",
    gone: "gone",
    changedInside: "{count} changed inside",
    changedBriefly: "{count} changed",
    stages: stageWords,
    passedOn: "{share} passed on",
  },
};

/** A scene of strewn services, for tests and benches of the engines. */
export function strewnScene(edgeCount: number, width: number, height: number) {
  const edges = strewnEdges(edgeCount, width, height);
  const count = edges.placement.x.length;
  const structure: SceneStructure = {
    viewKey: "test",
    version: 1,
    view: "flow",
    classes: [
      { name: "normal", severity: "normal" },
      { name: "warning", severity: "warning" },
      { name: "danger", severity: "danger" },
    ],
    nodes: {
      count,
      label: Array.from({ length: count }, (_, i) => `service-${i}`),
      role: Array.from({ length: count }, () => "member" as const),
      icon: Array.from({ length: count }, () => "service" as const),
      x: edges.placement.x,
      y: edges.placement.y,
      radius: new Float32Array(count).fill(14),
      canEnter: new Uint8Array(count),
      pinned: new Uint8Array(count),
    },
    edges,
  };
  return { edges, structure, values: strewnValues(structure) };
}

function strewnValues({ nodes, edges, classes }: SceneStructure): SceneValues {
  const shares = new Float32Array(nodes.count * classes.length);
  for (let node = 0; node < nodes.count; node += 1) shares.set([0.9, 0.06, 0.04], node * classes.length);
  return {
    version: 1,
    nodeVolume: new Float32Array(nodes.count).fill(1234),
    nodeShares: shares,
    nodePart: new Float32Array(nodes.count).fill(0.5),
    nodeSize: new Float32Array(nodes.count).fill(0.8),
    nodeLoad: new Float32Array(nodes.count).fill(0.5),
    nodeHealth: new Uint8Array(nodes.count),
    nodeStaleMs: new Float32Array(nodes.count),
    nodeBadge: new Uint8Array(nodes.count),
    edgeRate: new Float32Array(edges.count).fill(100),
    edgeWidth: new Float32Array(edges.count).fill(8),
    edgeDanger: new Float32Array(edges.count),
    edgeWarning: new Float32Array(edges.count),
    edgeBadge: new Uint8Array(edges.count),
  };
}

/** A frame at a moment of the wall clock, with a camera that shows the world as it is. */
export function frameAt(wall: number, time: TimeMap, width: number, height: number): FrameState {
  const camera = { x: width / 2, y: height / 2, zoom: 1 };
  return {
    wall,
    time,
    camera,
    restCamera: camera,
    isMoving: false,
    thinning: 1,
    dots: true,
    transition: undefined,
  };
}

import uPlot from "uplot";

import { formatRate } from "#scene/number-format.ts";

import { clockWords } from "./drill-words.ts";
import { regionColors } from "./region-colors.ts";
import type { LoadStack } from "./stack-loads.ts";

/** Seconds between two marks of the time axis: steps that people count time in. */
const timeSteps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200];

/** Without a 2D canvas the words beside the chart must do. */
export function canDraw(): boolean {
  return document.createElement("canvas").getContext("2d") !== null;
}

/** Draws into an element, in the colours of the theme as they are now. */
export function createLoadChart(element: HTMLElement, stack: LoadStack, height: number): uPlot {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const colors = regionColors(stack.regions, stack.victim);
  const axis = {
    stroke: token("--text-dim"),
    font: `11px ${token("--font")}`,
    grid: { stroke: token("--line"), width: 1 },
    ticks: { show: false },
    gap: 4,
  };
  const layers = stack.layers.map((r): uPlot.Series => {
    const color = token(colors[r] ?? "--text-dim");
    const isVictim = stack.regions[r] === stack.victim;
    return {
      stroke: color,
      width: 1.5,
      points: { show: false },
      fill: (chart) => (isVictim ? hatch(chart.ctx, color) : translucent(color)),
    };
  });
  return new uPlot(
    {
      width: Math.max(1, element.clientWidth),
      height,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 18, 0, 0],
      scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.08)] } },
      axes: [
        {
          ...axis,
          size: 22,
          incrs: timeSteps,
          values: (_, splits) => splits.map((s) => `${s < 0 ? "−" : ""}${clockWords(s * 1000)}`),
        },
        { ...axis, size: 44, values: (_, splits) => splits.map((rate) => formatRate(rate)) },
      ],
      series: [
        {},
        ...layers,
        { stroke: token("--text-soft"), width: 1.5, dash: [5, 4], points: { show: false } },
      ],
      // Each layer is filled down to the one below it, not to the ground.
      bands: layers.slice(1).map((_, i) => ({ series: [i + 1, i + 2] })),
      hooks: { drawAxes: [(chart) => drawFailure(chart, token("--danger"))] },
    },
    alignedData(stack),
    element,
  );
}

/** The columns as the library wants them: first the seconds, then the layers. */
export function alignedData({
  columns: [seconds = new Float64Array(), ...layers],
}: LoadStack): uPlot.AlignedData {
  return [seconds, ...layers];
}

export function resizeChart(chart: uPlot, element: HTMLElement, height: number): void {
  const width = element.clientWidth;
  if (width > 0 && width !== chart.width) chart.setSize({ width, height });
}

function translucent(color: string): string {
  return `color-mix(in srgb, ${color} 55%, transparent)`;
}

/** Told by more than colour: the region that goes is hatched here as it is in the picture. */
function hatch(ctx: CanvasRenderingContext2D, color: string): CanvasPattern | string {
  const tile = document.createElement("canvas");
  const size = 8 * devicePixelRatio;
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext("2d");
  if (pen === null) return color;
  pen.strokeStyle = color;
  pen.lineWidth = 1.5 * devicePixelRatio;
  pen.beginPath();
  for (const offset of [-size, 0, size]) {
    pen.moveTo(offset, size);
    pen.lineTo(offset + size, 0);
  }
  pen.stroke();
  return ctx.createPattern(tile, "repeat") ?? color;
}

/** Second 0: the region fails. */
function drawFailure(chart: uPlot, color: string): void {
  const x = Math.round(chart.valToPos(0, "x", true));
  const { left, top, width, height } = chart.bbox;
  if (x < left || x > left + width) return;
  const { ctx } = chart;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, top + height);
  ctx.stroke();
  ctx.restore();
}

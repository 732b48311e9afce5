import type { Pen } from "./pen.ts";

/** The text, with its middle left out where it is wider than `room`: both ends of a service's name tell it apart. */
export function fitText(pen: Pen, text: string, room: number): string {
  if (pen.measureText(text).width <= room) return text;
  for (let kept = text.length - 2; kept >= 4; kept -= 1) {
    const head = Math.ceil(kept / 2);
    const shorter = `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
    if (pen.measureText(shorter).width <= room) return shorter;
  }
  return `${text.slice(0, 3)}…`;
}

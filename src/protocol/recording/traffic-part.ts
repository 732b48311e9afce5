import type { ClipPart } from "./clip-reader.ts";
import type { Moment } from "./framed.ts";

/** Something recorded, in whatever form: moments in ascending time. The header comes first; the end comes last. */
export type TrafficPart =
  | Exclude<ClipPart, { kind: "frame" }>
  | ({ readonly kind: "frame" } & Moment)
  /** What is odd, for people. */
  | { readonly kind: "oddity"; readonly what: string };

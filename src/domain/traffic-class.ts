/** How bad traffic of a class is: decides its shape on screen and whether it counts as an error. */
export type ClassSeverity = "normal" | "warning" | "danger";

/** One kind of traffic. The set is open: Vizceral files bring their own, with colours. */
export interface TrafficClass {
  readonly name: string;
  readonly severity: ClassSeverity;
  /** CSS colour from the data; without one the theme chooses. */
  readonly color?: string;
}

export const standardClasses: readonly TrafficClass[] = [
  { name: "normal", severity: "normal" },
  { name: "warning", severity: "warning" },
  { name: "danger", severity: "danger" },
];

const severityOfName = new Map<string, ClassSeverity>([
  ["danger", "danger"],
  ["error", "danger"],
  ["errors", "danger"],
  ["failed", "danger"],
  ["failure", "danger"],
  ["5xx", "danger"],
  ["warning", "warning"],
  ["warn", "warning"],
  ["degraded", "warning"],
  ["4xx", "warning"],
]);

/** The severity that a class's name speaks of; a name that says nothing of it is normal. */
export function severityOf(className: string): ClassSeverity {
  return severityOfName.get(className.toLowerCase()) ?? "normal";
}

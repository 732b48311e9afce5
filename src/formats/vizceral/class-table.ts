import { limits } from "#domain/limits.ts";
import { severityOf, standardClasses, type ClassSeverity, type TrafficClass } from "#domain/traffic-class.ts";

/** Where the rates of classes go that find no room. */
export const otherClass = "other";

export interface ClassPosition {
  readonly index: number;
  /** The class has no name or found no room, and is counted as "other". */
  readonly isFolded: boolean;
}

/** The open set of traffic classes of one file: the standard ones first, the rest in the order of their appearance. */
export class ClassTable {
  readonly #classes: TrafficClass[] = [...standardClasses];
  readonly #positions = new Map<string, number>(standardClasses.map(({ name }, index) => [name, index]));

  /** Where the class stands; enters it when it is new. The last place is kept for "other". */
  position(name: string): ClassPosition {
    const spelled = spelling(name);
    const known = this.#positions.get(spelled);
    if (known !== undefined) return { index: known, isFolded: false };
    const hasRoom = this.#classes.length < limits.classes - 1 || spelled === otherClass;
    if (!hasRoom || spelled === "" || spelled.length > limits.nameLength) {
      return { index: this.position(otherClass).index, isFolded: true };
    }
    this.#positions.set(spelled, this.#classes.length);
    this.#classes.push({ name: spelled, severity: severityOf(spelled) });
    return { index: this.#classes.length - 1, isFolded: false };
  }

  /** Sets what the file says about a class; the first word holds. */
  describe(index: number, said: { readonly color?: string; readonly severity?: ClassSeverity }): void {
    const current = this.#classes[index];
    if (current === undefined) return;
    const color = current.color ?? said.color;
    this.#classes[index] = {
      name: current.name,
      severity: index < standardClasses.length ? current.severity : (said.severity ?? current.severity),
      ...(color === undefined ? {} : { color }),
    };
  }

  /**
   * The class that a node or edge declares for itself, as far as it exists. A name without rates of its own that speaks of trouble
   * ("error") stands for the standard class of that severity.
   */
  declared(name: string): string | undefined {
    const spelled = spelling(name);
    if (this.#positions.has(spelled)) return spelled;
    const severity = severityOf(spelled);
    return severity === "normal" ? undefined : severity;
  }

  list(): readonly TrafficClass[] {
    return [...this.#classes];
  }
}

/** promviz calls normal traffic "default". */
function spelling(name: string): string {
  return name === "default" ? "normal" : name;
}

const colorForms = [
  /^#(?:[\da-f]{3}|[\da-f]{4}|[\da-f]{6}|[\da-f]{8})$/i,
  /^rgba?\(\s*\d{1,3}(?:\.\d+)?%?(?:\s*,\s*\d{1,3}(?:\.\d+)?%?){2}(?:\s*,\s*(?:\d{1,3}|\d?\.\d+|\d\.\d+)%?)?\s*\)$/i,
  /^[a-z]{3,32}$/i,
];

/** A colour that is safe to hand to CSS: hexadecimal, rgb(), rgba() or a name. */
export function readColor(raw: unknown): string | undefined {
  if (typeof raw !== "string" || raw.length > 64) return undefined;
  const color = raw.trim();
  return colorForms.some((form) => form.test(color)) ? color : undefined;
}

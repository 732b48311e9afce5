import type { Diagnostic } from "#domain/diagnostic.ts";
import type { PlannedQuery } from "#formats/prometheus/query-plan.ts";

import type { NoAnswer } from "../outgoing/no-answer.ts";

/* What is odd about an answer of Prometheus, whether it is about now or about the past. */

export function withoutAnswer(query: PlannedQuery, { message }: NoAnswer): Diagnostic {
  return { kind: "dropped", place: query.name, found: message, done: "showed the picture without it" };
}

export function warned(query: PlannedQuery, warning: string): Diagnostic {
  return {
    kind: "note",
    place: query.name,
    found: `Prometheus warns: ${warning.slice(0, 500)}`,
    done: "read the answer",
  };
}

export function ofOtherForm(query: PlannedQuery, count: number): Diagnostic {
  return {
    kind: "dropped",
    place: query.name,
    found: `${count} series ${count === 1 ? "has" : "have"} no single number`,
    done: "left out; a query has to yield numbers, not histograms",
  };
}

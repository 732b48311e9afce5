/** Why a drill cannot be run. `message` is one sentence for people that says what is wrong, where, and what to do about it. */
export interface DrillFault {
  readonly kind:
    | "no-such-region"
    | "no-other-region"
    | "not-a-region"
    | "empty-graph"
    | "no-traffic"
    | "amplifies-without-end"
    | "no-capacity"
    | "bad-plan";
  readonly message: string;
}

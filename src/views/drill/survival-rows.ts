import type { SaviourForecast, Fit } from "#simulation/forecast/forecast.ts";
import type { SurvivalState } from "#store/drill-state.ts";

/** What the loss of another region would do to one. */
export interface SurvivalRow {
  /** The region that goes. */
  readonly victim: string;
  /** Undefined where nothing can be said; `fault` says why. */
  readonly saviour: SaviourForecast | undefined;
  readonly fault: string | undefined;
}

/** For each other region that may go: how this one would fare. */
export function survivalOf({ losses }: SurvivalState, region: string): readonly SurvivalRow[] {
  return losses
    .filter(({ victim }) => victim !== region)
    .map(({ victim, forecast }) => ({
      victim,
      saviour: forecast.ok ? forecast.value.saviours.find((one) => one.region === region) : undefined,
      fault: forecast.ok ? undefined : forecast.error.message,
    }));
}

/** The loss of one region as a whole. */
export interface LossRow {
  readonly victim: string;
  readonly fit: Fit;
  /** The saviour that is the fullest afterwards. */
  readonly fullest: SaviourForecast | undefined;
  readonly fault: string | undefined;
}

export function lossRows({ losses }: SurvivalState): readonly LossRow[] {
  return losses.map(({ victim, forecast }) => {
    if (!forecast.ok) return { victim, fit: "unknown", fullest: undefined, fault: forecast.error.message };
    const { verdict, saviours } = forecast.value;
    const [first, ...others] = saviours;
    const fullest =
      first === undefined
        ? undefined
        : others.reduce((most, one) => (fullness(one) > fullness(most) ? one : most), first);
    return { victim, fit: verdict, fullest, fault: undefined };
  });
}

function fullness({ utilisation: { high } }: SaviourForecast): number {
  return Number.isNaN(high) ? -1 : high;
}

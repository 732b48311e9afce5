import type { ReactNode } from "react";

import { formatRate } from "#scene/number-format.ts";
import type { Forecast, SaviourForecast } from "#simulation/forecast/forecast.ts";
import { drillWords } from "#store/drill-words.ts";
import { fill } from "#store/texts.ts";
import { selectRegionLabel } from "#store/drill-regions.ts";

import { useAppState } from "../app-context.ts";
import { capacityWords, namesInWords, utilisationWords, wholePercent } from "./drill-words.ts";
import { FitMark } from "./FitMark.tsx";
import styles from "./ForecastView.module.css";
import { UtilisationBar } from "./UtilisationBar.tsx";

export interface ForecastViewProps {
  readonly forecast: Forecast | undefined;
  readonly isComputing: boolean;
}

/** Would the others survive? A word, then by whom and how narrowly, then what would be lost, then how sure that is. */
export function ForecastView({ forecast, isComputing }: ForecastViewProps): ReactNode {
  return (
    <section className={styles["forecast"]} aria-label={drillWords.forecast.title} aria-busy={isComputing}>
      <header className={styles["head"]}>
        <h3 className={styles["title"]}>{drillWords.forecast.title}</h3>
        {forecast !== undefined && (
          <span className={styles["moved"]}>
            {fill(drillWords.forecast.moved, { rate: formatRate(forecast.moved) })}
          </span>
        )}
      </header>
      {forecast === undefined ? (
        <p className={styles["quiet"]}>
          {isComputing ? drillWords.forecast.computing : drillWords.forecast.waiting}
        </p>
      ) : (
        <Known forecast={forecast} />
      )}
    </section>
  );
}

function Known({ forecast }: { readonly forecast: Forecast }): ReactNode {
  const { verdict, saviours, shed } = forecast;
  return (
    <>
      <p className={styles["verdict"]} data-fit={verdict}>
        {drillWords.forecast.verdicts[verdict]}
      </p>
      <ul className={styles["saviours"]}>
        {saviours.map((saviour) => (
          <Saviour key={saviour.region} saviour={saviour} />
        ))}
      </ul>
      <p className={styles["fact"]} data-tone={shed > 0 ? "danger" : undefined}>
        {shed > 0 ? fill(drillWords.forecast.shed, { rate: formatRate(shed) }) : drillWords.forecast.noShed}
      </p>
      <Lost forecast={forecast} />
      <Caveats forecast={forecast} />
    </>
  );
}

function Saviour({ saviour }: { readonly saviour: SaviourForecast }): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  const { region, share, before, after, capacity, capacitySource, utilisation, fit, worstService } = saviour;
  return (
    <li
      className={styles["saviour"]}
      aria-label={fill(drillWords.forecast.saviour, {
        region: labelOf(region),
        fit: drillWords.forecast.fits[fit],
        utilisation: utilisationWords(utilisation),
      })}
    >
      <div className={styles["line"]}>
        <span className={styles["name"]}>{labelOf(region)}</span>
        <span className={styles["share"]}>{`+${wholePercent(share)}`}</span>
        <FitMark fit={fit} />
      </div>
      <UtilisationBar utilisation={utilisation} fit={fit} />
      <div className={styles["line"]}>
        <span className={styles["used"]} data-number="">
          {utilisationWords(utilisation)}
        </span>
        <span className={styles["rates"]} data-number="">
          {fill(drillWords.forecast.rates, { before: formatRate(before), after: formatRate(after) })}
        </span>
      </div>
      <p className={styles["small"]}>{capacityWords(capacity, capacitySource)}</p>
      {worstService !== undefined && (
        <p className={styles["small"]} data-tone={worstService.fit === "does-not-fit" ? "danger" : undefined}>
          {fill(drillWords.forecast.worstService, {
            service: worstService.name,
            utilisation: utilisationWords(worstService.utilisation),
          })}
        </p>
      )}
    </li>
  );
}

/** So many are named; the rest is counted. */
const lostInSight = 5;

function Lost({ forecast: { lost } }: { readonly forecast: Forecast }): ReactNode {
  const labelOf = useAppState(selectRegionLabel);
  if (lost.length === 0) return <p className={styles["fact"]}>{drillWords.forecast.noLost}</p>;
  return (
    <>
      <h4 className={styles["subtitle"]}>{drillWords.forecast.lost}</h4>
      <ul className={styles["points"]}>
        {lost.slice(0, lostInSight).map(({ service, missingIn, rate }) => (
          <li key={service}>
            {fill(drillWords.forecast.lostRow, {
              service,
              regions: namesInWords(missingIn.map((name) => labelOf(name))),
              rate: formatRate(rate),
            })}
          </li>
        ))}
        {lost.length > lostInSight && (
          <li>{fill(drillWords.forecast.more, { count: lost.length - lostInSight })}</li>
        )}
      </ul>
    </>
  );
}

function Caveats({ forecast: { caveats } }: { readonly forecast: Forecast }): ReactNode {
  if (caveats.length === 0) return undefined;
  return (
    <>
      <h4 className={styles["subtitle"]}>{drillWords.forecast.caveats}</h4>
      <ul className={styles["points"]}>
        {caveats.map(({ kind, text }) => (
          <li key={kind}>{text}</li>
        ))}
      </ul>
    </>
  );
}

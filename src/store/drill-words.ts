import { drillPanelTexts } from "./texts/drill-panel-texts.ts";
import { drillRunTexts } from "./texts/drill-run-texts.ts";

/** The texts of the failover panel. Apart from the others, because the first picture does not need them and must not wait for them. */
export const drillWords = { ...drillPanelTexts, ...drillRunTexts } as const;

import { expect, type Locator, type Page } from "@playwright/test";

import { readPlan } from "../../src/simulation/plan/read-plan.ts";
import { writeDrill } from "../../src/store/drill-url.ts";
import { SpillwayPage } from "./spillway-page.ts";

/** A region's failover as a person sees it: the panel beside the picture, and the banner over it. */
export class DrillPage extends SpillwayPage {
  /** What is shown, in the bar: here it may be a drill. */
  override get state(): Locator {
    const word = /^(Simulated|Live|Paused|Stale|Reconnecting|Connecting|Not connected)/;
    return this.page.getByRole("banner", { name: "Toolbar" }).getByRole("button", { name: word });
  }

  get panel(): Locator {
    return this.page.getByRole("complementary", { name: "Fail over" });
  }

  /** There as long as anything that is shown was not measured. */
  get banner(): Locator {
    return this.page.getByRole("region", { name: "Simulated." });
  }

  /** The simulated time, in the banner. */
  get clock(): Locator {
    return this.banner.getByRole("timer");
  }

  get prediction(): Locator {
    return this.panel.getByRole("region", { name: "Prediction" });
  }

  get phases(): Locator {
    return this.panel.getByRole("list", { name: "Phases" }).getByRole("listitem");
  }

  get log(): Locator {
    return this.panel.getByRole("list", { name: "What happened" });
  }

  get comparison(): Locator {
    return this.panel.getByRole("region", { name: "Side by side" });
  }

  /** What came of the run, once nothing of the evacuation is to come. */
  get result(): Locator {
    return this.panel.getByRole("region", { name: "Result", exact: true });
  }

  get openButton(): Locator {
    return this.page.getByRole("banner", { name: "Toolbar" }).getByRole("button", { name: "Fail over" });
  }

  get runButton(): Locator {
    return this.panel.getByRole("button", { name: "Run the drill", exact: true });
  }

  get stopButton(): Locator {
    return this.banner.getByRole("button", { name: /^Stop/ });
  }

  get speed(): Locator {
    return this.banner.getByRole("combobox", { name: "Speed" });
  }

  /** A message that comes and goes. */
  message(text: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: text });
  }

  /** Selects what is on the picture, in its twin. */
  async choose(name: string): Promise<void> {
    await this.node(name).dispatchEvent("click");
  }

  /** Runs to this simulated moment or past it: waits for what the log says then. */
  async expectLogged(...sentences: readonly RegExp[]): Promise<void> {
    for (const sentence of sentences) await expect(this.log).toContainText(sentence, { timeout: 30_000 });
  }

  /** Opens a run at one of its moments, where it stands still. */
  async openRun(url: string, clock: string): Promise<void> {
    await this.open(url);
    await expect(this.clock).toHaveText(clock, { timeout: 30_000 });
    await expect(this.banner).toContainText("Simulated");
  }

  /** A number of the twin's node, requests per second. */
  async rateOf(name: string): Promise<number> {
    const text = await this.node(name).textContent();
    return readRate(/, ([\d.]+[kMG]?) requests per second/.exec(text ?? "")?.[1]);
  }

  /** The rate of an edge, in the table; requests per second. */
  async rateOfEdge(from: string, to: string): Promise<number> {
    const edges = this.page.getByRole("grid", { name: "Edges" });
    const cells = edges.getByRole("row", { name: `${from} ${to} ` }).getByRole("gridcell");
    return readRate((await cells.nth(2).textContent()) ?? undefined);
  }

  /** Nothing that a person reads, or is read out, is a number that none is. */
  async expectNoNonsense(): Promise<void> {
    const read = await this.page.evaluate(() => {
      const attributes = ["aria-label", "aria-valuetext", "title", "placeholder", "style"];
      const said = [...document.querySelectorAll("*")].flatMap((element) =>
        attributes.map((name) => element.getAttribute(name) ?? ""),
      );
      return [document.title, document.body.textContent, ...said];
    });
    expect(read.filter((text) => /NaN|Infinity|undefined/.test(text))).toEqual([]);
  }
}

/** A rate as the page writes it: "63.3k", "134k", "0". */
function readRate(text: string | undefined): number {
  const [, digits, unit = ""] = /^([\d.]+)([kMG]?)$/.exec(text ?? "") ?? [];
  if (digits === undefined) throw new Error(`"${text ?? ""}" is no rate.`);
  return Number(digits) * (unit === "k" ? 1e3 : unit === "M" ? 1e6 : unit === "G" ? 1e9 : 1);
}

interface Scenario {
  readonly plan: unknown;
  readonly frame: string;
}

/** The link to a moment of the scenario `evacuate-us-east-1`, paused there: seconds since the failure. */
export async function evacuationLink(page: Page, url: string, seconds: number): Promise<string> {
  const answer = await page.request.get(`${url}api/scenarios/evacuate-us-east-1`);
  const { plan, frame } = (await answer.json()) as Scenario;
  const read = readPlan(plan);
  if (!read.ok) throw new Error(read.error.message);
  const query = new URLSearchParams();
  const run = { atMs: seconds * 1000, speed: 8, isPaused: true };
  writeDrill(query, { plan: read.value, frame, commands: [], run });
  return `${url}?${query}`;
}

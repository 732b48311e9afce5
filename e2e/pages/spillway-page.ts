import { expect, type Locator, type Page } from "@playwright/test";

import { findOnPicture, type Point } from "./picture-map.ts";

/** The page as a person uses it: by what is written, and by roles and names. */
export class SpillwayPage {
  readonly page: Page;
  /** What the browser complained about: errors, and what the content security policy stopped. Empty at the end of every test. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      // A server that is gone is what some tests are about.
      if (message.type() === "error" && !/WebSocket|Failed to load resource|net::ERR/.test(message.text()))
        this.complaints.push(message.text());
    });
  }

  get picture(): Locator {
    return this.page.getByTestId("picture");
  }

  /** The picture's twin: what is on it, as a list. */
  get twin(): Locator {
    return this.page.getByRole("main").getByRole("listbox");
  }

  get breadcrumb(): Locator {
    return this.page.getByRole("navigation", { name: "Where you are" });
  }

  get state(): Locator {
    return this.page.getByRole("button", {
      name: /^(Live|Replay|Simulated|Paused|Stale|Reconnecting|Connecting|Not connected)/,
    });
  }

  get details(): Locator {
    return this.page.getByRole("complementary", { name: "Details" });
  }

  get find(): Locator {
    return this.page.getByRole("textbox", { name: "Find in this view" });
  }

  get legend(): Locator {
    return this.page.getByRole("region", { name: "Legend" });
  }

  /** A message that comes and goes. */
  toast(text: string | RegExp): Locator {
    return this.page.getByRole("listitem").filter({ hasText: text });
  }

  /** Opens an address and waits until the first traffic is drawn, with the bars around it. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.whenDrawn();
  }

  /** The renderer has painted the picture of what the page shows, and the bars have come, so that it fits between them. */
  async whenDrawn(): Promise<void> {
    await expect(this.picture).toHaveAttribute("data-drawn", /\d+/, { timeout: 30_000 });
    await expect(this.twin).toBeAttached();
    await expect(this.state).toBeVisible();
  }

  /** The view that is shown, by the steps of the breadcrumb, and by a picture of its own. */
  async expectPlace(...names: readonly string[]): Promise<void> {
    await expect(this.breadcrumb.getByRole("listitem")).toHaveText(names);
    await expect(this.twin).toHaveAttribute("aria-label", new RegExp(`^${names.at(-1) ?? ""}, `));
  }

  /** A node of the view, in the picture's twin. */
  node(name: string): Locator {
    return this.twin.getByRole("option", { name: new RegExp(`^${name},`) });
  }

  /** Where a node ("cart") or an edge ("cart → store") is on the canvas. CSS pixels of the page. */
  async whereIs(name: string): Promise<Point> {
    return findOnPicture(this.page, name);
  }

  async click(name: string): Promise<void> {
    const { x, y } = await this.whereIs(name);
    await this.page.mouse.click(x, y);
  }

  async doubleClick(name: string): Promise<void> {
    const { x, y } = await this.whereIs(name);
    await this.page.mouse.dblclick(x, y);
  }

  /** Dots on the picture, as the renderer says once a second. */
  async dots(): Promise<number> {
    return Number(await this.picture.getAttribute("data-dots"));
  }

  /** The address's query, by name. */
  query(name: string): readonly string[] {
    return new URL(this.page.url()).searchParams.getAll(name);
  }
}

import { expect, type Locator, type Page } from "@playwright/test";

/** The page as a person uses it: by what is written, and by roles and names. */
export class SpillwayPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
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
      name: /^(Live|Paused|Stale|Reconnecting|Connecting|Not connected)/,
    });
  }

  get details(): Locator {
    return this.page.getByRole("complementary", { name: "Details" });
  }

  get find(): Locator {
    return this.page.getByRole("textbox", { name: "Find in this view" });
  }

  /** Opens an address and waits until the first traffic is drawn. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.whenDrawn();
  }

  /** The renderer has painted the picture of what the page shows. */
  async whenDrawn(): Promise<void> {
    await expect(this.picture).toHaveAttribute("data-drawn", /\d+/);
  }

  /** The view that is shown, by the last step of the breadcrumb. */
  async expectPlace(...names: readonly string[]): Promise<void> {
    await expect(this.breadcrumb.getByRole("listitem")).toHaveText(names);
  }

  node(name: string): Locator {
    return this.twin.getByRole("option", { name: new RegExp(`^${name},`) });
  }

  /**
   * Where a node is on the canvas: looks for it with the mouse, as a person does, until the tooltip says its name. CSS pixels of the page.
   */
  async whereIs(name: string): Promise<{ x: number; y: number }> {
    const box = await this.picture.boundingBox();
    if (box === null) throw new Error("There is no picture.");
    const tooltip = this.page.getByTestId("tooltip");
    for (const step of [48, 24]) {
      for (let y = box.y + 70; y < box.y + box.height - 50; y += step) {
        for (let x = box.x + 24; x < box.x + box.width - 24; x += step) {
          await this.page.mouse.move(x, y);
          if ((await tooltip.count()) === 0) continue;
          const text = await tooltip
            .first()
            .textContent({ timeout: 1000 })
            .catch(() => "");
          if (text?.startsWith(name) === true) return { x, y };
        }
      }
    }
    throw new Error(`"${name}" is not on the picture.`);
  }
}

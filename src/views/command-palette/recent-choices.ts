/** What was chosen last in the palette, newest first; kept as long as the page is open. */
export class RecentChoices {
  #keys: readonly string[] = [];

  get keys(): readonly string[] {
    return this.#keys;
  }

  add(key: string): void {
    this.#keys = [key, ...this.#keys.filter((other) => other !== key)].slice(0, 20);
  }
}

const symbols: Readonly<Record<string, string>> = {
  " ": "Space",
  Escape: "Esc",
  Enter: "Enter",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

/** A command's key as it is written on the keyboard: "mod+k" is "⌘K" on a Mac, "Ctrl+K" elsewhere. */
export function keyLabel(key: string, isMac: boolean): string {
  const parts = key === "+" ? ["+"] : key.split("+");
  const name = parts.at(-1) ?? key;
  const written = symbols[name] ?? (name.length === 1 ? name.toUpperCase() : name);
  if (parts.includes("mod")) return isMac ? `⌘${written}` : `Ctrl+${written}`;
  if (parts.includes("shift") || isCapital(name)) return isMac ? `⇧${written}` : `Shift+${written}`;
  return written;
}

/** The same for `aria-keyshortcuts`, which has names of its own. */
export function ariaKeys(keys: readonly string[], isMac: boolean): string | undefined {
  if (keys.length === 0) return undefined;
  const modifier = isMac ? "Meta" : "Control";
  return keys
    .map((key) =>
      key === " "
        ? "Space"
        : key === "+"
          ? "Plus"
          : isCapital(key)
            ? `Shift+${key}`
            : key.replace(/^mod\+/, `${modifier}+`).replace(/^shift\+/, "Shift+"),
    )
    .join(" ");
}

/** "B": a letter that is typed with Shift. Keys of several letters have names. */
function isCapital(name: string): boolean {
  return name.length === 1 && name !== name.toLowerCase();
}

/** Whether shortcuts are made with ⌘ rather than Ctrl. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

import { createRoot } from "react-dom/client";

import { must } from "#base/assert.ts";
import { hashText, mulberry32 } from "#base/random.ts";
import { httpFrames } from "#players/http-frames.ts";
import { idleSimulation } from "#players/idle-simulation.ts";
import { createLivePlayer } from "#players/live-player.ts";
import { createApp } from "#store/create-app.ts";
import { createLayoutClient } from "#store/layout-client.ts";
import { readUrl } from "#store/url-state.ts";
import { Shell } from "#views/shell/Shell.tsx";

import { browserAddress } from "./browser-address.ts";
import { browserClock } from "./browser-clock.ts";
import { browserStorage } from "./browser-storage.ts";
import { followSystemPreferences } from "./system-preferences.ts";

/** The composition root of the page: everything that the program is given, it is given here. */
const clock = browserClock;
const storage = browserStorage();
const { feed } = readUrl(browserAddress.read());

const player = createLivePlayer({
  url: document.baseURI,
  clock,
  random: mulberry32(hashText(String(clock.now()))),
  ...(feed === undefined ? {} : { feed }),
});

const app = createApp({
  player,
  layout: createLayoutClient(
    () =>
      new Worker(new URL("../store/layout.worker.ts", import.meta.url), { type: "module", name: "layout" }),
    clock,
  ),
  simulation: idleSimulation,
  frames: httpFrames({ base: document.baseURI, fetch: (url, init) => fetch(url, init) }),
  clock,
  storage,
  address: browserAddress,
});
followSystemPreferences(app.actions.setPreferences);

createRoot(must(document.querySelector("#root"))).render(<Shell app={app} clock={clock} />);

import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Page } from "playwright";

import { startBuiltServer } from "../scripts/built-server.ts";
import { mulberry32 } from "../src/base/random.ts";
import { createSnapshot, type TrafficSnapshot } from "../src/domain/snapshot.ts";
import { createTopology } from "../src/domain/topology.ts";
import { parseVizceral } from "../src/formats/vizceral/parse-vizceral.ts";
import { writeClip } from "../src/protocol/recording/clip-writer.ts";
import { framed, type Moment } from "../src/protocol/recording/framed.ts";
import { zlibPacking } from "../src/server/clips/zlib-packing.ts";
import { medianOfThree, type BenchRow } from "./bench-row.ts";
import { openBrowser, watchMainThread } from "./browser.ts";

const megabytes = 50;
const start = Date.parse("2026-01-06T12:00:00Z");

/** Only the clip has a region of this name: when it is on screen, the picture is the clip's. */
const regionOfClip = "bench-region";

/** Opening a clip of 50 MB, of the demo's graph with every number changing each second: until its first moment is drawn, and what it costs until it has been read to its end. */
export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "spillway-bench-clip-"));
  const path = join(folder, "bench.spillway.ndjson.gz");
  const server = await startBuiltServer(["--seed", "7"]);
  const browser = await openBrowser();
  try {
    const frames = await writeLargeClip(path);
    const note = `${(statSync(path).size / 1e6).toFixed(1)} MB, ${frames.toLocaleString("en")} frames`;
    return await medianOfThree(() => measure(browser, server.url, path, note));
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** How many frames there are in it. */
async function writeLargeClip(path: string): Promise<number> {
  const random = mulberry32(7);
  const reading = parseVizceral(readFileSync("mock-data/topologies/three-regions.json", "utf8"), {
    now: start,
  });
  if (!reading.ok) throw new Error(reading.error.message);
  const { topology, values, ...rest } = reading.value.snapshot;
  const named = createTopology({
    ...topology,
    nodes: topology.nodes.map((node) => (node.name === "eu-west-1" ? { ...node, name: regionOfClip } : node)),
  });
  let bytes = 0;
  let frames = 0;
  async function* moments(): AsyncGenerator<Moment> {
    while (true) {
      if (bytes >= megabytes * 1e6) return;
      frames += 1;
      const moved = values.map((value) =>
        value === 0 ? 0 : Number((value * (0.95 + 0.1 * random())).toPrecision(5)),
      );
      const snapshot: TrafficSnapshot = createSnapshot({
        ...rest,
        at: start + frames * 1000,
        topology: named,
        values: moved,
      });
      yield { seq: frames, snapshot };
    }
  }
  const header = { feed: "bench", title: "Bench", intervalMs: 1000, names: "real" } as const;
  const file = await open(path, "w");
  const content = { header, frames: framed(moments(), 60), bookmarks: () => [] };
  for await (const piece of writeClip(content, zlibPacking)) {
    await file.write(piece);
    bytes += piece.length;
  }
  await file.close();
  return frames;
}

async function measure(
  browser: Browser,
  url: string,
  path: string,
  note: string,
): Promise<readonly BenchRow[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // Answers the browser's dialog from the beginning.
  page.on("filechooser", () => undefined);
  await page.goto(url);
  await page.locator("[data-drawn]").waitFor({ state: "attached" });
  await page.waitForTimeout(6_000);
  const memoryBefore = await rendererMemory(browser);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("o")]);
  const drawn = firstPicture(page);
  let checkedMs = 0;
  const began = Date.now();
  let firstMs = NaN;
  let mostMemory = 0;
  const watched = await watchMainThread(page, async () => {
    await chooser.setFiles(path);
    firstMs = await drawn;
    const card = page.getByRole("region", { name: /^Reading bench/ });
    for (let isReading = true; isReading; isReading = (await card.count()) > 0) {
      mostMemory = Math.max(mostMemory, await rendererMemory(browser));
      await page.waitForTimeout(500);
    }
    checkedMs = Date.now() - began;
  });
  await page.close();
  return [
    {
      name: "opening a clip of 50 MB: its first moment on screen",
      value: firstMs,
      unit: "ms",
      bar: 1000,
      better: "less",
      note,
    },
    {
      name: "all tasks of the page's own thread per frame while a clip of 50 MB is read to its end",
      value: watched.taskMsPerFrame,
      unit: "ms",
      bar: 8,
      better: "less",
      note: `script ${watched.scriptMsPerFrame.toFixed(2)} ms; read to its end after ${(checkedMs / 1000).toFixed(1)} s, playing meanwhile`,
    },
    {
      name: "memory of the page and its workers that opening a clip of 50 MB takes at most",
      value: (mostMemory - memoryBefore) / 1e6,
      unit: "MB",
      bar: 250,
      better: "less",
      note: "resident, garbage included",
    },
  ];
}

/** From the moment that the page has the file to the second frame of the screen after the clip's picture has come. */
function firstPicture(page: Page): Promise<number> {
  // As text: the compiler would name the functions by a helper that the page has not.
  return page.evaluate<number>(`new Promise((settle) => {
    let began = NaN;
    window.addEventListener("change", () => { began = performance.now(); }, { capture: true, once: true });
    const look = () => {
      const names = [...document.querySelectorAll("main [role=option]")].map((one) => one.textContent + one.ariaLabel);
      if (Number.isNaN(began) || !names.some((name) => name.includes("${regionOfClip}"))) requestAnimationFrame(look);
      else requestAnimationFrame(() => requestAnimationFrame(() => settle(performance.now() - began)));
    };
    look();
  })`);
}

/** Resident memory of all renderers, bytes. */
async function rendererMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => residentBytes(id))
    .reduce((sum, bytes) => sum + bytes, 0);
}

function residentBytes(pid: number): number {
  try {
    const kB = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kB ?? 0) * 1024;
  } catch {
    // It has ended.
    return 0;
  }
}

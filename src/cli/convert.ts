import { err, ok, type Result } from "#base/result.ts";
import type { Millis } from "#base/time.ts";
import { writeVizceral } from "#formats/vizceral/write-vizceral.ts";
import type { Bookmark } from "#protocol/recording/bookmark.ts";
import { clipSuffix, type ClipHeader } from "#protocol/recording/clip-format.ts";
import { writeClip } from "#protocol/recording/clip-writer.ts";
import { framed, type Moment } from "#protocol/recording/framed.ts";
import { Pseudonyms } from "#protocol/recording/pseudonyms.ts";
import { trafficParts } from "#server/clips/traffic-parts.ts";
import { writeFile } from "#server/clips/write-file.ts";
import { zlibPacking } from "#server/clips/zlib-packing.ts";
import { framesPerGroup } from "#server/log/feed-log.ts";

import type { CliIo } from "./cli-io.ts";
import { convertSettings, notConverted } from "./convert-settings.ts";
import { exitCodes } from "./exit-codes.ts";
import { count, harmless } from "./plain-text.ts";
import { readFlags, readMoment } from "./recording-arguments.ts";

export const convertUsage = `Usage: spillway convert IN OUT [flags]

Turns recorded traffic into another form. IN is a clip (packed or not), a JSON file of Vizceral's format, a
file with such a document on each line, or a folder of such files; its content tells which. OUT tells its form
by its name:

  NAME${clipSuffix}   a clip: everything
  NAME.ndjson                a document of Vizceral's format on each line, one for each frame
  NAME.json                  one such document: the last frame
  NAME.yaml                  a file of settings, where IN is a configuration of promviz or vistio

  --out OUT        the same as OUT
  --from MOMENT    leave out what is earlier: 2026-01-06T12:00:00Z
  --to MOMENT      leave out what is later
  --pseudonyms     replace names (region-1, service-17), leave out metadata and the texts of notices
  --force          replace OUT if it is there
  --help           print this

Ends with 0 when OUT is written, 1 when IN cannot be read or has nothing in it or OUT cannot be written, and 3
when it was called wrongly.
`;

type Form = "clip" | "lines" | "document";

interface Request {
  readonly input: string;
  readonly output: string;
  readonly form: Form | "settings";
  readonly from: Millis;
  readonly to: Millis;
  readonly hasPseudonyms: boolean;
  readonly isReplacing: boolean;
}

/** Runs `spillway convert` with the arguments that follow the word; resolves to the exit code. */
export async function runConvert(argv: readonly string[], io: CliIo): Promise<number> {
  const request = readRequest(argv);
  if (!request.ok) {
    io.err(`${request.error}\n\n${convertUsage}`);
    return exitCodes.wrongUsage;
  }
  if (request.value === "help") {
    io.out(convertUsage);
    return exitCodes.done;
  }
  const { input, output, form, isReplacing } = request.value;
  if (form === "settings") return convertSettings({ input, output, isReplacing }, io);
  const conversion = new Conversion(request.value);
  try {
    const options = { isKeptUnfinished: false, isReplacing };
    const { bytes } = await writeFile(output, conversion.pieces(form), options);
    for (const what of conversion.oddities) io.err(harmless(`${input}: ${what}\n`));
    io.out(harmless(`${output}: ${count(conversion.frames, "frame")}, ${count(bytes, "byte")}\n`));
    return exitCodes.done;
  } catch (error: unknown) {
    io.err(harmless(`${error instanceof Error ? error.message : String(error)}\n`));
    return notConverted;
  }
}

function readRequest(argv: readonly string[]): Result<Request | "help", string> {
  const given = readFlags(argv, {
    from: "value",
    to: "value",
    pseudonyms: "switch",
    force: "switch",
    out: "value",
    help: "switch",
  });
  if (!given.ok) return given;
  const { switches, values, paths } = given.value;
  if (switches.has("help")) return ok("help");
  const [input, output, ...more] = values.has("out") ? [...paths, values.get("out") ?? ""] : paths;
  if (input === undefined || output === undefined || more.length > 0) {
    return err("spillway convert needs two paths: what to read, and what to write.");
  }
  const form = formOf(output);
  if (form === undefined) {
    return err(`${output}: a name that ends in ${clipSuffix}, .ndjson, .json or .yaml says what to write.`);
  }
  const from = values.has("from") ? readMoment(values.get("from") ?? "", "--from") : ok(-Infinity);
  const to = values.has("to") ? readMoment(values.get("to") ?? "", "--to") : ok(Infinity);
  if (!from.ok) return from;
  if (!to.ok) return to;
  if (from.value > to.value) return err("--from: a moment before that of --to is needed.");
  return ok({
    input,
    output,
    form,
    from: from.value,
    to: to.value,
    hasPseudonyms: switches.has("pseudonyms"),
    isReplacing: switches.has("force"),
  });
}

function formOf(path: string): Request["form"] | undefined {
  if (/\.ya?ml$/.test(path)) return "settings";
  if (path.endsWith(clipSuffix)) return "clip";
  if (path.endsWith(".ndjson")) return "lines";
  return path.endsWith(".json") ? "document" : undefined;
}

/** Reads once, and writes as it reads. */
class Conversion {
  frames = 0;
  readonly oddities: string[] = [];
  readonly #request: Request;
  readonly #pseudonyms: Pseudonyms | undefined;
  readonly #bookmarks: Bookmark[] = [];
  #header: ClipHeader | undefined;

  constructor(request: Request) {
    this.#request = request;
    this.#pseudonyms = request.hasPseudonyms ? new Pseudonyms() : undefined;
  }

  /** @throws an Error with a sentence when the input is not whole, or there is no frame in it. */
  async *pieces(form: Form): AsyncGenerator<Uint8Array | string> {
    const moments = this.#moments();
    const first = await moments.next();
    if (first.done === true) throw new Error(`${this.#request.input}: there is no frame to write.`);
    const all = (async function* () {
      yield first.value;
      yield* moments;
    })();
    if (form === "clip") yield* this.#clip(all);
    else yield* documents(all, form === "document");
  }

  #clip(moments: AsyncIterable<Moment>): AsyncGenerator<Uint8Array> {
    const { from, to } = this.#request;
    const usual: ClipHeader = { feed: "file", title: "", intervalMs: 1000, names: "real" };
    const header = {
      ...(this.#header ?? usual),
      ...(from > -Infinity ? { from } : {}),
      ...(to < Infinity ? { to } : {}),
    };
    const within = () => this.#bookmarks.filter(({ at, to: end = at }) => end >= from && at <= to);
    return writeClip(
      {
        header: this.#pseudonyms?.header(header) ?? header,
        frames: framed(moments, framesPerGroup),
        bookmarks: () => this.#pseudonyms?.bookmarks(within()) ?? within(),
      },
      zlibPacking,
    );
  }

  async *#moments(): AsyncGenerator<Moment> {
    const { input, from, to } = this.#request;
    for await (const part of trafficParts(input)) {
      if (part.kind === "header") this.#header = part.header;
      else if (part.kind === "bookmark") this.#bookmarks.push(part.bookmark);
      else if (part.kind === "oddity") this.oddities.push(part.what);
      else if (part.kind === "end") {
        if (part.outcome.kind === "faulty") throw new Error(`${input}: ${part.outcome.what}`);
        if (part.outcome.kind === "cut") this.oddities.push(part.outcome.what);
      } else if (part.snapshot.at >= from && part.snapshot.at <= to) {
        this.frames += 1;
        const snapshot = this.#pseudonyms?.snapshot(part.snapshot) ?? part.snapshot;
        yield { seq: part.seq, snapshot };
      }
    }
  }
}

/** A line for each frame, or one document for the last. */
async function* documents(moments: AsyncIterable<Moment>, isOne: boolean): AsyncGenerator<string> {
  let last: Moment | undefined;
  for await (const moment of moments) {
    last = moment;
    if (!isOne) yield `${JSON.stringify(writeVizceral(moment.snapshot))}\n`;
  }
  if (isOne && last !== undefined) yield `${JSON.stringify(writeVizceral(last.snapshot), undefined, 1)}\n`;
}

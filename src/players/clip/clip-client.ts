import type { Dispose } from "#base/disposer.ts";
import { err, ok, type Result } from "#base/result.ts";

import type {
  Answer,
  GroupList,
  RecordingFault,
  RecordingOverview,
  RecordingSource,
} from "../recording/recording-source.ts";
import type { ClipCutter } from "./clip-cutter.ts";
import type { ClipDesk, ClipDeskSetting } from "./clip-desk.ts";
import type { ClipAnswer, ClipCommand, ClipQuestion, ClipReply } from "./clip-message.ts";
import type { ClipNews, ClipService } from "./clip-service.ts";
import { nameOf, type ClipFiles } from "./clip-files.ts";

/** As much of a Worker as the client uses. */
export interface ClipWorker {
  postMessage(command: ClipCommand): void;
  addEventListener(kind: "message", listener: (event: { readonly data: ClipReply }) => void): void;
  addEventListener(kind: "error", listener: () => void): void;
  terminate(): void;
}

type Send = (command: ClipCommand) => void;

interface OpenCut {
  readonly came: (bytes: number) => void;
  readonly done: (clip: Result<Blob, string>) => void;
}

interface Opening {
  readonly files: ClipFiles;
  readonly listener: (news: ClipNews) => void;
}

const workerFailed =
  "The browser has ended the reading, perhaps because it is short of memory. Open the file again.";

export interface ClipClientOptions {
  readonly createWorker: () => ClipWorker;
  /** What reads where there can be no worker: not a part of what loads first. */
  readonly desk: () => Promise<(setting: Pick<ClipDeskSetting, "reply">) => ClipDesk>;
}

export interface PreparedClips extends ClipService {
  /** Creates the worker before there is a file, so that it is there when the server is not. */
  readonly prepare: () => void;
}

/** Reads files in a worker, which is created for the first one at the latest. Where there can be no worker, the page reads by itself. */
export function createClipClient({ createWorker, desk }: ClipClientOptions): PreparedClips {
  let lastId = 0;
  const openings = new Map<number, Opening>();
  let send: Send | undefined;
  const cuts = new Map<number, OpenCut>();
  const asked = new Map<number, (answer: ClipAnswer) => void>();

  function receive(reply: ClipReply): void {
    if (reply.kind === "answer") {
      const answer = asked.get(reply.id);
      asked.delete(reply.id);
      answer?.(reply.answer);
      return;
    }
    if (reply.kind === "cut-came" || reply.kind === "cut-done") {
      const cut = cuts.get(reply.id);
      if (reply.kind === "cut-came") cut?.came(reply.bytes);
      else {
        cuts.delete(reply.id);
        cut?.done(reply.clip);
      }
      return;
    }
    const opening = openings.get(reply.file);
    if (opening === undefined) return;
    const { listener, files } = opening;
    if (reply.kind === "opened") {
      const file = {
        name: nameOf(files),
        ...reply.facts,
        source: sourceOf(reply.file),
        cutter: cutterOf(reply.file),
      };
      listener({ kind: "opened", file });
    } else if (reply.kind === "checked") listener({ kind: "checked", notes: reply.notes });
    else if (reply.kind === "read") listener({ kind: "read", bytes: reply.bytes });
    else {
      openings.delete(reply.file);
      listener({ kind: "refused", what: reply.what });
    }
  }

  function sourceOf(file: number): RecordingSource {
    function ask<T>(
      question: ClipQuestion,
      read: (answer: ClipAnswer) => Result<T, RecordingFault>,
      answer: Answer<T>,
    ): Dispose {
      lastId += 1;
      const id = lastId;
      asked.set(id, (raw) => answer(read(raw)));
      sender()({ kind: "question", file, id, question });
      return () => void asked.delete(id);
    }
    return {
      overview: (_feed, wanted, answer) => ask({ about: "overview", ask: wanted }, readOverview, answer),
      groups: (_feed, stretch, answer) => ask({ about: "groups", stretch }, readGroups, answer),
      groupText: (_feed, group, answer) => ask({ about: "text", group }, readText, answer),
    };
  }

  function sender(): Send {
    send ??= hire() ?? deskHere();
    return send;
  }

  function hire(): Send | undefined {
    let worker: ClipWorker;
    try {
      worker = createWorker();
    } catch {
      // No worker here (an old browser, a strict embedder): the page can do without.
      return undefined;
    }
    worker.addEventListener("message", (event) => receive(event.data));
    worker.addEventListener("error", () => {
      worker.terminate();
      send = undefined;
      const failed = [...openings.values()];
      openings.clear();
      asked.clear();
      for (const { done } of cuts.values()) done(err(workerFailed));
      cuts.clear();
      for (const { listener } of failed) listener({ kind: "refused", what: workerFailed });
    });
    return (command) => worker.postMessage(command);
  }

  function deskHere(): Send {
    const made = desk().then((create) => create({ reply: receive }));
    return (command) => void made.then((own) => own.handle(command));
  }

  function cutterOf(file: number): ClipCutter {
    return {
      cut: (ask, came, signal) =>
        new Promise((done) => {
          lastId += 1;
          const id = lastId;
          cuts.set(id, { came, done });
          signal.addEventListener("abort", () => sender()({ kind: "stop-cut", id }));
          sender()({ kind: "cut", file, id, ask });
        }),
    };
  }

  return {
    prepare: () => void sender(),
    open(files, listener) {
      lastId += 1;
      const file = lastId;
      openings.set(file, { files, listener });
      sender()({ kind: "open", file, files });
      return () => {
        if (openings.delete(file)) send?.({ kind: "close", file });
      };
    },
  };
}

const unexpected = err({ kind: "failed", message: "The worker answered something else." } as const);

function readOverview(answer: ClipAnswer): Result<RecordingOverview, RecordingFault> {
  if (!answer.ok) return answer;
  return typeof answer.value === "object" && "bins" in answer.value ? ok(answer.value) : unexpected;
}

function readGroups(answer: ClipAnswer): Result<GroupList, RecordingFault> {
  if (!answer.ok) return answer;
  return typeof answer.value === "object" && "groups" in answer.value ? ok(answer.value) : unexpected;
}

function readText(answer: ClipAnswer): Result<string, RecordingFault> {
  if (!answer.ok) return answer;
  return typeof answer.value === "string" ? ok(answer.value) : unexpected;
}

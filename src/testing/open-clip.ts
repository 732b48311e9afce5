import type { Bookmark } from "#protocol/recording/bookmark.ts";
import { deskInMemory } from "#players/clip/clip-desk.ts";
import { createClipClient } from "#players/clip/clip-client.ts";
import type { ClipNews, ShownFile } from "#players/clip/clip-service.ts";
import type {
  GroupBody,
  GroupList,
  RecordingFault,
  RecordingOverview,
  RecordingSource,
  Stretch,
} from "#players/recording/recording-source.ts";
import { ok, type Result } from "#base/result.ts";

/** How opening a file went: what a page would be told, by the very code that the page's worker runs. */
export interface ClipOpening {
  readonly file: ShownFile | undefined;
  readonly bookmarks: readonly Bookmark[];
  readonly oddities: readonly string[];
  readonly refused: string | undefined;
  readonly news: readonly ClipNews["kind"][];
  close(): void;
}

export function fileOf(name: string, ...content: readonly (string | Uint8Array)[]): File {
  return new File(
    content.map((part) => (typeof part === "string" ? part : part.slice())),
    name,
    { lastModified: 1_767_700_800_000 },
  );
}

/** Opens files as a page without workers does, and waits until they are known to be whole, or refused. */
export function openClip(first: File, ...others: readonly File[]): Promise<ClipOpening> {
  const client = createClipClient({
    createWorker: () => {
      throw new Error("no worker here");
    },
    desk: async () => deskInMemory,
  });
  return new Promise((settle) => {
    let file: ShownFile | undefined;
    const kinds: ClipNews["kind"][] = [];
    const done = (more: Partial<ClipOpening>): void =>
      settle({ file, bookmarks: [], oddities: [], refused: undefined, news: kinds, close, ...more });
    const close = client.open([first, ...others], (news) => {
      kinds.push(news.kind);
      if (news.kind === "opened") ({ file } = news);
      else if (news.kind === "checked") done(news.notes);
      else if (news.kind === "refused") done({ refused: news.what });
    });
  });
}

export const overviewOf = (source: RecordingSource, bins: number, stretch?: Stretch) =>
  new Promise<Result<RecordingOverview, RecordingFault>>((settle) =>
    source.overview("", { bins, ...(stretch === undefined ? {} : { stretch }) }, settle),
  );

export const groupsOf = (source: RecordingSource, stretch: Stretch) =>
  new Promise<Result<GroupList, RecordingFault>>((settle) => source.groups("", stretch, settle));

export const textOf = (source: RecordingSource, first: number) =>
  new Promise<Result<string, RecordingFault>>((settle) =>
    source.groupText("", { epoch: "file", first }, (answer) =>
      settle(answer.ok ? ok(textIn(answer.value)) : answer),
    ),
  );

function textIn(body: GroupBody): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

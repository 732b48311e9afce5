import { useId, useRef, useState, type ReactNode, type SyntheticEvent } from "react";

import type { AppState } from "#store/app-state.ts";
import { framesIn, usualCut } from "#store/clip-state.ts";
import { countOf, fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Switch } from "../ui/Switch.tsx";
import { TextField } from "../ui/TextField.tsx";
import styles from "./ClipDialogs.module.css";
import { formatSize } from "./format-size.ts";
import { momentField, readMomentField } from "./moment-field.ts";
import { ProgressBar } from "./ProgressBar.tsx";

const selectCut = ({ clips }: AppState) => clips.cut;
const selectUtc = ({ settings }: AppState) => settings.utc;
const selectFile = ({ feed }: AppState) => feed.source?.file;

/** The longest note, as of bookmarks. */
const noteLength = 500;

const words = texts.clips.cut;

/** Cuts a stretch out of what is recorded, and saves it as a file. */
export function CutDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const app = useApp();
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  const cut = useAppState(selectCut);
  const utc = useAppState(selectUtc);
  const file = useAppState(selectFile);
  // As it was when the dialog came: what is live goes on.
  const [usual] = useState(() => usualCut(app.store.getState()) ?? { from: 0, to: 0, isLoop: false });
  const [from, setFrom] = useMomentText(usual.from, utc);
  const [to, setTo] = useMomentText(usual.to, utc);
  const [hasPseudonyms, setHasPseudonyms] = useState(false);
  const [note, setNote] = useState("");
  const isComing = cut?.kind === "coming";
  const wrong = whyWrong(from.at, to.at);
  const close = (): void => {
    app.actions.stopCutting();
    onClose();
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (from.at === undefined || to.at === undefined || wrong !== undefined || isComing) return;
    const names = hasPseudonyms ? "pseudonyms" : "real";
    void app.actions.cutClip({ from: from.at, to: to.at, names, note: note.trim() });
  };
  const field = (name: string, key: string, moment: MomentText, change: (text: string) => void) => (
    <div className={styles["field"]}>
      <label htmlFor={`${id}-${key}`}>{name}</label>
      <TextField
        id={`${id}-${key}`}
        {...(key === "from" ? { ref: first } : {})}
        value={moment.text}
        isWrong={moment.at === undefined}
        disabled={isComing}
        aria-describedby={`${id}-said`}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
  return (
    <Dialog title={words.title} onClose={close} size="small" initialFocus={first}>
      <form className={styles["body"]} onSubmit={submit}>
        <p className={styles["text"]}>{words.intro}</p>
        <div className={styles["fields"]}>
          {field(words.from, "from", from, setFrom)}
          {field(words.to, "to", to, setTo)}
        </div>
        <p id={`${id}-said`} className={wrong === undefined ? styles["tip"] : styles["wrong"]}>
          {wrong ?? <Extent from={from.at ?? 0} to={to.at ?? 0} isLoop={usual.isLoop} utc={utc} />}
        </p>
        <Switch
          label={words.pseudonyms}
          hint={words.pseudonymsTip}
          isOn={hasPseudonyms}
          onChange={setHasPseudonyms}
        />
        <div className={styles["field"]}>
          <label htmlFor={`${id}-note`}>{words.note}</label>
          <TextField
            id={`${id}-note`}
            value={note}
            maxLength={noteLength}
            disabled={isComing}
            aria-describedby={`${id}-note-tip`}
            onChange={(event) => setNote(event.target.value)}
          />
          <p id={`${id}-note-tip`} className={styles["tip"]}>
            {words.noteTip}
          </p>
        </div>
        {file !== undefined && <p className={styles["tip"]}>{words.offline}</p>}
        {cut?.kind === "failed" && (
          <p className={styles["said"]} role="alert">
            {fill(words.failed, { message: cut.message })}
          </p>
        )}
        {isComing && (
          <div className={styles["coming"]}>
            <ProgressBar label={words.title} done={cut.bytes} total={undefined} />
            <p className={styles["tip"]}>{fill(words.saving, { size: formatSize(cut.bytes) })}</p>
          </div>
        )}
        <div className={styles["end"]}>
          <Button look="quiet" onClick={isComing ? app.actions.stopCutting : close}>
            {words.cancel}
          </Button>
          <Button type="submit" look="solid" aria-disabled={isComing || wrong !== undefined || undefined}>
            {words.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface MomentText {
  readonly text: string;
  readonly at: number | undefined;
}

/** A moment that can be typed. Untouched it stays what it was, to the millisecond. */
function useMomentText(first: number, utc: boolean): readonly [MomentText, (text: string) => void] {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? momentField(first, utc);
  return [{ text, at: typed === undefined ? first : readMomentField(typed, utc) }, setTyped];
}

function whyWrong(from: number | undefined, to: number | undefined): string | undefined {
  if (from === undefined || to === undefined) return words.wrongTime;
  return to > from ? undefined : words.wrongOrder;
}

interface ExtentProps {
  readonly from: number;
  readonly to: number;
  readonly isLoop: boolean;
  readonly utc: boolean;
}

/** How much that is, and why it is what it is. */
function Extent({ from, to, isLoop, utc }: ExtentProps): ReactNode {
  const frames = useAppState((state) => framesIn(state, { from, to }));
  return (
    <>
      {frames !== undefined && `${countOf(words.frames, frames)}${utc ? `, ${texts.replay.utc}` : ""}. `}
      {isLoop ? words.asLoop : words.asShown}
    </>
  );
}

import { CircleSlash, Filter, KeyRound, PlugZap, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import type { AppState, FeedState } from "#store/app-state.ts";
import { selectPhase } from "#store/selectors.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "./Notice.tsx";
import { Waiting } from "./Waiting.tsx";

type Phase = FeedState["phase"];

const selectHasData = ({ feed }: AppState) => feed.current !== undefined;
const selectIsEmpty = ({ feed }: AppState) => (feed.current?.topology.nodes.length ?? 2) < 2;
const selectFailure = ({ drawing }: AppState) => drawing.failure;
const selectIsHidden = ({ scene }: AppState) =>
  scene !== undefined && scene.shown.nodes === 0 && scene.all.nodes > 0;

/** What stands in the picture's place when there is none. */
export function PictureState(): ReactNode {
  const phase = useAppState(selectPhase);
  const hasData = useAppState(selectHasData);
  const isEmpty = useAppState(selectIsEmpty);
  const isHidden = useAppState(selectIsHidden);
  const failure = useAppState(selectFailure);
  if (!hasData) return <NoData phase={phase} />;
  if (isEmpty) {
    return <Notice icon={<CircleSlash />} title={texts.states.empty} tip={texts.states.emptyTip} />;
  }
  if (failure !== undefined) return <DrawingFailed message={failure} />;
  return isHidden ? <AllHidden /> : undefined;
}

function NoData({ phase }: { readonly phase: Phase }): ReactNode {
  switch (phase.kind) {
    case "refused":
      return <Refused phase={phase} />;
    case "reconnecting":
      return <Waiting detail={phase.reason} />;
    case "connecting":
    case "live":
    case "stale":
    case "paused":
    case "simulated":
      return <Waiting />;
    case "replay":
      return <NoMoment phase={phase} />;
  }
}

/** A moment of the past that has not come yet, or that nobody recorded. */
function NoMoment({ phase: { replay } }: { readonly phase: Extract<Phase, { kind: "replay" }> }): ReactNode {
  if (replay.fault !== undefined) return <Waiting detail={replay.fault} />;
  if (replay.isLoading) return <Waiting />;
  return (
    <Notice
      icon={<CircleSlash />}
      title={texts.replay.nothing}
      tip={texts.replay.nothingTip}
      actions={<BackToLive />}
    />
  );
}

function BackToLive(): ReactNode {
  const { actions } = useApp();
  return (
    <Button look="solid" onClick={actions.goLive}>
      {texts.replay.backToLive}
    </Button>
  );
}

type Refusal = Extract<Phase, { kind: "refused" }>;

function Refused({ phase }: { readonly phase: Refusal }): ReactNode {
  const { title, tip } = texts.refusals[phase.cause];
  return (
    <Notice
      tone="warning"
      icon={phase.cause === "token" ? <KeyRound /> : <PlugZap />}
      title={title}
      tip={tip}
      detail={phase.message}
      actions={<Remedy cause={phase.cause} />}
    />
  );
}

/** What helps against each refusal. */
function Remedy({ cause }: Pick<Refusal, "cause">): ReactNode {
  const { actions } = useApp();
  switch (cause) {
    case "token":
      return (
        <Button look="solid" onClick={() => actions.openDialog("token")}>
          {texts.states.enterToken}
        </Button>
      );
    case "feed":
      return (
        <Button look="solid" onClick={() => window.location.assign(addressWithoutFeed())}>
          {texts.states.usualFeed}
        </Button>
      );
    case "origin":
    case "version":
      return (
        <Button look="solid" onClick={() => window.location.reload()}>
          {texts.ui.reload}
        </Button>
      );
  }
}

/** Another feed has other places: only the page's own address is kept. */
function addressWithoutFeed(): string {
  return window.location.pathname;
}

function DrawingFailed({ message }: { readonly message: string }): ReactNode {
  const { actions } = useApp();
  return (
    <Notice
      tone="danger"
      icon={<TriangleAlert />}
      title={texts.states.failed}
      tip={texts.states.failedTip}
      detail={message}
      actions={
        <>
          <Button look="solid" onClick={actions.toggleTable}>
            {texts.states.openTable}
          </Button>
          <Button look="quiet" onClick={() => window.location.reload()}>
            {texts.ui.reload}
          </Button>
        </>
      }
    />
  );
}

function AllHidden(): ReactNode {
  const { actions } = useApp();
  const filter = useAppState((state) => state.search.filter);
  return (
    <Notice
      icon={<Filter />}
      title={texts.filter.nothing}
      tip={fill(texts.filter.is, { filter })}
      actions={
        <Button look="solid" onClick={() => actions.setFilter("")}>
          {texts.filter.clear}
        </Button>
      }
    />
  );
}

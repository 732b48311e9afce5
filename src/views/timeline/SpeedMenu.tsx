import type { ReactNode } from "react";

import type { AppState } from "#store/app-state.ts";
import { replaySpeedChoices } from "#store/replay-state.ts";
import { fill, texts } from "#store/texts.ts";

import { useApp, useAppState } from "../app-context.ts";
import { Button } from "../ui/Button.tsx";
import { Menu, MenuItem } from "../ui/Menu.tsx";

const selectSpeed = ({ replay }: AppState) => replay.progress?.speed;

function name(speed: number): string {
  return fill(texts.replay.speedValue, { speed });
}

/** How fast the past plays. What is live has one speed. */
export function SpeedMenu(): ReactNode {
  const { actions } = useApp();
  const speed = useAppState(selectSpeed);
  return (
    <Menu
      trigger={
        <Button
          size="small"
          aria-label={`${texts.replay.speed}: ${name(speed ?? 1)}`}
          disabled={speed === undefined}
        >
          {name(speed ?? 1)}
        </Button>
      }
    >
      {replaySpeedChoices.map((value) => (
        <MenuItem
          key={value}
          text={name(value)}
          isOn={value === speed}
          onPress={() => actions.setReplaySpeed(value)}
        />
      ))}
    </Menu>
  );
}

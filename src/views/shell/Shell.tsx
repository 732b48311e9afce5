import "@fontsource-variable/inter";
import "../theme/base.css";
import "../theme/tokens.css";

import { useRef, type ReactNode } from "react";

import type { Clock } from "#base/time.ts";
import type { App } from "#store/app.ts";

import { AppContext } from "../app-context.ts";
import { CrashGuard } from "./CrashGuard.tsx";
import { Screen } from "./Screen.tsx";
import { useLentPorts } from "./use-lent-ports.ts";

export interface ShellProps {
  readonly app: App;
  readonly clock: Clock;
}

/** The whole page around the picture. */
export function Shell({ app, clock }: ShellProps): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const services = useLentPorts(app, clock, root);
  return (
    <CrashGuard>
      <AppContext value={services}>
        <Screen root={root} />
      </AppContext>
    </CrashGuard>
  );
}

import { render, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";

import { AppContext } from "#views/app-context.ts";
import { RecentChoices } from "#views/command-palette/recent-choices.ts";
import { useKeys } from "#views/keys/use-keys.ts";
import { TooltipGroup } from "#views/ui/Tooltip.tsx";

import type { TestApp } from "./test-app.ts";

/** Renders a part of the page around an app, with its keys. */
export function renderView({ app, clock }: TestApp, view: ReactNode): RenderResult {
  const services = {
    app,
    clock,
    registerCapture: () => () => undefined,
    recentChoices: new RecentChoices(),
  };
  return render(
    <AppContext value={services}>
      <TooltipGroup>
        <Keys />
        {view}
      </TooltipGroup>
    </AppContext>,
  );
}

function Keys(): ReactNode {
  useKeys();
  return undefined;
}

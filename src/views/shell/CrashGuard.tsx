import { Component, type ReactNode } from "react";

import { texts } from "#store/texts.ts";

import { Notice } from "../states/Notice.tsx";
import { Button } from "../ui/Button.tsx";

interface CrashGuardProps {
  readonly children: ReactNode;
}

interface CrashGuardState {
  readonly message: string | undefined;
}

/** The one boundary that catches bugs of the page: it says so, and how to go on. */
export class CrashGuard extends Component<CrashGuardProps, CrashGuardState> {
  override readonly state: CrashGuardState = { message: undefined };

  static getDerivedStateFromError(error: unknown): CrashGuardState {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return (
      <Notice
        tone="danger"
        title={texts.states.broken}
        tip={texts.states.brokenTip}
        detail={message}
        actions={
          <Button look="solid" onClick={() => window.location.reload()}>
            {texts.ui.reload}
          </Button>
        }
      />
    );
  }
}

import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { renderView } from "#testing/render-view.tsx";
import { createTestApp } from "#testing/test-app.ts";

import { TokenDialog } from "./TokenDialog.tsx";

afterEach(cleanup);

describe("the token dialog", () => {
  it("shows what the server said, and sends what is typed", () => {
    const test = createTestApp();
    test.player.tell({ phase: { kind: "refused", cause: "token", message: "The token has expired." } });
    renderView(test, <TokenDialog onClose={() => undefined} />);
    expect(screen.getByRole("alert").textContent).toBe("The token has expired.");
    fireEvent.change(screen.getByLabelText("Token"), { target: { value: " secret " } });
    fireEvent.click(screen.getByRole("button", { name: "Connect" }));
    expect(test.player.tokens).toEqual(["secret"]);
  });

  it("sends nothing when nothing was typed", () => {
    const test = createTestApp();
    renderView(test, <TokenDialog onClose={() => undefined} />);
    fireEvent.click(screen.getByRole("button", { name: "Connect" }));
    expect(test.player.tokens).toEqual([]);
  });

  it("hides the token from onlookers", () => {
    renderView(createTestApp(), <TokenDialog onClose={() => undefined} />);
    expect(screen.getByLabelText("Token").getAttribute("type")).toBe("password");
  });

  it("opens by itself when the server asks for one", () => {
    const test = createTestApp();
    test.player.tell({ phase: { kind: "refused", cause: "token", message: "…" } });
    expect(test.app.store.getState().screen.dialog).toBe("token");
  });
});

import { must } from "#base/assert.ts";
import type { App } from "#store/app.ts";
import type { Command, CommandId } from "#store/command.ts";

export function commandOf(app: App, id: CommandId): Command {
  return must(
    app.commands.find((command) => command.id === id),
    `there is no command "${id}"`,
  );
}

/** Runs a command; what goes wrong in one that takes time, it tells by itself. */
export function runCommand(app: App, command: Command): void {
  void command.run(app);
}

import { GroupPacker, type GroupCommand, type GroupReply } from "./group-message.ts";
import { readFrames } from "./read-frames.ts";
import { TopologyPool } from "./topology-pool.ts";

/** Takes groups as they came, and replies with their frames. */
export interface GroupDesk {
  handle(command: GroupCommand): void;
}

export function createGroupDesk(reply: (reply: GroupReply) => void): GroupDesk {
  const pool = new TopologyPool();
  const packer = new GroupPacker();
  return {
    handle({ id, body, until }) {
      const read = readFrames(body, pool, until);
      if (read.ok) reply({ kind: "read", id, group: packer.pack(read.value) });
      else reply({ kind: "wrong", id, why: read.error });
    },
  };
}

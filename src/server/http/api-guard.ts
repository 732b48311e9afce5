import type { FastifyReply, FastifyRequest } from "fastify";

import { isLoopback, whyOriginRefused, type OriginPolicy } from "../access/origin.ts";
import { mayDo, type Right } from "../access/tokens.ts";
import { whoIs } from "../access/who-is.ts";
import type { TokenEntry } from "../config/token-setting.ts";

export interface ApiAccess {
  readonly tokens: readonly TokenEntry[];
  readonly origins: OriginPolicy;
}

/** How everything under /api says no; `message` is a sentence for people that says what to do. */
export interface ApiError {
  readonly error: { readonly message: string };
}

export function apiError(message: string): ApiError {
  return { error: { message } };
}

export const cannotKeep =
  "The server cannot keep the frame: its data folder cannot be written. Whoever runs it can name another one with --data.";

/** Whose token has the right. */
const whoMay: Readonly<Record<Right, string>> = {
  watch: "a viewer's",
  operate: "an operator's",
  push: "a pusher's",
};

const pushNeedsToken =
  "Without tokens the server takes traffic from its own machine only. Set SPILLWAY_TOKENS=pusher:SECRET (spillway token makes one).";

/** Lets nobody pass who may not do this: pages of other origins, and whoever shows no token with the right. */
export function onlyWhoMay(right: Right, { tokens, origins }: ApiAccess) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { headers, socket } = request;
    const why = whyOriginRefused(origins, { headers, remoteAddress: socket.remoteAddress });
    if (why !== undefined) {
      await reply.code(403).send(apiError(why));
      return;
    }
    if (right === "push" && tokens.length === 0) {
      // Whoever may look need not be one who may say what is seen.
      if (!isLoopback(socket.remoteAddress)) await reply.code(403).send(apiError(pushNeedsToken));
      return;
    }
    const role = whoIs(tokens, { authorization: headers.authorization });
    if (!role.ok) {
      await reply.code(401).header("WWW-Authenticate", "Bearer").send(apiError(role.error.message));
    } else if (!mayDo(role.value, right)) {
      const message = `This token has the role ${role.value}, which may not ${right}. Ask for ${whoMay[right]}.`;
      await reply.code(403).send(apiError(message));
    }
  };
}

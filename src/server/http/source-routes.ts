import type { FastifyInstance } from "fastify";

import type { MergedSource } from "../sources/merged/merged-source.ts";
import { apiError, onlyWhoMay, type ApiAccess } from "./api-guard.ts";

export interface SourceRoutesOptions extends ApiAccess {
  readonly sources: readonly { readonly feed: string; readonly merged?: MergedSource }[];
}

/** How the sources of a feed are: what each said last, how old that is, what it counts, why it failed. */
export function addSources(http: FastifyInstance, options: SourceRoutesOptions): void {
  http.get<{ Params: { feed: string } }>(
    "/api/feeds/:feed/sources",
    { onRequest: onlyWhoMay("watch", options) },
    async (request, reply) => {
      const found = options.sources.find(({ feed }) => feed === request.params.feed);
      if (found === undefined) {
        const names = options.sources.map(({ feed }) => feed).join(", ");
        return reply.code(404).send(apiError(`The server has no such feed. It has: ${names}.`));
      }
      return reply
        .header("Cache-Control", "no-store")
        .send({ feed: found.feed, sources: found.merged?.status() ?? [] });
    },
  );
}

import { existsSync } from "node:fs";
import { join } from "node:path";

import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const missingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Spillway: the page is not built</title>
<h1>The page is not built</h1>
<p>The server runs, but there is no page to show. Run <code>npm run build</code> in Spillway's folder and reload.</p>
</html>
`;

/**
 * Serves the built page. Files with a hash in their name never change; everything else is asked for anew each time. Where the build has put a compressed copy beside a file, whoever
 * understands it gets that.
 */
export async function servePage(http: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, "index.html"))) {
    http.get("/", (_request, reply) => reply.code(503).type("text/html; charset=utf-8").send(missingPage));
    return;
  }
  await http.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (response, path) => {
      response.setHeader("Vary", "Accept-Encoding");
      const isHashed = path.startsWith(join(folder, "assets"));
      response.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

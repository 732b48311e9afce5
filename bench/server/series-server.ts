import { createServer } from "node:http";

/* A Prometheus that answers one query: so many edges of Istio, four response codes each. Every rate is another in every answer. Prints its port. */

const edges = Number(process.argv[2]);
const services = 300;
let asked = 0;

function series(index: number): object {
  const edge = Math.floor(index / 4);
  const to = (edge * 7 + 3 + Math.floor(edge / services) * 13) % services;
  const cluster = (of: number) => `prod-cluster-${of % 3}`;
  return {
    metric: {
      reporter: "source",
      source_cluster: cluster(edge),
      source_workload_namespace: `namespace-${(edge % services) % 7}`,
      source_canonical_service: `service-${edge % services}`,
      destination_cluster: cluster(to),
      destination_service_namespace: `namespace-${to % 7}`,
      destination_canonical_service: `service-${to}`,
      destination_service_name: `service-${to}`,
      request_protocol: "http",
      response_code: ["200", "302", "404", "503"][index % 4],
      response_flags: "-",
    },
    value: [Date.now() / 1000, String(((index * 7919 + asked * 104_729) % 100_003) / 97)],
  };
}

const server = createServer((request, response) => {
  let form = "";
  request.on("data", (piece: Buffer) => void (form += piece.toString()));
  request.on("end", () => {
    asked += 1;
    const isAbout = new URLSearchParams(form).get("query")?.includes("istio_requests_total") === true;
    const result = isAbout ? Array.from({ length: 4 * edges }, (_, i) => series(i)) : [];
    response.end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
  });
}).listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") console.log(address.port);
});

/**
 * Waiting in an M/M/c queue: Poisson arrivals, exponential service, c equal servers, one line. The recurrence for Erlang B is stable and costs c steps
 * (Brooker, "Latency Sneaks Up On You" and "Erlang", 2020).
 */

/** Erlang B: the share of calls that find every server busy and leave. `load` is in erlangs, arrivals per second x seconds of service. */
export function erlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k += 1) blocked = (load * blocked) / (k + load * blocked);
  return blocked;
}

/** Erlang C: the share of calls that must wait; 1 from a utilisation of 1. */
export function erlangC(servers: number, load: number): number {
  const utilisation = load / servers;
  if (!(utilisation < 1)) return 1;
  const blocked = erlangB(servers, load);
  return blocked / (1 - utilisation * (1 - blocked));
}

/** Mean wait before service, in the unit of `serviceTime`; Infinity from a utilisation of 1. */
export function meanWait(servers: number, load: number, serviceTime: number): number {
  const utilisation = load / servers;
  if (!(utilisation < 1)) return Infinity;
  return (erlangC(servers, load) * serviceTime) / (servers * (1 - utilisation));
}

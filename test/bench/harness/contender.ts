/** The worker's half of a benchmark: offers named scenarios to the page and times each run where it happens. */

/**
 * Does the work of one measurement, checks what came out of it, and throws if that is not what it must be.
 *
 * @param units how often to do it
 * @param port given when the page watches: the way to it
 * @returns nothing, and the whole call counts; or the milliseconds that count, when some of the call is preparation, alone
 *   or with other numbers that were found out.
 */
export type Scenario = (units: number, port: MessagePort | undefined) => Promise<number | Found | void>;

export interface Found {
  readonly ms: number;
  readonly [note: string]: number;
}

/** What the page asks for. */
export interface Order {
  readonly scenario: string;
  readonly units: number;
  readonly port: MessagePort | undefined;
}

/** What it gets: milliseconds and whatever else was found out, or why there is nothing. */
export type Reply = { readonly found: Found } | { readonly error: string };

async function measure(scenarios: Readonly<Record<string, Scenario>>, order: Order): Promise<Reply> {
  const scenario = scenarios[order.scenario];
  if (!scenario) return { error: `There is no scenario "${order.scenario}".` };
  try {
    const start = performance.now();
    const own = await scenario(order.units, order.port);
    if (typeof own === 'object') return { found: own };
    return { found: { ms: own ?? performance.now() - start } };
  } catch (error) {
    return { error: String(error) };
  }
}

/** Takes orders for these scenarios, one at a time. Called once per worker. */
export function contender(scenarios: Readonly<Record<string, Scenario>>): void {
  self.onmessage = ({ data }: MessageEvent<Order>) => {
    void measure(scenarios, data).then((reply) => {
      self.postMessage(reply);
    });
  };
}

/** @throws when a run did not end as it must. */
export function verify(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what} is ${String(actual)} and not ${String(expected)}.`);
}

/** The node that all engines run in a loop. */

export interface Count {
  readonly n: number;
}

export async function asyncNode({ n }: Count): Promise<Count> {
  return { n: n + 1 };
}

export function syncNode({ n }: Count): Count {
  return { n: n + 1 };
}

/** Holds the types of a large graph to a budget: builders that pile up types make an editor wait at every key. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const NODES = 200;
/** Seconds that tsc may take to parse and check, by its own clock. */
const SECONDS = 5;
/** Type instantiations for each node: about 1.5 times what was measured. */
const PER_NODE = 15;

/** Four kinds of nodes in turn, each with its own way to go on. */
function node(index: number): string {
  const next = `'n${index + 1}'`;
  const name = `'n${index}'`;
  const key = `c${index % 20}`;
  switch (index % 4) {
    case 0:
      return `.addNode(${name}, ({ ${key}, log }) => ({ ${key}: ${key} + log.length, log: [${name}] }))
  .addConditionalEdges(${name}, ({ ${key} }) => (${key} > 0 ? ${next} : END), [${next}, END])`;
    case 1:
      return `.addNode(${name}, ({ scores }) => new Command({ update: { scores: { a: scores.size } }, goto: ${next} }), { ends: [${next}] })`;
    case 2:
      return `.addNode(${name}, draftNode((draft) => { draft.plan.steps.push({ done: draft.${key} > 0 }); draft.note += 'x'; }))
  .addConditionalEdges(${name}, ({ log }) => log.map((item) => new Send(${next}, item)), [${next}])`;
    default:
      return `.addSendNode<string>(${name}, async (item, { context }) => ({ log: [item, context.user], sum: 1 }))
  .addEdge(${name}, ${index === NODES - 1 ? 'END' : next})`;
  }
}

function source(nodes: number): string {
  const channels = Array.from({ length: 20 }, (_, index) => `  c${index}: last(() => 0),`);
  return `import { append, Command, draftNode, END, last, map, reduce, Send, START, StateGraph, text } from '${root}src/engine.ts';
const channels = {
${channels.join('\n')}
  log: append<string>(),
  scores: map<number>(),
  note: text(),
  sum: reduce((sum: number, n: number) => sum + n, () => 0),
  plan: last<{ readonly steps: readonly { readonly done: boolean }[] }>(() => ({ steps: [] })),
};
export const graph = new StateGraph<typeof channels, { readonly user: string }>({ id: 'large', version: '1', channels })
  .addEdge(START, 'n0')
  ${Array.from({ length: nodes }, (_, index) => node(index)).join('\n  ')}
  .compile();
export const result = graph.invoke({ c0: 1 }, { context: { user: 'Ada' } }).then(({ state }) => state.plan.steps.length);
`;
}

/** What tsc says of itself when it checks a graph of so many nodes with the options of the project. */
function check(folder: string, nodes: number): (name: string) => number {
  writeFileSync(join(folder, 'graph.ts'), source(nodes));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      include: ['graph.ts', join(root, 'src/**/*.d.ts')],
      exclude: [],
    }),
  );
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const output = execFileSync(process.execPath, [tsc, '-p', folder, '--noEmit', '--extendedDiagnostics'], {
    encoding: 'utf8',
  });
  return (name) => {
    const [, value] = new RegExp(`^${name}: +([\\d.]+)`, 'm').exec(output) ?? [];
    assert.ok(value !== undefined, `tsc says nothing of "${name}": ${output}`);
    return Number(value);
  };
}

it(`checks a graph of ${NODES} nodes in under ${SECONDS} s, with few instantiations for each node`, (test) => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'types-'));
  try {
    const small = check(folder, 4);
    const large = check(folder, NODES);
    const seconds = large('Parse time') + large('Check time');
    const perNode = (large('Instantiations') - small('Instantiations')) / (NODES - 4);
    test.diagnostic(`${perNode.toFixed(1)} instantiations a node, ${seconds.toFixed(2)} s`);
    assert.ok(seconds < SECONDS, `${seconds} s`);
    assert.ok(perNode < PER_NODE, `${perNode} instantiations a node, more than ${PER_NODE}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

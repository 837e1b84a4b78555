import { expect } from 'chai';
import { within } from '../../src/workflow/read/refs.ts';
import { faultsOf, flow, nodeOf, read, readOne } from './reading.ts';

const files =
  (all: Readonly<Record<string, string>>) =>
  (path: string): string => {
    const text = all[path];
    if (text === undefined) throw new Error(`404 ${path}`);
    return text;
  };

describe('the variables of a document', () => {
  it('come from the map that the site gives, in texts and as values', async () => {
    const spec = await readOne(
      'f:\n  nodes:\n    - {id: a, goal: "Ask $env.SHOP for ${WHAT:-shoes}", tool_budget: $env.BUDGET}\n    - id: b\n      goal: B\n      timeout: ${T:-30}\n',
      {
        env: { SHOP: 'Acme', BUDGET: '7' },
      },
    );
    const agent = nodeOf(spec, 'a', 'agent');
    expect(agent.goal.text).to.equal('Ask Acme for shoes');
    expect(agent.toolBudget).to.equal(7);
    expect(nodeOf(spec, 'b', 'agent').timeout).to.equal(30_000);
  });

  it('stay texts in quotes, and cannot bring in structure', async () => {
    const spec = await readOne(flow('{id: a, type: compute, tools: [t], inputs: {n: "$env.N", m: $env.M}}'), {
      env: { N: '7', M: '{a: 1}' },
    });
    expect(nodeOf(spec, 'a', 'compute').inputs).to.deep.equal({ n: '7', m: '{a: 1}' });
  });

  it('are faults where they are missing, and look nowhere else', async () => {
    const { errors } = await faultsOf(flow('{id: a, goal: "$env.SHPO"}', '{id: b, goal: "$env.toString"}'), {
      env: { SHOP: 'Acme' },
    });
    expect(errors).to.deep.equal([
      '3:21 There is no variable `SHPO`, and no default for it. | Did you mean `SHOP`?',
      '4:21 There is no variable `toString`, and no default for it. | There is: `SHOP`.',
    ]);
  });

  it('are left alone behind a second dollar', async () => {
    const spec = await readOne(flow('{id: a, goal: "$$env.X $${Y} costs $5"}'));
    expect(nodeOf(spec, 'a', 'agent').goal.text).to.equal('$env.X ${Y} costs $5');
  });
});

describe('a reference to a node', () => {
  const shared = 'nodes:\n  - {id: fetch, type: compute, tools: [search], inputs: {q: $ctx.q}, timeout: 5}\n';

  it('brings in a node of another file, with its own fields over it', async () => {
    const document = await read('f:\n  nodes:\n    - {$ref: "./lib/shared.yaml#fetch", id: hits, timeout: 9}\n', {
      file: 'flows/a.yaml',
      load: files({ 'lib/shared.yaml': shared }),
    });
    const spec = document.workflows['f'];
    expect(spec && nodeOf(spec, 'hits', 'compute')).to.deep.include({
      tools: ['search'],
      timeout: 9000,
      output: 'hits',
    });
  });

  it('reaches nodes of named workflows, of the same file, and on through files', async () => {
    const load = files({
      'b.yaml': 'workflows: {w: {nodes: [{$ref: "c.yaml#deep", id: mid}]}}',
      'c.yaml': 'w: {nodes: [{id: deep, goal: Deep}]}',
    });
    const spec = await readOne(
      'f:\n  nodes:\n    - {$ref: "b.yaml#mid"}\n    - {$ref: "#mid2", id: again}\n    - {id: mid2, goal: Here}\n',
      { load },
    );
    expect(spec.nodes.map((node) => [node.id, node.type === 'agent' && node.goal.text])).to.deep.equal([
      ['mid', 'Deep'],
      ['again', 'Here'],
      ['mid2', 'Here'],
    ]);
  });

  it('changes the hash with what it refers to', async () => {
    const text = 'f: {nodes: [{$ref: "b.yaml#x"}]}';
    const of = async (goal: string): Promise<string> =>
      (await read(text, { load: files({ 'b.yaml': `nodes: [{id: x, goal: ${goal}}]` }) })).hash;
    expect(await of('A')).not.to.equal(await of('B'));
    expect(await of('A')).to.equal(await of('A'));
  });

  it('changes the layout with that of every file, so that nothing is told at the place that it had before', async () => {
    const of = async (more: string): Promise<readonly [string, string]> => {
      const load = files({ 'b.yaml': `${more}nodes: [{id: x, goal: A}]` });
      const { hash, layout } = await read('f: {nodes: [{$ref: "b.yaml#x"}]}', { load });
      return [hash, layout];
    };
    const [[hash, layout], [sameHash, otherLayout]] = [await of(''), await of('# a remark\n')];
    expect(sameHash).to.equal(hash);
    expect(otherLayout).not.to.equal(layout);
  });

  it('stays within the folder of the document', () => {
    expect(within('a.yaml', './b.yaml')).to.equal('b.yaml');
    expect(within('lib/a.yaml', '../b.yaml')).to.equal('b.yaml');
    expect(within('lib/a.yaml', 'x/../c/b.yaml')).to.equal('lib/c/b.yaml');
    for (const path of [
      '',
      '../b.yaml',
      'x/../../b.yaml',
      '/etc/passwd',
      'https://evil.test/b.yaml',
      '//evil.test/b',
      '..\\b.yaml',
      '%2e%2e/b.yaml',
      'b.yaml?x',
      'C:b.yaml',
    ]) {
      expect(within('a.yaml', path), path).to.equal(undefined);
    }
  });

  for (const [what, ref, fault] of [
    ['that leaves the folder', '../b.yaml#x', /stays within the folder/],
    ['without a node', 'b.yaml', /names a file and a node/],
    ['to a file that is not there', 'gone.yaml#x', /`gone.yaml` cannot be loaded: 404/],
    ['to a node that is not there', 'b.yaml#fetsh', /`b.yaml` has no node `fetsh`. \| Did you mean `fetch`/],
    ['to itself by another', 'loop.yaml#a', /leads back to itself: loop.yaml#a → loop.yaml#b → loop.yaml#a/],
    ['to a file without nodes', 'empty.yaml#a', /`empty.yaml` has no nodes/],
  ] as const) {
    it(`is refused: one ${what}`, async () => {
      const load = files({
        'b.yaml': shared,
        'loop.yaml': 'nodes: [{id: a, $ref: "#b"}, {id: b, $ref: "#a"}]',
        'empty.yaml': 'x: 1',
      });
      const { errors } = await faultsOf(`f: {nodes: [{$ref: "${ref}", id: n}]}`, { load });
      expect(errors.join('\n')).to.match(fault);
    });
  }

  it('needs a loader', async () => {
    expect((await faultsOf('f: {nodes: [{$ref: "b.yaml#x"}]}')).errors.join()).to.match(
      /Other files cannot be loaded here/,
    );
  });

  it('tells the faults of other files with their names and places', async () => {
    const { errors } = await faultsOf('f: {nodes: [{$ref: "b.yaml#x"}]}', {
      load: files({ 'b.yaml': 'nodes: [\n {id: x, goal: "{{a b}}", colour: red}]' }),
    });
    expect(errors.join()).to.match(/^2:21 The goal cannot be read/);
  });
});

/** The workflows of this package: reading, compiling, finding again, and running. */
import { last, START, StateGraph } from '../../../src/engine.ts';
import { createMemoryCheckpointer, ResultCache, WorkflowEngine } from '../../../src/workflows.ts';
import { compileWorkflow, readDocument } from '../../../src/workflow/index.ts';
import type { CompileOptions, WorkflowDocument } from '../../../src/workflow/index.ts';
import { PlanCache } from '../../../src/workflow/plan-cache.ts';
import { parseYaml } from '../../../src/yaml/index.ts';
import { contender, verify } from '../harness/contender.ts';
import type { Scenario } from '../harness/contender.ts';
import { transformText, workflowText } from './data.ts';

const options: CompileOptions = {
  agentNode: (spec) => (state) => spec.keep(state, 'said'),
  handlers: { score: () => 1 },
  results: new ResultCache(),
};
const read = (text: string): Promise<WorkflowDocument> => readDocument(text, parseYaml, { file: 'support.yaml' });

const load = (count: number): Scenario => {
  const text = workflowText(count);
  verify(
    text.length / count >= 600 && text.length / count <= 900,
    true,
    `whether a node has 600 to 900 letters, not ${text.length / count},`,
  );
  return async (units) => {
    let nodes = 0;
    for (let i = 0; i < units; i++)
      nodes += compileWorkflow(await read(text), 'support', options).describe().nodes.length > 0 ? 1 : 0;
    verify(nodes, units, 'the number of plans');
  };
};

const compile = (count: number): Scenario => {
  let document: WorkflowDocument | undefined;
  return async (units) => {
    document ??= await read(workflowText(count));
    const start = performance.now();
    for (let i = 0; i < units; i++) compileWorkflow(document, 'support', options);
    return performance.now() - start;
  };
};

/** Strings that are made anew for one measurement: very many would take longer to make than to look up. */
const FRESH = 200;

const cachedByIdentity = (): Scenario => {
  const plans = new PlanCache(options, read);
  return async (units) => {
    const document = await read(workflowText(20));
    const graph = plans.graph(document, 'support');
    const start = performance.now();
    for (let i = 0; i < units; i++)
      if (plans.graph(document, 'support') !== graph) throw new Error('It is another plan.');
    return performance.now() - start;
  };
};

const cachedByText = (): Scenario => {
  const plans = new PlanCache(options, read);
  const text = workflowText(20);
  return async (units) => {
    const document = await plans.document(text);
    if (!document) throw new Error('There is no document.');
    const graph = plans.graph(document, 'support');
    // A text that has just come over the network is another string, whose hash nobody has worked out yet.
    const fresh = Array.from({ length: FRESH }, () => new TextDecoder().decode(new TextEncoder().encode(text)));
    const start = performance.now();
    for (const each of fresh) {
      const found = await plans.document(each);
      if (!found || plans.graph(found, 'support') !== graph) throw new Error('It is another plan.');
    }
    return ((performance.now() - start) * units) / FRESH;
  };
};

const STEPS = 500;

async function runTransforms(): Promise<Scenario> {
  const document = await read(transformText(STEPS));
  const graph = compileWorkflow(document);
  return async (units) => {
    for (let i = 0; i < units / STEPS; i++) {
      const { state } = await graph.invoke({ data: {} });
      verify(state.data['x'], STEPS, 'the number of steps');
    }
  };
}

/** The same by hand: nodes of the engine that count in a record. */
function runNodes(): Scenario {
  const channels = { data: last<Readonly<Record<string, number>>>(() => ({})) };
  const builder = new StateGraph({ id: 'count', version: '1', channels });
  for (let index = 0; index < STEPS; index++) {
    builder.addNode(`n${index}`, ({ data }) => ({ data: { ...data, x: (data['x'] ?? 0) + 1 } }));
    builder.addEdge(index === 0 ? START : `n${index - 1}`, `n${index}`);
  }
  const graph = builder.compile();
  return async (units) => {
    for (let i = 0; i < units / STEPS; i++) {
      const { state } = await graph.invoke({ data: {} });
      verify(state.data['x'], STEPS, 'the number of steps');
    }
  };
}

const execute: Scenario = async (units) => {
  const engine = new WorkflowEngine({ ...options, checkpointer: createMemoryCheckpointer() });
  const document = await read(transformText(20));
  const start = performance.now();
  for (let i = 0; i < units; i++) verify((await engine.execute(document)).data['x'], 20, 'the number of steps');
  return performance.now() - start;
};

let transforms: Promise<Scenario> | undefined;

contender({
  'load 20': load(20),
  'compile 20': compile(20),
  'compile 200': compile(200),
  'cached by identity': cachedByIdentity(),
  'cached by text': cachedByText(),
  'run transforms': async (units, port) => (await (transforms ??= runTransforms()))(units, port),
  'run nodes': runNodes(),
  'execute 20': execute,
});

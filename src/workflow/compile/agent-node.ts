/** An agent, by the port that the host gives. */
import type { AnyGraph } from '../../engine/index.ts';
import type { AgentSpec, Located, TeamSpec } from '../document.ts';
import { parseInputs } from '../expression/inputs.ts';
import { parseTemplate } from '../expression/template.ts';
import type { Data, WorkflowState } from './channels.ts';
import { refusal } from './constraints.ts';
import type { Compilation } from './parts.ts';
import type { AgentNodeSpec, WorkflowNode } from './ports.ts';
import { located, scopeOf } from './scope.ts';

/** What a goal says, given the state; `inputs` are names that it knows beside the data. */
export function promptOf(
  goal: Located,
  inputs: Data | undefined,
  compilation: Compilation,
): AgentNodeSpec['prompt'] | undefined {
  const template = compilation.parse(goal, parseTemplate);
  const reader = inputs && compilation.parse(goal, () => parseInputs(inputs));
  if (!template) return undefined;
  return (state: WorkflowState) =>
    located(goal, () => {
      const scope = scopeOf(state);
      if (!reader) return template.render(scope);
      // The inputs of a node are a record.
      const own = reader.read(scope) as Data;
      return template.render({ ...scope, data: { ...scope.data, ...own } });
    });
}

/** Makes a node by the port; a fault where there is none. */
export function madeBy(
  compilation: Compilation,
  place: Located,
  spec: AgentNodeSpec,
): WorkflowNode | AnyGraph | undefined {
  const { agentNode } = compilation.options;
  if (agentNode) return agentNode(spec);
  compilation.fault(
    place,
    `\`${spec.id}\` needs an agent, and there is none here.`,
    'Give `agentNode` to the compiler, or use tools.',
  );
  return undefined;
}

/** A fault where what the node lies in blocks models; its own constraints were looked at when it was read. */
export function demandModel({ constraints, goal, type }: AgentSpec | TeamSpec, compilation: Compilation): void {
  if (!constraints.llm) compilation.fault(goal, `This ${type} needs a model, and \`llm\` is blocked around it.`);
}

export function agentNode(spec: AgentSpec, compilation: Compilation): WorkflowNode | AnyGraph | undefined {
  const { id, role, tools, toolBudget, llm, profile, output, constraints } = spec;
  const prompt = promptOf(spec.goal, spec.inputs, compilation);
  demandModel(spec, compilation);
  if (!prompt) return undefined;
  return madeBy(compilation, spec.goal, {
    ...{ id, role, llm, prompt },
    ...(tools ? { tools } : {}),
    ...(profile === undefined ? {} : { profile }),
    note: (message, suggestion) => {
      compilation.note({ text: id, at: spec.at }, message, suggestion);
    },
    allows: (tool) => refusal(constraints, tool) === undefined,
    toolBudget: Math.min(toolBudget, constraints.maxToolCalls ?? Infinity),
    keep: ({ data }, said) => ({ data: { ...data, [output]: said } }),
  });
}

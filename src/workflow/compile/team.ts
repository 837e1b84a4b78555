/** A team: several agents that work on one goal, in one of four formations. */
import { Command, END, START, StateGraph } from '../../engine/index.ts';
import type { AnyGraph } from '../../engine/index.ts';
import type { Formation, MemberSpec, TeamSpec } from '../document.ts';
import { demandModel, madeBy, promptOf } from './agent-node.ts';
import { workflowChannels } from './channels.ts';
import type { Data, WorkflowChannels, WorkflowState } from './channels.ts';
import { refusal } from './constraints.ts';
import type { Compilation } from './parts.ts';
import type { AgentNodeSpec, WorkflowContext, WorkflowNode } from './ports.ts';

/** What the members have said, by member: it lies in the data, under the output of the team. */
function saidOf({ data }: WorkflowState, { output }: TeamSpec): Readonly<Record<string, string>> {
  const said = Object.hasOwn(data, output) ? data[output] : undefined;
  // Only the nodes of the team write there until it ends.
  return (said ?? {}) as Readonly<Record<string, string>>;
}

/** Whose words a member is shown. */
const SHOWN: Readonly<Record<Formation, (before: readonly string[], all: readonly string[]) => readonly string[]>> = {
  sequential: (before) => before,
  pipeline: (before) => before.slice(-1),
  parallel: () => [],
  consensus: (_, all) => all,
};

/** In a consensus each ends with its answer, in a line of its own. */
const ANSWER = /^\s*ANSWER:\s*(.+?)\s*$/gim;

function answerOf(said: string): string {
  return [...said.matchAll(ANSWER)].at(-1)?.[1] ?? said.trim();
}

/** The answer that more than half of the members give. */
function agreed(said: Readonly<Record<string, string>>, members: number): string | undefined {
  const counts = new Map<string, { readonly answer: string; count: number }>();
  for (const text of Object.values(said)) {
    const answer = answerOf(text);
    const known = counts.get(answer.toLowerCase()) ?? { answer, count: 0 };
    known.count++;
    counts.set(answer.toLowerCase(), known);
  }
  return [...counts.values()].find(({ count }) => count * 2 > members)?.answer;
}

function memberSpec(
  spec: TeamSpec,
  member: MemberSpec,
  index: number,
  compilation: Compilation,
): AgentNodeSpec | undefined {
  const goal = promptOf(spec.goal, undefined, compilation);
  const own = promptOf(member.goal, undefined, compilation);
  if (!goal || !own) return undefined;
  const ids = spec.members.map(({ id }) => id);
  const shown = SHOWN[spec.formation](ids.slice(0, index), ids);
  const { id, role, tools, expertise } = member;
  const turns = spec.members.length * (spec.formation === 'consensus' ? spec.maxIterations : 1);
  const toolBudget = Math.min(member.toolBudget, Math.floor((spec.constraints.maxToolCalls ?? Infinity) / turns));
  return {
    ...{ id: `${spec.id}.${id}`, role, toolBudget, llm: {} },
    // What a member says has its effect.
    note: () => undefined,
    ...(tools ? { tools } : {}),
    allows: (tool) => refusal(spec.constraints, tool) === undefined,
    prompt: (state) => {
      const said = saidOf(state, spec);
      const others = shown.flatMap((other) =>
        Object.hasOwn(said, other) ? [`${other} said:\n${said[other] ?? ''}`] : [],
      );
      return [
        `The goal of the team: ${goal(state)}`,
        `Your part: ${own(state)}`,
        ...(expertise.length > 0 ? [`You know about: ${expertise.join(', ')}.`] : []),
        ...others,
        ...(spec.formation === 'consensus'
          ? ['End with a line that says `ANSWER: ` and your answer in a few words.']
          : []),
      ].join('\n\n');
    },
    keep: (state, text) => ({ data: { ...state.data, [spec.output]: { ...saidOf(state, spec), [id]: text } } }),
  };
}

/** What the team comes to. */
function resultOf(spec: TeamSpec, said: Readonly<Record<string, string>>): unknown {
  const given = spec.members.map(({ id }) => [id, said[id] ?? null] as const);
  const members: unknown = spec.merge === 'list' ? given.map(([, text]) => text) : Object.fromEntries(given);
  if (spec.formation !== 'consensus') return members;
  const answer = agreed(said, spec.members.length);
  return { members, agreed: answer !== undefined, answer: answer ?? null };
}

export function teamGraph(spec: TeamSpec, compilation: Compilation): AnyGraph | undefined {
  demandModel(spec, compilation);
  const { id, formation, members, output } = spec;
  const graph = new StateGraph<WorkflowChannels, WorkflowContext>({ id, version: '1', channels: workflowChannels });
  const begin: WorkflowNode = ({ data }) => ({ data: { ...data, [output]: {} } as Data });
  const end: WorkflowNode = (state) => ({ data: { ...state.data, [output]: resultOf(spec, saidOf(state, spec)) } });
  const isChain = formation === 'sequential' || formation === 'pipeline';
  const names = members.map((member) => member.id);
  graph.addNode('~begin', begin).addEdge(START, '~begin');
  graph.addNode('~end', end);
  const [first] = names;
  for (const [index, member] of members.entries()) {
    const own = memberSpec(spec, member, index, compilation);
    const node = own && madeBy(compilation, member.goal, own);
    if (!node) return undefined;
    // What a member cannot do, the others may; a chain goes on without it.
    const after = isChain ? (names[index + 1] ?? '~end') : '~said';
    graph.addNode(member.id, node, spec.continueOnError ? { onError: `${member.id}~failed` } : {});
    if (spec.continueOnError) graph.addNode(`${member.id}~failed`, () => ({})).addEdge(`${member.id}~failed`, after);
    graph.addEdge(member.id, after);
    if (!isChain || member.id === first) graph.addEdge('~begin', member.id);
  }
  if (isChain) return graph.compile();
  if (formation === 'parallel') graph.addNode('~said', () => ({}), { defer: true }).addEdge('~said', '~end');
  else {
    const judge: WorkflowNode = (state) => {
      const round = (state.rounds.get(id) ?? 0) + 1;
      const isOver = agreed(saidOf(state, spec), members.length) !== undefined || round >= spec.maxIterations;
      return new Command<WorkflowChannels>({ update: { rounds: { [id]: round } }, goto: isOver ? '~end' : names });
    };
    graph.addNode('~said', judge, { defer: true, ends: ['~end', ...names, END] });
  }
  return graph.compile();
}

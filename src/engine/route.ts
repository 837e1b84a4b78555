/** From where a step ended to where the next one begins. */
import { AgentError } from '../core/index.ts';
import { admit } from '../state/index.ts';
import type { PendingSend, Values } from '../state/index.ts';
import { END, Send } from './command.ts';
import type { Goto } from './command.ts';
import type { Exits, Plan } from './plan.ts';

/** The nodes and sends that are due next. */
export interface Due {
  readonly nodes: readonly string[];
  readonly sends: readonly PendingSend[];
}

/** Splits a `goto` into names and sends, and refuses what is no node of the plan. */
export function resolveGoto(plan: Plan, goto: Goto, from: string): Due {
  const nodes: string[] = [];
  const sends: PendingSend[] = [];
  for (const target of typeof goto === 'string' || goto instanceof Send ? [goto] : goto) {
    const name = target instanceof Send ? target.node : target;
    if (name === END) continue;
    if (!plan.nodes.has(name)) {
      throw new AgentError('invalid-goto', `"${from}" wants to go to "${name}", which is no node.`, {
        fix: `Use END or one of: ${[...plan.nodes.keys()].join(', ')}.`,
        details: { from, to: name },
      });
    }
    if (target instanceof Send) sends.push({ node: name, input: admit(target.input, ['send', name]) });
    else nodes.push(name);
  }
  return { nodes, sends };
}

/** What the edges and routes of a place lead to, given the state after it. */
export async function follow(plan: Plan, exits: Exits, state: Values, from: string): Promise<Due> {
  const nodes = [...exits.edges];
  const sends: PendingSend[] = [];
  for (const { route } of exits.routes) {
    const goto = route(state);
    const due = resolveGoto(plan, goto instanceof Promise ? await goto : goto, from);
    nodes.push(...due.nodes);
    sends.push(...due.sends);
  }
  return { nodes, sends };
}

/** Joins what several places lead to: each node once, in the order of the plan; sends in the order given. */
export function joinDue(plan: Plan, all: readonly Due[]): Due {
  const order = (name: string): number => plan.nodes.get(name)?.index ?? 0;
  const nodes = [...new Set(all.flatMap((due) => due.nodes))].sort((a, b) => order(a) - order(b));
  return { nodes, sends: all.flatMap((due) => due.sends) };
}

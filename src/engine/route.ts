/** From where a step ended to where the next one begins. */
import { AgentError, asAgentError } from '../core/index.ts';
import { admit } from '../state/index.ts';
import type { ParentCommand, PendingSend, Values } from '../state/index.ts';
import { END, Send } from './command.ts';
import type { Command, Goto } from './command.ts';
import { at, NOWHERE } from './frame.ts';
import type { Frame, Position } from './frame.ts';
import type { Exits, Plan, Route } from './plan.ts';
import { isThenable } from './thenable.ts';

/** How many names an error lists. */
const LISTED = 50;

/** The names that exist, for an error's fix; of very many, the first. */
export function listNames(names: readonly string[]): string {
  const more = names.length > LISTED ? `, and ${names.length - LISTED} more` : '';
  return names.slice(0, LISTED).join(', ') + more;
}

function unknownNode(plan: Plan, from: string, to: unknown): AgentError {
  return new AgentError('invalid-goto', `"${from}" wants to go to "${String(to)}", which is no node.`, {
    fix: `Use END or one of: ${listNames([...plan.ids.keys()])}.`,
    details: { from, to: String(to) },
  });
}

/** Splits a `goto` into nodes and sends, and refuses what is no node of the plan. */
export function resolveGoto(plan: Plan, goto: Goto, from: string): Position {
  if (typeof goto === 'string') {
    if (goto === END) return NOWHERE;
    const id = plan.ids.get(goto);
    const alone = id === undefined ? undefined : plan.alone[id];
    if (alone === undefined) throw unknownNode(plan, from, goto);
    return alone;
  }
  const targets: unknown = goto instanceof Send ? [goto] : goto;
  if (!Array.isArray(targets)) throw unknownNode(plan, from, goto);
  const nodes: number[] = [];
  const sends: PendingSend[] = [];
  for (const target of targets as readonly (string | Send)[]) {
    const name = target instanceof Send ? target.node : target;
    if (name === END) continue;
    const id = plan.ids.get(name);
    if (id === undefined) throw unknownNode(plan, from, name);
    if (!(target instanceof Send)) nodes.push(id);
    else if (plan.nodes[id]?.takesState !== true) {
      sends.push({ node: name, input: admit(target.input, ['send', name]) });
    } else {
      throw new AgentError('invalid-goto', `"${from}" sends to "${name}", which takes a draft of the state.`, {
        fix: 'Make it a node that takes the input, with addSendNode().',
        details: { from, to: name },
      });
    }
  }
  return at(nodes.length > 1 ? inOrder(nodes) : nodes, sends);
}

/** What a Command for the parent says, as data: the parent checks it when it arrives. */
export function resolveParent({ ns }: Frame, command: Command, from: string): ParentCommand {
  if (ns === '') {
    throw new AgentError('invalid-goto', `"${from}" returned a Command for a parent, but its graph has none.`, {
      fix: 'Leave `graph` out, or run the graph as a node of another one.',
      details: { from },
    });
  }
  const targets = typeof command.goto === 'string' || command.goto instanceof Send ? [command.goto] : command.goto;
  return {
    node: from,
    update: admit(command.update, ['update']),
    goto: targets.filter((target) => typeof target === 'string'),
    sends: targets.flatMap((target) =>
      target instanceof Send ? { node: target.node, input: admit(target.input, ['send', target.node]) } : [],
    ),
  };
}

/** Each node once, in the order of the plan. */
export function inOrder(nodes: Iterable<number>): readonly number[] {
  return [...new Set(nodes)].sort((a, b) => a - b);
}

/** Joins what several places lead to: each node once, in the order of the plan; sends in the order given. */
export function joinDue(all: readonly Position[]): Position {
  const [only] = all;
  if (all.length === 1 && only) return only;
  return at(
    inOrder(all.flatMap(({ due }) => due)),
    all.flatMap(({ sends }) => sends),
  );
}

/** Joins what some places lead to only later. */
export async function joinLater(all: readonly (Position | Promise<Position>)[]): Promise<Position> {
  const found: Position[] = [];
  for (const each of all) found.push(await each);
  return joinDue(found);
}

function afterRoutes(plan: Plan, exits: Exits, gotos: readonly Goto[], from: string): Position {
  const due = gotos.map((goto) => resolveGoto(plan, goto, from));
  return joinDue(exits.edges.length > 0 ? [at(exits.edges), ...due] : due);
}

async function awaitRoutes(plan: Plan, exits: Exits, gotos: readonly unknown[], from: string): Promise<Position> {
  // Every route returns a goto or a promise of one.
  return afterRoutes(plan, exits, (await Promise.all(gotos)) as readonly Goto[], from);
}

/** Asks a route, and names the place that it leaves when it throws. */
function asked(route: Route, state: Values, from: string): Goto | Promise<Goto> {
  const failed = (error: unknown): never => {
    throw routeError(error, from);
  };
  try {
    const goto = route(state);
    // A promise of this realm, whatever the route gave.
    return isThenable(goto) ? Promise.resolve(goto).catch(failed) : goto;
  } catch (error) {
    return failed(error);
  }
}

function routeError(error: unknown, from: string): AgentError {
  return asAgentError(
    error,
    'node-failed',
    'Mend the cause, then go on with the thread.',
    `The route that leaves "${from}" failed: `,
  );
}

/** What the edges and routes of a place lead to, given the state after it. A promise only where a route gives one. */
export function follow(plan: Plan, exits: Exits, state: Values, from: string): Position | Promise<Position> {
  const { edges, routes } = exits;
  if (routes.length === 0) return edges.length > 0 ? at(edges) : NOWHERE;
  const only = routes[0];
  if (only && routes.length === 1 && edges.length === 0) {
    const goto = asked(only, state, from);
    if (!(goto instanceof Promise)) return resolveGoto(plan, goto, from);
    return goto.then((target) => resolveGoto(plan, target, from));
  }
  const gotos = routes.map((route) => asked(route, state, from));
  if (gotos.some((goto) => goto instanceof Promise)) return awaitRoutes(plan, exits, gotos, from);
  // None of them is a promise.
  return afterRoutes(plan, exits, gotos as readonly Goto[], from);
}

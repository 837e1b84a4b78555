/** The fields that every node has. */
import type { Constraints, NodeBase } from '../document.ts';
import { suggest } from '../faults.ts';
import { Fields, isNothing } from './fields.ts';
import type { ScalarText } from './fields.ts';

/** What the workflow says about its nodes. */
export interface NodeDefaults {
  /** Milliseconds. */
  readonly timeout: number | undefined;
  readonly retries: number;
}

/** A node before its place among the others is known. */
export interface Common extends Omit<NodeBase, 'next'> {
  /** Undefined where nothing is said, so that it goes on with the next one in the list. */
  readonly next: readonly ScalarText[] | undefined;
}

const BLOCKED = ['llm', 'network', 'write', 'filesystem'] as const;
const NOTHING_BLOCKED: Constraints = { llm: true, network: true, write: true };
const ID = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** The id of a node, the name of a workflow or of an output. */
export function checkName(tree: ScalarText, fields: Fields, what: string): boolean {
  if (ID.test(tree.value)) return true;
  fields.faults.error(
    tree,
    `${what} consists of letters, digits, \`_\` and \`-\`, and begins with none of the last two but \`_\`.`,
  );
  return false;
}

function constraintsOf(fields: Fields): { readonly constraints: Constraints; readonly timeout?: number } {
  const { faults } = fields;
  const tree = fields.take('constraints');
  const blocked = fields.texts('blocked_tools', 'forbidden_tools');
  const alsoBlocked = blocked ? { blockedTools: blocked.map(({ value }) => value) } : {};
  if (tree === undefined || isNothing(tree)) return { constraints: { ...NOTHING_BLOCKED, ...alsoBlocked } };
  if (tree.kind === 'map') {
    const inner = new Fields(tree, faults, 'constraints');
    const [llm = true, network = true, write = true] = ['llm_allowed', 'network_allowed', 'write_allowed'].map((name) =>
      inner.boolean(name),
    );
    const maxToolCalls = inner.number('max_tool_calls', { whole: true });
    const allowedTools = inner.texts('allowed_tools')?.map(({ value }) => value);
    const blockedTools = inner.texts('blocked_tools', 'forbidden_tools')?.map(({ value }) => value);
    const timeout = inner.seconds('timeout');
    inner.unserved('a page knows no tiers of cost', 'max_cost_tier');
    inner.unserved('a page has no files', 'filesystem_allowed');
    inner.rest();
    return {
      constraints: {
        ...{ llm, network, write },
        ...(maxToolCalls === undefined ? {} : { maxToolCalls }),
        ...(allowedTools ? { allowedTools } : {}),
        ...(blockedTools ? { blockedTools } : alsoBlocked),
      },
      ...(timeout ? { timeout } : {}),
    };
  }
  const words = fields.textsOf('constraints', tree).filter((word) => {
    if (word.value === 'none' || BLOCKED.some((known) => known === word.value)) return word.value !== 'none';
    faults.error(word, 'This is nothing that can be blocked.', suggest(word.value, BLOCKED));
    return false;
  });
  const isFree = (what: string): boolean => !words.some(({ value }) => value === what);
  return { constraints: { llm: isFree('llm'), network: isFree('network'), write: isFree('write'), ...alsoBlocked } };
}

function retryOf(fields: Fields, retries: number): { readonly attempts: number; readonly delay?: number } | undefined {
  const tree = fields.take('retry', 'retries', 'retry_attempts', 'max_retries', 'retry_policy');
  const most = { whole: true, most: 20 };
  if (tree === undefined || isNothing(tree)) return retries > 0 ? { attempts: retries } : undefined;
  if (tree.kind !== 'map') {
    const attempts = fields.numberOf('retry', tree, most);
    return attempts ? { attempts } : undefined;
  }
  const inner = new Fields(tree, fields.faults, '`retry`');
  const attempts = inner.number('attempts', most, 'max_attempts', 'max_retries', 'count') ?? 1;
  const delay = inner.seconds('delay', 'backoff', 'delay_seconds');
  inner.rest();
  return attempts > 0 ? { attempts, ...(delay ? { delay } : {}) } : undefined;
}

/** The text that names the node for failures; undefined where no node is named. */
export function handlerOf(fields: Fields): ScalarText | undefined {
  const tree = fields.textTree('on_error', 'error_strategy');
  return tree?.value === 'fail' || tree?.value === 'continue' ? undefined : tree;
}

function onErrorOf(fields: Fields): Common['onError'] {
  const handler = handlerOf(fields);
  if (handler) return { goto: handler.value };
  return fields.textTree('on_error', 'error_strategy')?.value === 'continue' ? 'continue' : 'fail';
}

/**
 * Reads what every node has.
 *
 * @param id has been read already, for the messages.
 * @param standard milliseconds that a node of this type may take where nothing is said.
 */
export function readCommon(fields: Fields, id: string, defaults: NodeDefaults, standard: number | undefined): Common {
  const { constraints, timeout: constrained } = constraintsOf(fields);
  const given = fields.secondsOf('timeout', fields.either('timeout', 'timeout_seconds'));
  const least = [given ?? constrained ?? defaults.timeout ?? standard, constrained].filter(
    (ms) => ms !== undefined && ms > 0,
  );
  const timeout = least.length > 0 ? Math.min(...(least as number[])) : undefined;
  const retry = retryOf(fields, defaults.retries);
  const next = fields.texts('next');
  const pure = fields.text('pure');
  fields.take('description');
  return {
    id,
    name: fields.text('name') ?? id,
    next,
    at: fields.tree.source.place(fields.tree.start),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retry ? { retry } : {}),
    onError: onErrorOf(fields),
    constraints,
    ...(pure === undefined ? {} : { pure }),
  };
}

/** The name under which a node's result is kept. */
export function outputOf(fields: Fields, id: string): string {
  const tree = fields.textTree('output', 'output_key');
  if (!tree) return id;
  const name = tree.value.replace(/^\$?ctx\./, '');
  if (!ID.test(name)) checkName(tree, fields, 'An output');
  return name;
}

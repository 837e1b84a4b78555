/** A hitl node: asks a person, and waits for as long as it takes. Silence is never a yes. */
import { AgentError, isRecord } from '../../core/index.ts';
import { Command } from '../../engine/index.ts';
import type { Context } from '../../engine/index.ts';
import { isApproval } from '../../tools/index.ts';
import type { HitlSpec } from '../document.ts';
import { parseTemplate } from '../expression/template.ts';
import { isSame } from '../expression/values.ts';
import { ASKS_FOR_YES } from '../read/hitl.ts';
import type { AuditRecord, Data, WorkflowChannels, WorkflowState } from './channels.ts';
import type { Compilation } from './parts.ts';
import type { WorkflowContext, WorkflowNode } from './ports.ts';
import { located, scopeOf } from './scope.ts';

/** What a person is asked: the payload of an interrupt of kind `input`. */
export interface HitlRequest {
  readonly hitl: HitlSpec['hitlType'];
  readonly node: string;
  readonly prompt: string;
  /** The data that the question is about; in a review these are what may be changed. */
  readonly context: Data;
  readonly choices?: readonly unknown[];
  /** What silence comes to, where it comes to a value. */
  readonly defaultValue?: unknown;
  /** Ms since 1970; then the question is given up. */
  readonly expiresAt?: number;
  /** Why the answer before was none. */
  readonly problem?: string;
}

/** The answer that a host gives when a question's time is up. */
export const EXPIRED_ANSWER = { status: 'expired' } as const;

/** How often `fallback: retry` asks once more. */
const ASKED_AGAIN = 3;

type NodeContext = Context<WorkflowContext>;
type Outcome = { readonly update: Data; readonly record: Pick<AuditRecord, 'outcome' | 'value' | 'reason'> };

const isExpired = (answer: unknown): boolean => isRecord(answer) && answer['status'] === EXPIRED_ANSWER.status;

/** What an answer means; a text says why it means nothing. */
function read(spec: HitlSpec, answer: unknown): Outcome | string {
  const { hitlType, output, contextKeys, choices } = spec;
  if (isApproval(answer) && answer.decision === 'reject') {
    return {
      update: { [output]: false },
      record: { outcome: 'rejected', ...(answer.reason === undefined ? {} : { reason: answer.reason }) },
    };
  }
  if (ASKS_FOR_YES.has(hitlType)) {
    if (!isApproval(answer) || answer.decision === 'reject')
      return "Answer { decision: 'approve' } or { decision: 'reject', reason }.";
    const { input } = answer;
    if (input === undefined) return { update: { [output]: true }, record: { outcome: 'approved' } };
    const foreign = isRecord(input) ? Object.keys(input).find((key) => !contextKeys.includes(key)) : '';
    if (hitlType !== 'review' || !isRecord(input) || foreign !== undefined) {
      return `Only ${contextKeys.join(', ') || 'nothing'} may be changed here, and only in a review.`;
    }
    return { update: { ...input, [output]: true }, record: { outcome: 'approved', value: input } };
  }
  if (answer === undefined || answer === null) return 'Answer with a value.';
  if (hitlType === 'choice' && !choices.some((choice) => isSame(choice, answer))) {
    return `Answer one of: ${choices.map((choice) => JSON.stringify(choice)).join(', ')}.`;
  }
  return { update: { [output]: answer }, record: { outcome: 'answered', value: answer } };
}

/** What silence comes to; undefined where the run cannot go on from here. */
function fallback(spec: HitlSpec): Data | undefined {
  const { output, defaultValue } = spec;
  switch (spec.fallback) {
    case 'continue':
      return { [output]: ASKS_FOR_YES.has(spec.hitlType) ? false : (defaultValue ?? null) };
    case 'skip':
      return {};
    case 'abort':
    case 'retry':
      return undefined;
  }
}

/** What came of asking: without `data` the run cannot go on from here. */
interface Asked {
  readonly data: Data | undefined;
  readonly record: AuditRecord;
}

async function ask(
  spec: HitlSpec,
  prompt: string,
  state: WorkflowState,
  ctx: NodeContext,
  now: () => number,
): Promise<Asked> {
  const { id, hitlType, contextKeys, choices, defaultValue, expires } = spec;
  const context = Object.fromEntries(
    contextKeys.flatMap((key) => (Object.hasOwn(state.data, key) ? [[key, state.data[key]]] : [])),
  );
  const { by } = (ctx.context as WorkflowContext | undefined) ?? {};
  const recordOf = (asked: number, at: number, more: Pick<AuditRecord, 'outcome'>): AuditRecord => ({
    ...{ node: id, type: hitlType, prompt, asked, at },
    ...(by === undefined ? {} : { by }),
    ...more,
  });
  let problem: string | undefined;
  for (let turn = 0, silent = 0; ; turn++) {
    const asked = await ctx.once(`asked:${turn}`, () => now());
    const request: HitlRequest = {
      ...{ hitl: hitlType, node: id, prompt, context },
      ...(hitlType === 'choice' ? { choices } : {}),
      ...(spec.fallback === 'continue' && defaultValue !== undefined ? { defaultValue } : {}),
      ...(expires === undefined ? {} : { expiresAt: asked + expires }),
      ...(problem === undefined ? {} : { problem }),
    };
    const answer = await ctx.interrupt(request, { key: `ask:${turn}` });
    const at = await ctx.once(`answered:${turn}`, () => now());
    // A yes that comes too late is none, whoever has let it through.
    const isLate = request.expiresAt !== undefined && at >= request.expiresAt;
    if (isLate || isExpired(answer)) {
      if (spec.fallback === 'retry' && ++silent <= ASKED_AGAIN) continue;
      return { data: fallback(spec), record: recordOf(asked, at, { outcome: 'expired' }) };
    }
    const meant = read(spec, answer);
    if (typeof meant === 'string') {
      problem = meant;
      continue;
    }
    const isNo = meant.record.outcome === 'rejected';
    return { data: isNo ? undefined : meant.update, record: recordOf(asked, at, meant.record) };
  }
}

/**
 * @param next where it goes on.
 * @param refused the node that a no, and silence that comes to nothing, lead to: so that what was said is kept first.
 */
export function hitlNode(
  spec: HitlSpec,
  compilation: Compilation,
  next: readonly string[],
  refused: string,
): WorkflowNode | undefined {
  const template = compilation.parse(spec.prompt, parseTemplate);
  const { now } = compilation;
  if (!template) return undefined;
  return async (state, ctx) => {
    const prompt = located(spec.prompt, () => template.render(scopeOf(state)));
    const { data, record } = await ask(spec, prompt, state, ctx, now);
    const audit = [record];
    if (!data) return new Command<WorkflowChannels>({ update: { audit }, goto: refused });
    return new Command<WorkflowChannels>({ update: { audit, data: { ...state.data, ...data } }, goto: next });
  };
}

/** Fails in the place of a hitl node that cannot be gone on from. */
export function refusedNode({ id }: HitlSpec): WorkflowNode {
  return ({ audit }) => {
    const { outcome, reason = '' } = audit.findLast(({ node }) => node === id) ?? {};
    const details = { node: id, retry: false };
    if (outcome === 'expired') {
      throw new AgentError('approval-expired', `Nobody answered "${id}" in time.`, {
        fix: 'Run it again, or give it more time or another `fallback`.',
        details,
      });
    }
    throw new AgentError('approval-rejected', `A person said no at "${id}"${reason === '' ? '' : `: ${reason}`}.`, {
      fix: 'Nothing was done after it. `on_error` says where a no leads.',
      details,
    });
  };
}

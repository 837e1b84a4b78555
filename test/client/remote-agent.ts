/** Agents whose model is the test server's, asked from the stock worker for language models. */
import { createAgent } from '../../src/index.ts';
import type { Agent, AgentOptions, Message, RemoteModelOptions, Thread } from '../../src/index.ts';
import { freshNamespace, keep } from '../agent/conversation.ts';
import { openSession } from '../helpers/model-session.ts';
import type { Session } from '../helpers/model-session.ts';

export const PROVIDERS = ['openai', 'anthropic'] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface RemoteAgent {
  readonly agent: Agent;
  readonly session: Session;
  readonly namespace: string;
}

/** What is said of the model beside its provider; without a name the server's answer is a sensible one. */
export interface ModelMore extends Partial<RemoteModelOptions> {
  readonly provider: Provider;
}

/** The model's config, at a server's session. */
export const modelAt = ({ endpoint }: Session, more: ModelMore): RemoteModelOptions => ({
  endpoint,
  model: 'any',
  ...more,
});

/** An agent with a session of its own with the server. */
export async function openRemote(more: ModelMore, options: Omit<AgentOptions, 'model'> = {}): Promise<RemoteAgent> {
  const session = await openSession();
  const { namespace = freshNamespace() } = options;
  return { session, namespace, agent: keep(createAgent({ ...options, namespace, model: modelAt(session, more) })) };
}

export async function messagesOf(thread: Thread): Promise<readonly Message[]> {
  return ((await thread.state())?.state['messages'] ?? []) as readonly Message[];
}

/** The requests that the model's server has seen. */
export const countOf = async (session: Session): Promise<number> => (await session.requests()).length;

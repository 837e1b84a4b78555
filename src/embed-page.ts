/** The page's half of the script tag: the elements and the agent, fetched by the loader when it is time. */
import { css, html, LitElement, nothing, svg } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import '../components/define-chat.ts';
import { createAgent } from './client/index.ts';
import type { Agent, AgentOptions, OfferOptions } from './client/index.ts';
import { AgentError } from './core/index.ts';
import type { RemoteModelConfig } from './core/index.ts';
import type { PartScript, TagConfig } from './parts/index.ts';
import { defineTool } from './tools/index.ts';
import type { ToolDefinition } from './tools/index.ts';

/** The agent as commands get it: it takes a tool's definition as it is, since a script tag has no imports. */
export interface TagAgent extends Omit<Agent, 'tool'> {
  tool(definition: ToolDefinition<never, unknown>, options?: OfferOptions): () => void;
}

/** Makes the agent and places the chat; gives the agent as a page's commands get it. */
export type StartPage = (config: TagConfig) => TagAgent;

function start({ mount, heading, placeholder, welcome, thread, ...options }: TagConfig): TagAgent {
  const { namespace, workerUrl, approval, approvalTimeout, endpoint, model, provider, instructions } = options;
  const agent = createAgent({
    ...(namespace ? { namespace } : {}),
    ...(workerUrl ? { worker: workerUrl } : {}),
    ...(instructions ? { instructions } : {}),
    ...(endpoint
      ? {
          model: {
            endpoint,
            model: model ?? '',
            ...(provider ? { provider: provider as NonNullable<RemoteModelConfig['provider']> } : {}),
          },
        }
      : model
        ? { model }
        : {}),
    // What it is not, createAgent refuses: a slip of the pen must not let anything happen unasked.
    ...(approval ? { approval: approval as NonNullable<AgentOptions['approval']> } : {}),
    ...(approvalTimeout ? { approvalTimeout: Number(approvalTimeout) } : {}),
  });
  const chat = document.createElement('inpage-chat');
  chat.agent = agent;
  const attributes = { heading, placeholder, welcome, thread };
  for (const [name, value] of Object.entries(attributes)) if (value) chat.setAttribute(name, value);
  place(chat, mount);
  // What else the page may use of elements; without it the chat is whole.
  void import('../components/define-others.ts').catch(() => undefined);
  return { ...agent, tool: (definition, offer) => agent.tool(defineTool(definition), offer) };
}

function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    // It is no selector, so nothing matches it.
    return null;
  }
}

function place(chat: Element, mount: string | undefined): void {
  const parent = mount ? find(mount) : document.body;
  if (!parent) {
    const error = new AgentError('invalid-option', `Nothing on this page matches data-mount="${mount ?? ''}".`, {
      fix: 'Name an element that is there when the page has been parsed. The chat is at the end of the page now.',
    });
    console.warn(`inpage: ${error.message} ${error.fix}`);
  }
  (parent ?? document.body).append(chat);
}

const script = document.currentScript as PartScript;
script.exported = start satisfies StartPage;
if (script.tag)
  script.tag.shared = { createAgent, css, guard, html, LitElement, live, nothing, property, repeat, state, svg };

/**
 * The script tag: everything in one classic script, the worker inside.
 *
 * `<script defer src="inpage.js" data-mount="#help" data-heading="Help"></script>`
 *
 * - `data-mount`: a selector of the element to put the chat into; by default it comes at the end of the page.
 * - `data-heading`, `data-placeholder`, `data-welcome`, `data-thread`: attributes of the chat.
 * - `data-endpoint`, `data-model`, `data-provider`, `data-instructions`: a remote model, and what it is told first.
 *   Never a key: an endpoint of the site's own keeps it.
 * - `data-namespace`, `data-worker-url`, `data-approval`, `data-approval-timeout`: options of the agent.
 */
import '../components/define.ts';
import { createAgent } from './client/index.ts';
import type { Agent, AgentOptions, OfferOptions } from './client/index.ts';
import { AgentError } from './core/index.ts';
import type { RemoteModelConfig } from './core/index.ts';
import { defineTool } from './tools/index.ts';
import type { ToolDefinition } from './tools/index.ts';

/** The agent as commands get it: it takes a tool's definition as it is, since a script tag has no imports. */
export interface TagAgent extends Omit<Agent, 'tool'> {
  tool(definition: ToolDefinition<never, unknown>, options?: OfferOptions): () => void;
}

type Command = (agent: TagAgent) => void;

declare global {
  interface Window {
    /** Commands for the agent; an array before the script has loaded, and still takes `push` after. */
    inpage?: { push(...commands: Command[]): unknown };
  }
}

const { mount, heading, placeholder, welcome, thread, ...options } = document.currentScript?.dataset ?? {};
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
const tagAgent: TagAgent = { ...agent, tool: (definition, offer) => agent.tool(defineTool(definition), offer) };

/** Runs a page's commands; one that throws is reported and holds up no other. */
function push(...commands: Command[]): void {
  for (const command of commands) {
    try {
      command(tagAgent);
    } catch (error) {
      console.error('inpage: a command failed.', error);
    }
  }
}

function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    // It is no selector, so nothing matches it.
    return null;
  }
}

function place(): void {
  const chat = document.createElement('inpage-chat');
  chat.agent = agent;
  const attributes = { heading, placeholder, welcome, thread };
  for (const [name, value] of Object.entries(attributes)) if (value) chat.setAttribute(name, value);
  const parent = mount ? find(mount) : document.body;
  if (!parent) {
    const error = new AgentError('invalid-option', `Nothing on this page matches data-mount="${mount ?? ''}".`, {
      fix: 'Name an element that is there when the page has been parsed. The chat is at the end of the page now.',
    });
    console.warn(`inpage: ${error.message} ${error.fix}`);
  }
  (parent ?? document.body).append(chat);
}

const waiting = window.inpage;
window.inpage = { push };
if (Array.isArray(waiting)) push(...(waiting as Command[]));
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', place, { once: true });
else place();

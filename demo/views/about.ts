/** Tells where the assistant runs and what it is, once it has started. */
import { html, render } from 'lit';
import type { Agent, AgentReady } from '../../src/index.ts';

const HOSTS = {
  worker: 'In a worker of this browser',
  blob: 'In a worker of this browser',
  page: 'In this page, as no worker could be started',
} as const;
const STORAGES = {
  indexeddb: 'Kept on this device',
  memory: 'Kept until this page closes, as this browser stores nothing',
} as const;

function kindOf({ id, generative, sentTo = [] }: AgentReady['model']): string {
  if (!generative) return 'Follows rules, without a language model';
  return sentTo.length === 0 ? `Language model (${id})` : `Language model (${id}); asks ${sentTo.join(', ')}`;
}

/** Draws a short description of the assistant into `root`, now and when it has started. */
export async function showAbout(root: HTMLElement, agent: Agent): Promise<void> {
  const draw = (runs: string, storage: string, kind: string): void => {
    render(
      html`<h2>The assistant</h2>
        <dl class="facts-list">
          <dt>Runs</dt>
          <dd>${runs}</dd>
          <dt>Kind</dt>
          <dd>${kind}</dd>
          <dt>Conversations</dt>
          <dd>${storage}</dd>
        </dl>`,
      root,
    );
  };
  draw('Starting…', '…', '…');
  try {
    const { host, storage, model } = await agent.ready;
    draw(HOSTS[host], STORAGES[storage], kindOf(model));
  } catch (error) {
    draw(error instanceof Error ? error.message : String(error), 'None', 'None');
  }
}

/** The room that the conversations take, and whether the browser keeps them. */
import { html, nothing, render } from 'lit';
import type { Agent } from '../../src/index.ts';
import { formatNumber } from '../format.ts';

/** Draws it into `root`, and again whenever the conversations change, in whatever tab. */
export function createStorageView(root: HTMLElement, agent: Agent): void {
  const draw = async (): Promise<void> => {
    const { bytes, persisted } = await agent.storage.estimate();
    const persist = (): void => {
      agent.storage
        .persist()
        .then(draw)
        .catch(() => undefined);
    };
    render(
      html`<p class="conversation-facts">
          ${formatNumber(Math.ceil(bytes / 1000))} kB.
          ${persisted ? 'The browser keeps them.' : 'The browser may remove them when space gets scarce.'}
        </p>
        ${
          persisted
            ? nothing
            : html`<button class="button" type="button" @click=${persist}>Ask the browser to keep them</button>`
        }`,
      root,
    );
  };
  const redraw = (): void => {
    draw().catch(() => undefined);
  };
  agent.threads.subscribe(redraw);
  agent.ready.then(redraw).catch(() => undefined);
}

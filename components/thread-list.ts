/** The stored threads of an agent, on behalf of an element, while that element is in the page. */
import type { Agent } from '../src/client/index.ts';
import { asAgentError } from '../src/core/index.ts';
import type { AgentError, ThreadInfo } from '../src/core/index.ts';
import type { Worded } from './strings/index.ts';
import { Subscription } from './subscription.ts';

/** Keeps the list as it is stored, and renders its host again when it changes, in whatever tab. */
export class ThreadList {
  /** The newest first; undefined until they have been read. */
  threads: readonly ThreadInfo[] | undefined;
  /** Why something could not be done; undefined where nothing is wrong. */
  error: AgentError | undefined;
  readonly #host: Worded;
  readonly #listening: Subscription<Agent>;

  constructor(host: Worded) {
    this.#host = host;
    this.#listening = new Subscription(host, (agent, isCurrent) => {
      const read = (): void => {
        void this.#try(async () => {
          const threads = await agent.threads.list();
          if (isCurrent()) this.threads = threads;
        }, agent);
      };
      const unsubscribe = agent.threads.subscribe(read);
      read();
      return unsubscribe;
    });
  }

  /** Turns to the threads of `agent`. */
  follow(agent: Agent | undefined): void {
    if (agent === this.#listening.source) return;
    this.threads = undefined;
    this.error = undefined;
    this.#listening.follow(agent);
  }

  /** Does something with the threads; what goes wrong is shown. Gives whether it went well. */
  async attempt(work: (agent: Agent) => Promise<unknown>): Promise<boolean> {
    const agent = this.#listening.source;
    if (agent === undefined) return false;
    this.error = undefined;
    return this.#try(work, agent);
  }

  async #try(work: (agent: Agent) => Promise<unknown>, agent: Agent): Promise<boolean> {
    try {
      await work(agent);
      return true;
    } catch (error) {
      this.error = asAgentError(error, 'storage-failed', this.#host.words.failedFix);
      return false;
    } finally {
      this.#host.requestUpdate();
    }
  }
}

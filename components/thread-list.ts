/** The stored threads of an agent, on behalf of an element, while that element is in the page. */
import type { ReactiveController } from 'lit';
import type { Agent } from '../src/client/index.ts';
import { asAgentError } from '../src/core/index.ts';
import type { AgentError, ThreadInfo } from '../src/core/index.ts';
import type { Worded } from './strings/index.ts';

/** Keeps the list as it is stored, and renders its host again when it changes, in whatever tab. */
export class ThreadList implements ReactiveController {
  /** The newest first; undefined until they have been read. */
  threads: readonly ThreadInfo[] | undefined;
  /** Why something could not be done; undefined where nothing is wrong. */
  error: AgentError | undefined;
  readonly #host: Worded;
  #agent: Agent | undefined;
  #connected = false;
  #unsubscribe: (() => void) | undefined;

  constructor(host: Worded) {
    this.#host = host;
    host.addController(this);
  }

  /** Turns to the threads of `agent`. */
  follow(agent: Agent | undefined): void {
    if (agent === this.#agent) return;
    this.#stop();
    this.#agent = agent;
    this.threads = undefined;
    this.error = undefined;
    this.#start();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#start();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop();
  }

  /** Does something with the threads; what goes wrong is shown. Gives whether it went well. */
  async attempt(work: (agent: Agent) => Promise<unknown>): Promise<boolean> {
    const agent = this.#agent;
    if (agent === undefined) return false;
    this.error = undefined;
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

  #start(): void {
    const agent = this.#agent;
    if (agent === undefined || !this.#connected || this.#unsubscribe !== undefined) return;
    const read = (): void => {
      void this.attempt(async () => {
        const threads = await agent.threads.list();
        if (agent === this.#agent) this.threads = threads;
      });
    };
    this.#unsubscribe = agent.threads.subscribe(read);
    read();
  }

  #stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}

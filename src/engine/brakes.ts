/** The brakes of a run that may not have begun yet. */
import type { AgentError } from '../core/index.ts';
import type { RunControl } from './run-control.ts';

export class Brakes {
  paused = false;
  cancelled: AgentError | undefined = undefined;
  #run: RunControl | undefined = undefined;
  #onCancel: (() => void) | undefined = undefined;

  pause(): void {
    this.paused = true;
    if (this.#run) this.#run.paused = true;
  }

  cancel(reason: AgentError): void {
    this.cancelled ??= reason;
    this.#run?.cancel(this.cancelled);
    this.#onCancel?.();
  }

  /** Resolves when the run is cancelled. */
  whenCancelled(): Promise<void> {
    if (this.cancelled) return Promise.resolve();
    return new Promise((resolve) => (this.#onCancel = resolve));
  }

  /** Puts the brakes on a run that begins. */
  bind(run: RunControl): void {
    this.#run = run;
    run.paused = this.paused;
  }
}

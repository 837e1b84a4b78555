/** A vertical in use on a host: put to work, turned off and on, replaced, removed. */
import { AgentError, asAgentError } from '../core/index.ts';
import type { AgentVerticals, AskPart, VerticalEntry } from '../core/index.ts';
import { activate } from './activation.ts';
import type { Activation, ToolTaker } from './activation.ts';
import { sayCapability } from './capabilities.ts';
import type { Capability } from './capabilities.ts';
import type { Ground } from './ground.ts';
import type { WorkflowDocument, WorkflowResult } from '../workflow/index.ts';
import type { CodeAddress, Vertical } from './manifest.ts';
import type { RunWorkflow } from './page-half.ts';
import { codeOf, isTold } from './shared.ts';

/** The part of an agent that verticals need. */
export interface VerticalAgent extends ToolTaker {
  readonly verticals: AgentVerticals;
  /** What runs its workflows. */
  workflows(): Promise<{
    execute(source: WorkflowDocument | string, ...more: DropFirst<Parameters<RunWorkflow>>): Promise<WorkflowResult>;
  }>;
}

type DropFirst<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;

/** What a site lets a vertical do. */
export interface UseOptions {
  /** Of what its manifest asks for. Default: nothing. */
  readonly grant?: readonly Capability[];
  /** A selector of the parts of the page that it may read and act on. Default: the whole page. */
  readonly within?: string;
  /** Whether its tools may come although the tools are frozen. Default: false. */
  readonly allowRuntime?: boolean;
}

/** What the page has for verticals. */
export interface Environment {
  /** The version of inpage. */
  readonly engine: string;
  /** Of the page. */
  readonly origin: string;
  load(vertical: Vertical): Promise<unknown>;
  /** Has the host load a part of its worker from its address, which is held against its hash. Rejects when it cannot. */
  openPart(ask: AskPart, name: string, code: CodeAddress): Promise<unknown>;
  ground(vertical: Vertical, namespace: string, within: string | undefined): Omit<Ground, 'ask'>;
  /** Whether the person has turned it off in this browser. */
  isOff(namespace: string, id: string): boolean;
  keepOff(namespace: string, id: string, isOff: boolean): void;
}

/** A vertical in use, for the site. */
export interface VerticalHandle {
  readonly id: string;
  readonly version: string;
  readonly granted: readonly Capability[];
  /** False while the person has turned it off. */
  readonly isOn: boolean;
  /** Whether the instructions of its manifest are told to a language model, which takes `withVerticals()`; true where it has none. */
  readonly isTold: boolean;
  /**
   * Puts another version in its place, with the same grants unless others are given; while it is loaded the old one goes
   * on. Rejects with what `useVertical()` does, and then the old one stays.
   */
  replace(vertical: Vertical, options?: UseOptions): Promise<void>;
  /** Runs a workflow of its manifest. Rejects with `unknown-workflow`, and with `closed` while it is off or removed. */
  readonly runWorkflow: RunWorkflow;
  /** Withdraws its tools and takes back what it was granted. */
  remove(): void;
}

/** What its worker half is called in a host. */
const partOf = ({ id, version }: Vertical): string => `${id}@${version}`;

/** For a part that is open already, or that a worker of the site's own has. */
const NO_FILE = { url: '' };

export class Installed implements VerticalHandle {
  vertical: Vertical;
  options: UseOptions;
  readonly ready: Promise<unknown>;
  readonly #agent: VerticalAgent;
  readonly #environment: Environment;
  /** The others on the same host. */
  readonly #all: Map<string, Installed>;
  #activation: Activation | undefined;
  /** What is being done to it, one thing after the other. */
  #work: Promise<unknown>;
  #isRemoved = false;

  constructor(
    agent: VerticalAgent,
    environment: Environment,
    all: Map<string, Installed>,
    vertical: Vertical,
    options: UseOptions,
  ) {
    this.vertical = vertical;
    this.options = options;
    this.#agent = agent;
    this.#environment = environment;
    this.#all = all;
    this.ready = this.#work = this.#begin();
    agent.verticals.closed.addEventListener('abort', () => {
      this.remove();
    });
  }

  get id(): string {
    return this.vertical.id;
  }

  get version(): string {
    return this.vertical.version;
  }

  get granted(): readonly Capability[] {
    return this.options.grant ?? [];
  }

  get isOn(): boolean {
    return this.#activation !== undefined;
  }

  get isTold(): boolean {
    return isTold(this.vertical);
  }

  /** What it gives to those that depend on it. */
  get api(): unknown {
    return this.#activation?.api;
  }

  readonly runWorkflow: RunWorkflow = async (name, data, options) => {
    const { id, workflows = {} } = this.vertical;
    if (!this.isOn) throw new AgentError('closed', `"${id}" is off.`, { fix: 'Turn it on first.' });
    const source = Object.hasOwn(workflows, name) ? workflows[name] : undefined;
    if (source === undefined) {
      throw new AgentError('unknown-workflow', `"${id}" has no workflow "${name}".`, {
        fix: `Use one of: ${Object.keys(workflows).join(', ') || 'none'}.`,
      });
    }
    return (await this.#agent.workflows()).execute(source, data, options);
  };

  replace(vertical: Vertical, options: UseOptions = this.options): Promise<void> {
    return this.#next(async () => {
      if (this.#isRemoved)
        throw new AgentError('closed', `"${this.id}" has been removed.`, { fix: 'Call useVertical().' });
      const isOn = this.#activation !== undefined;
      // It has to be there before the old one goes.
      if (isOn) await codeOf(vertical, (one) => this.#environment.load(one));
      const before = [this.vertical, this.options] as const;
      this.#stop();
      [this.vertical, this.options] = [vertical, options];
      try {
        if (isOn) await this.#activate();
      } catch (error) {
        [this.vertical, this.options] = before;
        await this.#activate();
        throw error;
      } finally {
        this.#tell();
      }
    });
  }

  remove(): void {
    if (this.#isRemoved) return;
    this.#isRemoved = true;
    if (this.#all.get(this.id) === this) this.#all.delete(this.id);
    this.#stop();
    this.#agent.verticals.put(this.id);
  }

  async #begin(): Promise<void> {
    // Whoever depends on others waits for them.
    for (const id of Object.keys(this.vertical.dependencies ?? {})) await this.#all.get(id)?.ready;
    const { namespace } = this.#agent.verticals;
    if (!this.#environment.isOff(namespace, this.id)) await this.#activate();
    if (!this.#isRemoved) this.#tell();
  }

  async #activate(): Promise<void> {
    const { vertical, options } = this;
    const { grant = [], within, allowRuntime = false } = options;
    const [code] = await Promise.all([
      codeOf(vertical, (one) => this.#environment.load(one)),
      this.#openPart(vertical),
    ]);
    if (this.#gone()) return;
    const activation = await activate({
      ...{ vertical, code, allowRuntime },
      agent: this.#agent,
      granted: grant,
      origin: this.#environment.origin,
      ground: {
        ...this.#environment.ground(vertical, this.#agent.verticals.namespace, within),
        ask: (call, ...args) => this.#agent.verticals.ask(partOf(vertical), vertical.worker ?? NO_FILE, call, args),
      },
      runWorkflow: this.runWorkflow,
      dependency: (id) => (Object.hasOwn(vertical.dependencies ?? {}, id) ? this.#all.get(id)?.api : undefined),
    });
    // It may have been removed in the meantime.
    if (this.#gone()) activation.stop();
    else this.#activation = activation;
  }

  /** It may be at any time while something is waited for. */
  #gone(): boolean {
    return this.#isRemoved;
  }

  async #openPart(vertical: Vertical): Promise<void> {
    const { id, version, worker } = vertical;
    if (!worker || !this.granted.includes('worker')) return;
    try {
      await this.#environment.openPart(this.#agent.verticals.ask, partOf(vertical), worker);
    } catch (error) {
      const fix = 'See why, then call useVertical() again: it tries anew.';
      throw asAgentError(error, 'vertical-failed', fix, `The worker half of "${id}" ${version} could not be loaded: `);
    }
  }

  #stop(): void {
    const activation = this.#activation;
    this.#activation = undefined;
    try {
      activation?.stop();
    } catch (error) {
      // Its tools are withdrawn all the same.
      console.error(`inpage: "${this.id}" failed while it was stopped.`, error);
    }
  }

  #toggle(): void {
    const { namespace } = this.#agent.verticals;
    this.#next(async () => {
      if (this.#isRemoved) return;
      const isOff = this.#activation !== undefined;
      if (isOff) this.#stop();
      else await this.#activate();
      this.#environment.keepOff(namespace, this.id, isOff);
      this.#tell();
    }).catch((error: unknown) => {
      const { message, fix } = asAgentError(error, 'vertical-failed', 'Try again.');
      console.warn(`inpage: ${message} ${fix}`);
    });
  }

  #tell(): void {
    const { id, version, name } = this.vertical;
    const entry: VerticalEntry = {
      ...{ id, version, name, isOn: this.isOn, granted: this.granted, may: this.granted.map(sayCapability) },
      toggle: () => {
        this.#toggle();
      },
    };
    this.#agent.verticals.put(id, entry);
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#work.catch(() => undefined).then(work);
    this.#work = next.catch(() => undefined);
    return next;
  }
}

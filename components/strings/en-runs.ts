/** What is said in English of a run in the trace and beside the list of its tasks, under `runs`. It comes with those. */
import type { HistoryKind } from '../../src/core/index.ts';

const number = (value: number): string => value.toLocaleString('en');
const counted = (count: number, one: string, more: string): string => `${number(count)} ${count === 1 ? one : more}`;

export const runs = Object.freeze({
  runs: Object.freeze({
    // ── timeline ──
    listed: (names: readonly string[]) => names.join(', '),
    trace: 'What the run has done',
    timeline: 'Timeline',
    noRun: 'Nothing has been run here yet.',
    versions: (count: number) => counted(count, 'version', 'versions'),
    /** Tokens that models have read and written. */
    tokens: (input: number, output: number) => `${number(input)} tokens read, ${number(output)} written`,
    run: (count: number) => `Run ${number(count)}`,
    between: 'Between runs',
    underWay: 'running',
    version: (version: number) => `Version ${number(version)}`,
    step: (step: number) => `step ${number(step)}`,
    within: (where: string) => `within ${where}`,
    /** Before the name of what has not become a version. */
    notStored: 'not stored',
    kinds: Object.freeze({
      input: 'Message',
      step: 'Step',
      begin: 'Begins',
      kept: 'Part of a step',
      question: 'Asks',
      answer: 'Answered',
      note: 'Note',
      update: 'Changed from outside',
      undo: 'Taken back',
      migration: 'Taken over by another version of the graph',
    } satisfies Record<HistoryKind, string>),
    about: (what: string) => `about ${what}`,
    firstText: (time: string) => `first words after ${time}`,
    andMore: (count: number) => `${number(count)} more`,

    // ── one of them ──
    choose: 'Choose an entry of the timeline to see what it has done.',
    tasks: 'Tasks',
    calls: 'Calls',
    writes: 'Writes',
    writtenBy: (who: string) => `by ${who}`,
    ops: Object.freeze({
      set: 'set',
      append: 'added to',
      put: 'entries put',
      text: 'text added',
      copy: 'copied from another',
      patch: 'changed in part',
      delete: 'deleted in part',
      reduce: 'reduced at the end of the step',
    }),
    given: 'Given',
    result: 'Result',
    profile: 'Where the time went',
    phases: Object.freeze({
      limits: 'limits',
      interrupts: 'questions',
      node: 'nodes',
      reduce: 'reducers',
      route: 'routes',
      events: 'events',
      checkpoint: 'storing',
    }),
    restored: (version: number) => `As it was in version ${number(version)}.`,

    // ── state and changes ──
    changes: 'What changed',
    since: 'Since version',
    same: 'Nothing has changed.',
    changeKinds: Object.freeze({ added: 'added', removed: 'removed', changed: 'changed' }),
    before: 'before',
    after: 'after',
    moreChanges: 'There are more changes than are shown here.',
    state: 'State',
    emptyState: 'The thread is empty.',
    due: (nodes: string) => `Due next: ${nodes}`,
    items: (count: number) => counted(count, 'item', 'items'),
    entries: (count: number) => counted(count, 'entry', 'entries'),
    showMore: (count: number) => `Show ${number(count)} more`,
    loading: 'Being read…',
    goneState: 'This version can no longer be read.',

    // ── what can be done ──
    fork: 'Go on from here in a copy',
    forked: 'Copied. What is done there leaves this one as it is.',
    export: 'Save as JSON',

    // ── progress ──
    times: (count: number) => `${number(count)} times`,
    cachedCalls: (count: number) => `${counted(count, 'call', 'calls')} from cache`,
    /** Of a condition: the value, and where it leads. */
    way: (value: string, to: string) => `${value}: ${to}`,
    otherwise: 'otherwise',
    ways: Object.freeze({ taken: 'taken', passed: 'not taken', open: 'open' }),
    replay: 'Go through it',
    moment: (at: number, all: number, what: string) => `${number(at)} of ${number(all)} – ${what}`,
    begins: 'before it began',
    now: 'as it is now',
    toNow: 'Back to now',
    showGraph: 'Show as graph',
    hideGraph: 'Hide the graph',
    graph: 'Graph',
    graphOf: (name: string, nodes: number) =>
      `${name} as a graph of ${counted(nodes, 'node', 'nodes')}; the list says the same`,
    noGraph: 'The graph could not be loaded. The list says the same.',
  }),
});

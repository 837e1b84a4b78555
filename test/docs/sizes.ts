/** Makes docs/sizes.md of what was measured and kept in test/bench/results.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Results {
  readonly sizes: {
    readonly date: string;
    readonly sizes: readonly { readonly name: string; readonly size: number; readonly limit: number }[];
  };
  readonly speeds: Readonly<Record<string, Speeds>>;
}

interface Speeds {
  readonly date: string;
  readonly machine: string;
  /** Processes that wanted to run when the measuring began. */
  readonly load: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** What each figure of a bench is, and its unit. */
const MEANINGS: Readonly<
  Record<
    string,
    Readonly<Record<string, readonly [meaning: string, unit: 'times' | 'µs' | 'ms' | 'MB' | 'bytes' | 'tasks' | '']>>
  >
> = {
  engine: {
    step_vs_floor: ['A step, as against a bare loop of promises', 'times'],
    growth_with_nodes: [
      'The slowest of 10,000 steps in graphs of 10, 1,000 and 10,000 nodes, as against the fastest',
      'times',
    ],
    invoke_fixed_us: ['A whole run of one node', 'µs'],
    growth_fanout: ['A task among 1,000 at once, as against one among 100', 'times'],
    growth_with_state: ['A step beside 10 MB of state, as against 1 KB', 'times'],
    read_only_vs_raw: ['Reading 10 MB of state in a node, as against plain objects', 'times'],
    append_unread_growth: ['Adding to a list of 10,000, as against one of 10', 'times'],
    append_read_vs_copy: ['Adding to a list and reading it, as against a copy', 'times'],
    draft_vs_mutative: ['A draft, as against mutative', 'times'],
    listener_in_realm: ['A step with a listener, as against none', 'times'],
    page_event_us: ['An event that the page hears, worker and page together', 'µs'],
    faster_than_langgraph: ['A step of LangGraph.js, as against one of this', 'times'],
    faster_than_pocketflow: ['A step of pocketflow, as against one of this', 'times'],
    faster_than_xstate: ['A step of xstate, as against one of this', 'times'],
  },
  tools: {
    resolve_us: ['Finding a tool among 1,000 by its name', 'µs'],
    executor_us: ['A call with its checks, of 1,000 tools', 'µs'],
    executor_faster_than_toolnode: ['A call of LangGraph’s ToolNode, as against that', 'times'],
    executor_faster_than_toolnode_10: ['The same of 10 tools', 'times'],
    search_1000_us: ['Searching 1,000 tools by words', 'µs'],
    register_search_growth: ['Adding a tool and searching, with 10,000 as against 1,000', 'times'],
  },
  agent: {
    turn_us: ['A call of the model and of one of 10 tools', 'µs'],
    turn_1000_us: ['The same of 1,000 tools', 'µs'],
    faster_than_langgraph: ['LangGraph’s createReactAgent, as against that of 10', 'times'],
    faster_than_aisdk_10: ['The AI SDK’s streamText, as against that of 10', 'times'],
    faster_than_aisdk_generate_10: ['Its generateText, of 10', 'times'],
    faster_than_aisdk_1000: ['Its streamText, of 1,000', 'times'],
    faster_than_aisdk_generate_1000: ['Its generateText, of 1,000', 'times'],
    request_build_growth: ['Making a request after 1,000 messages, as against 10', 'times'],
    compaction_1000_ms: ['Planning what 1,000 messages are shortened to', 'ms'],
    durable_write_turn_ms: ['A turn with a write, on disk', 'ms'],
  },
  planner: {
    p95_ms_40: ['A turn of the rule-based assistant with 40 tools; 19 of 20 are faster', 'ms'],
    p95_ms_1000: ['The same with 1,000 tools', 'ms'],
  },
  workflow: {
    load_vs_parse: ['Reading a file of 20 nodes, as against its YAML parser alone', 'times'],
    load_20_ms: ['Reading a file of 20 nodes', 'ms'],
    compile_20_ms: ['Compiling a document of 20 nodes', 'ms'],
    compile_200_ms: ['Compiling one of 200 nodes', 'ms'],
    cached_by_identity_us: ['Compiling the same document again', 'µs'],
    cached_by_text_us: ['Reading the same text again', 'µs'],
    transform_vs_engine_node: ['A transform node, as against the same node by hand', 'times'],
    execute_20_ms: ['Running 20 transforms, checkpoints in memory', 'ms'],
  },
  checkpoint: {
    durable_step_vs_floor: ['A stored step beside 1 MB, as against writing the same bytes', 'times'],
    bytes_per_step_over_budget: ['Bytes of a step, as against 1.2 of its change and 48', 'times'],
    growth_100KB_10MB: ['Storing a step beside 10 MB, as against 100 KB', 'times'],
    disk_vs_log: ['What lies on disk, as against the log', 'times'],
    restore_vs_full_record: ['Opening a thread of 1 MB, as against reading one record', 'times'],
    restore_vs_full_record_100KB: ['The same of 100 KB', 'times'],
    turn_end_durable_ms: ['A turn of 5 steps beside 1 MB until it is on disk', 'ms'],
    faster_than_langgraph: [
      'A step beside 1 MB of LangGraph.js with its memory saver, as against one of this on disk',
      'times',
    ],
    smaller_than_langgraph: ['The bytes that it stores for a step beside 1 MB, as against this', 'times'],
  },
  render: {
    long_tasks: ['Tasks over 50 ms while 1,000 tokens a second come into 200 messages, for 30 s', 'tasks'],
    main_thread_share: ['How much of the page’s thread that takes, of 1', ''],
    main_thread_vs_deep_chat: ['The same, as against deep-chat', 'times'],
    typing_p95_ms: ['From a key to its letter meanwhile; 19 of 20 are faster', 'ms'],
    typing_vs_bare_pre: ['The same, as against a bare field beside text that grows', 'times'],
    typing_wait_p95_ms: ['How much of it a key waits for its turn', 'ms'],
    typing_work_p95_ms: ['How much of it the chat works', 'ms'],
    layout_shift: ['What moves meanwhile, as browsers score it', ''],
    memory_mb: ['What those 30 s add to memory', 'MB'],
    open_10000_ms: ['Opening a conversation of 10,000 messages', 'ms'],
    open_10000_vs_deep_chat_1000: ['The same, as against 1,000 in deep-chat', 'times'],
  },
  tag: {
    loader_bytes: ['The loader with its button', 'bytes'],
    tag_default_bytes_before_interaction: ['What a page with the tag transfers before anybody presses it', 'bytes'],
    tag_default_long_tasks_of_ours: ['Tasks of it over 50 ms', 'tasks'],
    tag_default_layout_shift_added: ['What it moves, as browsers score it', ''],
    tag_default_main_thread_ms_added: ['What it adds to the work of the page’s thread', 'ms'],
    tag_default_first_paint_ms_added: ['What it adds to the first paint', 'ms'],
    tag_idle_bytes_before_interaction: ['With the chat in the page, loaded when that is idle: bytes', 'bytes'],
    tag_idle_long_tasks_of_ours: ['Tasks of it over 50 ms', 'tasks'],
    tag_idle_layout_shift_added: ['What it moves, as browsers score it', ''],
    tag_idle_main_thread_ms_added: ['What it adds to the work of the page’s thread', 'ms'],
    tag_idle_first_paint_ms_added: ['What it adds to the first paint', 'ms'],
  },
};

/** Figures that nobody has put into words yet. */
export function unnamedFigures({ speeds }: Results): readonly string[] {
  return Object.entries(speeds).flatMap(([suite, { figures }]) =>
    Object.keys(figures).flatMap((figure) => (MEANINGS[suite]?.[figure] ? [] : [`${suite}: ${figure}`])),
  );
}

export function readResults(root: string): Results {
  return JSON.parse(readFileSync(join(root, 'test', 'bench', 'results.json'), 'utf8')) as Results;
}

/** The page, before it is formatted. */
export function sizesPage({ sizes: { date, sizes }, speeds }: Results): string {
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  const rows = sizes.map(({ name, size, limit }) => `| ${name} | ${kilobytes(size)} | ${kilobytes(limit)} |`);
  return `# Sizes and speeds

Written by \`npm run docs\` of what was measured and kept in \`test/bench/results.json\`.

## Sizes

After gzip, ${date}. \`npm run check\` fails above the limit.

| file | size | limit |
| --- | ---: | ---: |
${rows.join('\n')}

The script tag fetches the second part when its button is pressed or, with the chat in the page, when that is idle; of the two workers it fetches the one that the page needs. The halves of
workflows come with the first workflow.

## Speeds

\`npm run bench\` measures in workers in Chromium; each contender has its turn in every round. “times” is how many times as long, or as
much, in the same rounds; above 1 is more. Where the machine had other work to do, which the load above its cores tells, times in
µs and ms are longer than at rest, and ratios vary.

${Object.entries(speeds)
  .map(([suite, measured]) => speedTable(suite, measured))
  .join('\n\n')}
`;
}

function speedTable(suite: string, { date, machine, load, figures }: Speeds): string {
  const rows = Object.entries(figures).map(([figure, value]) => {
    const [meaning, unit] = MEANINGS[suite]?.[figure] ?? [figure, ''];
    return `| ${meaning} | ${`${value.toLocaleString('en')} ${unit}`.trim()} |`;
  });
  return `**${suite}**: ${date}, ${machine}, load ${load}.

| what | measured |
| --- | ---: |
${rows.join('\n')}`;
}

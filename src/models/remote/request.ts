/** The body of a request, as text that keeps its beginning from one turn to the next. */
import type { ModelRequest, ModelTool } from '../../core/index.ts';
import type { Plan } from './answer.ts';
import { ANSWER } from './answer.ts';
import type { Dialect } from './dialect.ts';
import type { Flags } from './flags.ts';
import { createTranscript } from './transcript.ts';
import type { Manner, Transcript } from './transcript.ts';

export interface Writer {
  body(request: ModelRequest, plan: Plan): Promise<string>;
}

const USE =
  'To use them, write this JSON alone: {"tool_calls":[{"name":"…","arguments":{…}}]}. The next message tells the results.';

/** @param more fields of the site's own */
export function createWriter(
  dialect: Dialect,
  flags: Flags,
  model: string,
  by: string,
  more: Readonly<Record<string, unknown>>,
): Writer {
  const texts = new WeakMap<object, string>();
  let manner: Manner | undefined;
  let transcript: Transcript | undefined;
  /** The part before the messages, and what it was made from. */
  let head: readonly [string, string] = ['', ''];
  let from: readonly unknown[] = [];

  const textOf = (tool: ModelTool): string => {
    const text = texts.get(tool) ?? JSON.stringify(dialect.tool(tool));
    texts.set(tool, text);
    return text;
  };

  const headOf = ({ instructions = '', tools, schema }: ModelRequest, plan: Plan): readonly [string, string] => {
    const parts = [instructions, plan.tools, plan.schema === 'tool' && schema, ...tools];
    if (parts.length === from.length && parts.every((part, at) => part === from[at])) return head;
    from = parts;
    const offered = tools.map(textOf);
    const said = plan.tools === 'text' ? [`You have these tools: [${offered.splice(0).join()}]\n${USE}`] : [];
    if (instructions !== '') said.unshift(instructions);
    if (plan.schema === 'tool') {
      const tool = { name: ANSWER, description: 'Gives the final answer.', input: schema ?? {} };
      offered.push(JSON.stringify(dialect.tool(tool)));
    }
    const [fields, message] = said.length > 0 ? dialect.instructions(said.join('\n\n')) : ['', ''];
    const list = offered.length > 0 ? `"tools":[${offered.join()}],` : '';
    return (head = [`{"model":${JSON.stringify(model)},"stream":true,${list}${fields}"messages":[`, message]);
  };

  return {
    async body(request, plan) {
      const { tools, system } = flags;
      if (manner?.tools !== tools || manner.system !== system) {
        manner = { by, tools, system };
        transcript = createTranscript(dialect, manner);
      }
      const notes: string[] = [];
      if (plan.schema === 'text') {
        notes.push(`Give the final answer as JSON alone that fits this schema: ${JSON.stringify(request.schema)}`);
      } else if (plan.schema === 'tool' && !plan.choice) notes.push(`Give the final answer by calling ${ANSWER}.`);
      if (request.toolChoice && plan.tools && !plan.choice) notes.push('Call no other tools now.');
      const [before, first] = headOf(request, plan);
      const written = (await transcript?.write(request.messages, notes)) ?? '';
      const fields = JSON.stringify({ ...dialect.fields(plan, request.schema), ...more }).slice(1, -1);
      return `${before}${first}${first && written && ','}${written}]${fields && ','}${fields}}`;
    },
  };
}

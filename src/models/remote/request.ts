/** The body of a request, as text that keeps its beginning from one turn to the next. */
import type { JsonSchema, ModelRequest } from '../../core/index.ts';
import type { Plan } from './answer.ts';
import { ANSWER } from './answer.ts';
import type { Dialect } from './dialect.ts';
import type { Flags } from './flags.ts';
import { createTranscript } from './transcript.ts';

export interface Writer {
  body(request: ModelRequest, plan: Plan): Promise<string>;
}

const USE = 'To call some, write only {"tool_calls":[{"name":"…","arguments":{…}}]}.';

/**
 * Once the flags have changed, another one is needed.
 *
 * @param more fields of the site's own
 */
export function createWriter(
  dialect: Dialect,
  flags: Flags,
  model: string,
  by: string,
  more: Readonly<Record<string, unknown>>,
): Writer {
  const transcript = createTranscript(dialect, by, flags);

  return {
    async body({ instructions, messages, schema, tools, toolChoice, settings, stop }, plan) {
      const offered = tools.map((tool) => JSON.stringify(dialect.tool(tool)));
      const said = instructions ? [instructions] : [];
      if (plan.tools === 'text') said.push(`Your tools: [${offered.splice(0).join()}]\n${USE}`);
      const notes: string[] = [];
      if (plan.schema === 'text') {
        notes.push(`Answer with JSON alone for this schema: ${JSON.stringify(schema)}`);
      } else if (plan.schema === 'tool') {
        // Only what has a schema is answered by it.
        const tool = { name: ANSWER, description: 'Gives the answer.', input: schema as JsonSchema };
        offered.push(JSON.stringify(dialect.tool(tool)));
        if (!plan.choice) notes.push(`Answer by calling ${ANSWER}.`);
      }
      if (toolChoice && plan.tools && !plan.choice) notes.push('Call no other tools.');

      const [fields, first] = said[0] ? dialect.instructions(said.join('\n\n')) : ['', ''];
      const list = offered[0] ? `"tools":[${offered.join()}],` : '';
      const written = await transcript.write(messages, notes);
      const all = { ...dialect.fields(plan, schema, stop), ...more, ...settings, stream: true };
      return `{"model":${JSON.stringify(model)},${list}${fields}"messages":[${first}${written}],${JSON.stringify(all).slice(1)}`;
    },
  };
}

/** What a server has turned out not to take, and how a request is put without it. */
import type { ModelRequest } from '../../core/index.ts';
import type { Plan } from './answer.ts';
import { wireName } from './pieces.ts';

/** The ways to get JSON that fits a schema, the best first: natively, by a tool that has to be called, by text. */
const NATIVE = 0;
const NAMED = 1;
const REQUIRED = 2;
const AUTO = 3;
const TEXT = 4;

/** What is known of a server. It is kept for as long as the model is. */
export interface Flags {
  /** Whether it takes `stream_options`. */
  usage: boolean;
  tools: boolean;
  /** Whether it takes `tool_choice: 'none'`. */
  choice: boolean;
  /** Whether it takes system messages. */
  system: boolean;
  /** How it gives JSON. */
  level: number;
}

export function planOf({ tools, toolChoice, schema }: ModelRequest, { level, ...takes }: Flags): Plan {
  const hasTools = tools.length > 0;
  const mayCall = hasTools && !toolChoice;
  // An answer by tool is one by text where there are no tools, and where it is no object.
  const isByTool = takes.tools && level < TEXT && (schema?.type ?? 'object') === 'object';
  const way = schema && (level === NATIVE ? 'native' : isByTool ? 'tool' : 'text');
  const forced = level === AUTO ? undefined : level === NAMED && !mayCall ? 'named' : 'required';
  const forbidden = hasTools && !mayCall && takes.tools && takes.choice ? 'none' : undefined;
  return {
    usage: takes.usage,
    tools: hasTools ? (takes.tools ? 'native' : 'text') : undefined,
    schema: way,
    choice: way === 'tool' ? forced : forbidden,
    names: new Map(mayCall ? tools.map(({ name }) => [wireName(name), name]) : []),
  };
}

/**
 * What a refused request has taught: puts it into the flags and returns it as the end of a sentence, or undefined where
 * it is about something else.
 *
 * @param said the body of the refusal
 */
export function downgrade({ usage, schema, choice, tools }: Plan, flags: Flags, said: string): string | undefined {
  if (usage && /stream_options/i.test(said)) {
    flags.usage = false;
    return 'does not count tokens';
  }
  if (schema === 'native' && /[_ ](?:format|config)|json_?schema|structured/i.test(said)) {
    flags.level = NAMED;
    return 'takes no schema';
  }
  if (choice && /tool.?choice|force/i.test(said)) {
    if (choice === 'none') flags.choice = false;
    else flags.level = choice === 'named' ? REQUIRED : AUTO;
    return `takes no ${choice} \`tool_choice\``;
  }
  // A tool with a schema that is wrong is another matter.
  const isRefusal =
    /^(?!.*schema).*(?:tool|function)/is.test(said) &&
    /support|require|enable|recogni|unknown|extra|permit/i.test(said);
  if ((tools === 'native' || schema === 'tool') && isRefusal) {
    flags.tools = false;
    return 'takes no tools';
  }
  if (flags.system && /system (?:role|message)/i.test(said)) {
    flags.system = false;
    return 'takes no system messages';
  }
  return undefined;
}

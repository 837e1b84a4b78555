/** What the planner has read of the tools: it reads a tool again only when the tool, or what it suggests, has changed. */
import type { ModelTool } from '../../core/index.ts';
import { createLookup, thingsOf } from './catalogue.ts';
import type { Setting } from './decision.ts';
import { fieldsOf } from './fields.ts';
import type { Field, Option } from './fields.ts';
import { namesOf } from './patterns.ts';
import { profileOf } from './rank.ts';
import type { Profile } from './rank.ts';
import { createSpelling } from './spelling.ts';
import type { Spelling } from './spelling.ts';
import { cardOf } from './tool-card.ts';

/** Everything that a message is read with. */
export interface Known {
  readonly setting: Setting;
  readonly spelling: Spelling;
}

export interface ToolMemory {
  /** Reads the tools, with everything that they suggest. */
  read(tools: readonly ModelTool[], now: number, signal: AbortSignal): Promise<Known>;
}

interface Entry {
  readonly card: ModelTool;
  readonly fields: readonly Field[];
  things: readonly Option[];
  profile: Profile | undefined;
}

const same = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

function spellingOf(profiles: readonly Profile[]): Spelling {
  const spelling = createSpelling();
  for (const { tool, fields, things } of profiles) {
    for (const text of [tool.name, tool.description, ...tool.examples]) spelling.add(text);
    for (const { label } of things) spelling.add(label, true);
    for (const { name, label, options } of fields) {
      for (const text of [name, label, ...options.map((option) => option.label)]) spelling.add(text);
    }
  }
  return spelling;
}

/** Makes a memory that has read nothing. */
export function createToolMemory(): ToolMemory {
  const entries = new WeakMap<ModelTool, Entry>();
  let last: { profiles: readonly Profile[]; names: Setting['names']; spelling: Spelling } | undefined;

  const entryOf = (tool: ModelTool): Entry => {
    const known = entries.get(tool);
    if (known !== undefined) return known;
    const card = cardOf(tool);
    const made = { card, fields: fieldsOf(card.input), things: [], profile: undefined };
    entries.set(tool, made);
    return made;
  };

  return {
    async read(tools, now, signal) {
      const lookup = createLookup(signal);
      const profiles = await Promise.all(
        tools.map(async (tool) => {
          const entry = entryOf(tool);
          const things = await thingsOf(entry.card, entry.fields, lookup);
          if (entry.profile === undefined || !same(things, entry.things)) {
            entry.things = things;
            entry.profile = profileOf(entry.card, things);
          }
          return entry.profile;
        }),
      );
      if (last === undefined || !same(last.profiles, profiles)) {
        const names = namesOf(profiles.flatMap(({ things }) => things));
        last = { profiles, names, spelling: spellingOf(profiles) };
      }
      return { setting: { profiles, now, lookup, names: last.names }, spelling: last.spelling };
    },
  };
}

/** What a vertical says of itself before any of its code is loaded, and the check of it. */
import { AgentError, isRecord } from '../core/index.ts';
import type { Stage, ToolDanger, ToolEffect } from '../core/index.ts';
import type { WorkflowDocument } from '../workflow/index.ts';
import { isCapability } from './capabilities.ts';
import type { Capability } from './capabilities.ts';
import type { Activate } from './page-half.ts';
import { isRange, isVersion } from './version.ts';

/** A tool, or all tools whose names begin alike: `fill_*`. What is offered later must keep to it. */
export interface VerticalToolEntry {
  readonly name: string;
  readonly effect: ToolEffect;
  /** The least danger that such a tool has. Default: `medium` for a write, else `low`. */
  readonly danger?: ToolDanger;
  /** What a call needs, and all that it gets. Where one was not granted the tool is not offered. */
  readonly capabilities?: readonly Capability[];
}

/** Code that is loaded by its address. */
export interface CodeAddress {
  /** Absolute, or relative to the page. */
  readonly url: string;
  /** As of Subresource Integrity: `sha384-…`. It has to be there where the code comes from another origin. */
  readonly integrity?: string;
}

export interface VerticalPrompts {
  /** What a language model is told; see `withVerticals()`. */
  readonly instructions?: string;
  /** Texts that an empty conversation may offer. */
  readonly starters?: readonly string[];
}

/** A vertical: tools, prompts, workflows and stages that belong together, and what they may do. */
export interface Vertical {
  /** Small letters, digits and hyphens, up to 32. */
  readonly id: string;
  /** Three numbers. */
  readonly version: string;
  /** For the person at the page. */
  readonly name: string;
  /** The versions of inpage that it is for, such as `^0.1.0`. */
  readonly engine: string;
  /** What it asks for. The site grants it, or a part of it. */
  readonly capabilities?: readonly Capability[];
  readonly tools?: readonly VerticalToolEntry[];
  readonly prompts?: VerticalPrompts;
  /** Workflows by name, as texts or as `readWorkflow()` gives them. */
  readonly workflows?: Readonly<Record<string, WorkflowDocument | string>>;
  readonly stages?: readonly Stage[];
  /** The verticals that it needs, with the range of versions of each. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** The half that runs in the page. It is loaded once, when the vertical is first used. */
  readonly page?: CodeAddress | (() => Promise<{ readonly activate: Activate }>);
  /** The half that runs in the worker of the host, once the site has granted `worker`. */
  readonly worker?: CodeAddress;
}

const ID = /^[a-z][a-z0-9-]{0,31}$/;
const TOOL = /^[A-Za-z0-9_.-]{1,64}\*?$/;
const INTEGRITY = /^sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}$/;
const FIELDS = [
  ...['id', 'version', 'name', 'engine', 'capabilities', 'tools', 'prompts', 'workflows', 'stages'],
  ...['dependencies', 'page', 'worker'],
];
const EFFECTS: readonly unknown[] = ['read', 'write', 'navigate'];
const DANGERS: readonly unknown[] = ['low', 'medium', 'high'];

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

type Demand = (holds: boolean, fault: string) => void;

/** The fields of a part that it cannot have. */
function strangers(part: object, known: readonly string[], where: string, demand: Demand): void {
  for (const key of Object.keys(part)) demand(known.includes(key), `${where} has no field "${key}"`);
}

function checkTool(tool: unknown, asked: readonly unknown[], at: number, demand: Demand): void {
  const where = `tools[${at}]`;
  if (!isRecord(tool)) {
    demand(false, `${where} must be an object`);
    return;
  }
  const { name, effect, danger, capabilities = [] } = tool;
  strangers(tool, ['name', 'effect', 'danger', 'capabilities'], where, demand);
  demand(
    isText(name) && TOOL.test(name),
    `${where}.name must be 1 to 64 of A-Z a-z 0-9 _ . - and perhaps a * at its end`,
  );
  demand(EFFECTS.includes(effect), `${where}.effect must be 'read', 'write' or 'navigate'`);
  demand(danger === undefined || DANGERS.includes(danger), `${where}.danger must be 'low', 'medium' or 'high'`);
  const needs = isList(capabilities) ? capabilities : [undefined];
  demand(
    needs.every((each) => asked.includes(each)),
    `${where}.capabilities must be a list of what \`capabilities\` asks for`,
  );
  demand(effect !== 'read' || !needs.includes('page:act'), `${where} acts on the page, so it is no read`);
  const leaves = needs.includes('navigate') || needs.includes('page:act');
  demand(effect !== 'navigate' || leaves, `${where} leaves the page, which needs "navigate" or "page:act"`);
}

function checkAddress(code: unknown, where: string, origin: string, demand: Demand): void {
  if (!isRecord(code)) {
    demand(false, `\`${where}\` must be { url, integrity }${where === 'page' ? ' or a function that imports it' : ''}`);
    return;
  }
  const { url, integrity } = code;
  strangers(code, ['url', 'integrity'], where, demand);
  demand(
    integrity === undefined || (isText(integrity) && INTEGRITY.test(integrity)),
    `${where}.integrity must be a hash such as sha384-…`,
  );
  try {
    const address = new URL(isText(url) ? url : ':', origin || undefined);
    demand(/^https?:$/.test(address.protocol), `${where}.url must be one of http or https`);
    demand(
      integrity !== undefined || address.origin === new URL(origin).origin,
      `${where}.integrity must be there, for the code is of another origin`,
    );
  } catch {
    demand(false, `${where}.url must be an address`);
  }
}

function checkStage(stage: unknown, at: number, demand: Demand): void {
  const { name, keywords, tools } = isRecord(stage) ? stage : {};
  const areTexts = [keywords, tools].every((list) => isList(list) && list.every(isText));
  demand(isText(name) && areTexts, `stages[${at}] must have a \`name\`, and lists of \`keywords\` and \`tools\``);
}

/**
 * All that is wrong with a vertical.
 *
 * @param origin of the page, or an address in it.
 */
export function faultsOf(vertical: unknown, origin: string): readonly string[] {
  const faults: string[] = [];
  const demand: Demand = (holds, fault) => {
    if (!holds) faults.push(fault);
  };
  if (!isRecord(vertical)) return ['it must be an object'];
  const { id, version, name, engine, capabilities = [], tools = [], prompts = {}, stages = [] } = vertical;
  const { workflows = {}, dependencies = {}, page, worker } = vertical;
  strangers(vertical, FIELDS, 'a vertical', demand);
  demand(isText(id) && ID.test(id), '`id` must be a small letter and up to 31 of a-z 0-9 -');
  demand(isText(version) && isVersion(version), '`version` must be three numbers such as 1.0.0');
  demand(isText(name), '`name` must say what it is, for the person at the page');
  demand(isText(engine) && isRange(engine), '`engine` must be a range of versions of inpage, such as ^0.1.0');
  const asked = isList(capabilities) ? capabilities : [undefined];
  demand(
    asked.every(isCapability),
    '`capabilities` must be a list of page:read, page:act, storage, navigate, worker, network:self and network:https://an.origin',
  );
  if (isList(tools)) {
    tools.forEach((tool, at) => {
      checkTool(tool, asked, at, demand);
    });
    const names = tools.map((tool) => (isRecord(tool) ? tool['name'] : undefined));
    demand(new Set(names).size === names.length, 'each name may stand once in `tools`');
  } else demand(false, '`tools` must be a list');
  if (isRecord(prompts)) {
    const { instructions, starters = [] } = prompts;
    strangers(prompts, ['instructions', 'starters'], 'prompts', demand);
    demand(instructions === undefined || isText(instructions), 'prompts.instructions must be a text');
    demand(isList(starters) && starters.every(isText), 'prompts.starters must be a list of texts');
  } else demand(false, '`prompts` must be { instructions, starters }');
  const areDocuments = isRecord(workflows) && Object.values(workflows).every((one) => isText(one) || isRecord(one));
  demand(areDocuments, '`workflows` must be by name, as texts or as readWorkflow() gives them');
  if (isList(stages)) {
    stages.forEach((stage, at) => {
      checkStage(stage, at, demand);
    });
  } else demand(false, '`stages` must be a list');
  const needed = isRecord(dependencies) ? Object.entries(dependencies) : [['', '']];
  const areRanges = needed.every(([one, range]) => isText(one) && ID.test(one) && isText(range) && isRange(range));
  demand(areRanges, '`dependencies` must be ranges of versions by id, such as { dates: "^1.0.0" }');
  if (typeof page !== 'function' && page !== undefined) checkAddress(page, 'page', origin, demand);
  if (worker !== undefined) checkAddress(worker, 'worker', origin, demand);
  demand(page !== undefined || !isList(tools) || tools.length === 0, '`tools` need a `page` that has their code');
  demand(
    worker === undefined || asked.includes('worker'),
    '`worker` must be among the `capabilities`, as it has a half there',
  );
  return faults;
}

/**
 * Returns its argument when it is a vertical.
 *
 * @param origin of the page.
 * @throws AgentError `invalid-vertical`, naming every fault at once.
 */
export function checkVertical(vertical: unknown, origin: string): Vertical {
  const faults = faultsOf(vertical, origin);
  if (faults.length === 0) return vertical as Vertical;
  const id = isRecord(vertical) && isText(vertical['id']) ? ` "${vertical['id']}"` : '';
  throw new AgentError('invalid-vertical', `The vertical${id} is not usable: ${faults.join('; ')}.`, {
    fix: 'Mend its manifest.',
    details: { faults },
  });
}

/** What the manifest says of a tool of some name, the most exact first. */
export function entryFor({ tools = [] }: Vertical, name: string): VerticalToolEntry | undefined {
  const fits = (pattern: string): boolean =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
  return tools.filter((entry) => fits(entry.name)).toSorted((a, b) => b.name.length - a.name.length)[0];
}

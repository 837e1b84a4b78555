/** The fields of a team node. */
import type { Formation, MemberSpec, TeamSpec } from '../document.ts';
import { suggest } from '../faults.ts';
import type { Tree } from '../tree.ts';
import type { Common } from './common.ts';
import { checkName, outputOf } from './common.ts';
import { Fields } from './fields.ts';
import { template } from './texts.ts';

const FORMATIONS: readonly Formation[] = ['sequential', 'parallel', 'pipeline', 'consensus'];
const NOT_SERVED: readonly string[] = ['hierarchical', 'reflection', 'adaptive', 'dynamic'];
const ROUNDS = 3;
const TOOL_BUDGET = 15;

function formationOf(fields: Fields): Formation {
  const tree = fields.textTree('team_formation', 'formation');
  if (!tree) return 'sequential';
  const found = FORMATIONS.find((known) => known === tree.value);
  if (found) return found;
  const message = NOT_SERVED.includes(tree.value) ? 'This formation is not served.' : 'There is no such formation.';
  fields.faults.error(tree, message, suggest(tree.value, FORMATIONS));
  return 'sequential';
}

function memberOf(
  tree: Tree,
  index: number,
  fields: Fields,
  common: Common,
  most: number | undefined,
): MemberSpec | undefined {
  if (tree.kind !== 'map') {
    fields.faults.error(tree, 'A member is a map.', 'Write `- {role: researcher, goal: "…"}`.');
    return undefined;
  }
  const inner = new Fields(tree, fields.faults, 'a member');
  const role = inner.text('role') ?? 'executor';
  const goal = inner.textTree('goal', 'prompt', 'task');
  const tools = inner.texts('tools')?.map(({ value }) => value);
  const budget = inner.number('tool_budget', { whole: true }, 'budget') ?? TOOL_BUDGET;
  const id = inner.textTree('id', 'name');
  if (id) checkName(id, fields, 'The id of a member');
  const member: MemberSpec = {
    id: id?.value ?? `${role.replace(/[^A-Za-z0-9_-]/g, '_')}_${index + 1}`,
    role,
    goal: goal ? template(goal, fields.faults, 'The goal cannot be read') : { text: '', at: common.at },
    ...(tools ? { tools } : {}),
    toolBudget: most === undefined ? budget : Math.min(budget, most),
    expertise: inner.texts('expertise')?.map(({ value }) => value) ?? [],
  };
  inner.rest();
  return member;
}

/** Reads what a team node has beside what every node has. */
export function readTeam(fields: Fields, common: Common): Omit<TeamSpec, keyof Common> {
  const goal = fields.textTree('goal');
  if (!goal) fields.missing('goal', 'goal: "Compare {{offers}}"');
  if (!common.constraints.llm)
    fields.faults.error(fields.place('constraints'), 'A team needs a model, and `llm` is blocked.');
  const formation = formationOf(fields);
  const list = fields.list('members');
  if (!list || list.items.length === 0) fields.missing('members', 'members: [{role: researcher, goal: "…"}]');
  const total = fields.number('total_tool_budget', { whole: true });
  const maxIterations = fields.number('max_iterations', { whole: true, least: 1, most: 50 });
  const rounds = formation === 'consensus' ? (maxIterations ?? ROUNDS) : 1;
  if (maxIterations !== undefined && formation !== 'consensus')
    fields.faults.trap(
      fields.place('max_iterations'),
      '`max_iterations` goes with `team_formation: consensus`.',
      'Leave it out.',
    );
  const most = total === undefined || !list ? undefined : Math.floor(total / Math.max(1, list.items.length * rounds));
  const members = (list?.items ?? []).flatMap((tree, index) => memberOf(tree, index, fields, common, most) ?? []);
  const seen = new Set<string>();
  members.forEach(({ id }, index) => {
    const at = list?.items[index];
    if (seen.has(id) && at) fields.faults.error(at, `There is a member \`${id}\` already.`, 'Give each an `id`.');
    seen.add(id);
  });
  fields.unserved('what the members give is put under `output`, beside all other data', 'merge_mode');
  return {
    type: 'team',
    goal: goal ? template(goal, fields.faults, 'The goal cannot be read') : { text: '', at: common.at },
    formation,
    members,
    merge: fields.choice('merge_strategy', ['dict', 'list']) ?? 'dict',
    output: fields.has('output') ? outputOf(fields, common.id) : 'team_result',
    continueOnError: fields.boolean('continue_on_error') ?? true,
    maxIterations: maxIterations ?? ROUNDS,
  };
}

/** A condition: goes to the branch that its value is named as. */
import { AgentError } from '../../core/index.ts';
import { Command, END } from '../../engine/index.ts';
import type { ConditionSpec } from '../document.ts';
import { parseExpression } from '../expression/parse.ts';
import { textOf } from '../expression/template.ts';
import { isTrue } from '../expression/values.ts';
import { isName } from '../read/texts.ts';
import { END_OF_FLOW } from '../read/link.ts';
import type { Compilation } from './parts.ts';
import type { WorkflowNode } from './ports.ts';
import { located, scopeOf } from './scope.ts';

/** The branch of a value, or undefined. */
function branchOf({ branches, otherwise }: ConditionSpec, value: unknown): string | undefined {
  const name = value === undefined || value === null ? 'null' : textOf(value);
  if (Object.hasOwn(branches, name)) return branches[name];
  const isBoolean = Object.hasOwn(branches, 'true') || Object.hasOwn(branches, 'false');
  const word = String(isTrue(value));
  if (isBoolean && Object.hasOwn(branches, word)) return branches[word];
  return otherwise;
}

function noBranch({ id, branches }: ConditionSpec, value: unknown): AgentError {
  return new AgentError(
    'node-failed',
    `The condition "${id}" gave ${value === undefined ? 'nothing' : JSON.stringify(value)}, for which there is no branch.`,
    {
      fix: `It has: ${Object.keys(branches).join(', ')}. Give it a \`default\`.`,
      details: { node: id, retry: false },
    },
  );
}

/** @param entry gives the graph's node for a node of the document. */
export function conditionNode(
  spec: ConditionSpec,
  compilation: Compilation,
  entry: (id: string) => string,
): WorkflowNode | undefined {
  const { condition } = spec;
  const { conditions = {} } = compilation.options;
  const follow = (value: unknown): Command<never> => {
    const target = branchOf(spec, value);
    if (target === undefined) throw noBranch(spec, value);
    return new Command({ goto: target === END_OF_FLOW ? END : entry(target) });
  };
  const registered =
    isName(condition.text) && Object.hasOwn(conditions, condition.text) ? conditions[condition.text] : undefined;
  if (registered) {
    return async ({ data }, context) =>
      follow(await compilation.ask(spec, registered, undefined, data, (seen) => registered(seen, context)));
  }
  const expression = compilation.parse(condition, parseExpression);
  return expression && ((state) => follow(located(condition, () => expression.evaluate(scopeOf(state)))));
}

/** Every node that a condition may lead to. */
export function targetsOf({ branches, otherwise }: ConditionSpec): readonly string[] {
  return [...Object.values(branches), ...(otherwise === undefined ? [] : [otherwise])];
}

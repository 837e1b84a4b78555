/** Workflow files of the size that people write: 12 to 18 KB for 20 nodes. */

const WORDS =
  'order customer refund invoice delivery address status history policy summary review risk amount note product stock'.split(
    ' ',
  );
const prose = (seed: number, words: number): string =>
  Array.from({ length: words }, (_, index) => WORDS[(seed * 7 + index * 3) % WORDS.length]).join(' ');

/** Six kinds of nodes, one after the other, each with what people write into it. */
function node(index: number, next: string): string {
  const id = `step_${index}`;
  const lead = `      next: [${next}]\n`;
  const base = `    # ${prose(index, 12)}\n    - id: ${id}\n      name: ${prose(index, 4)}\n`;
  switch (index % 6) {
    case 0:
      return `${base}      type: compute\n      tools: [search_orders, read_history]\n      inputs:\n        query: $ctx.customer.id\n        filter: {status: open, note: "${prose(index, 20)}"}\n        limit: 20\n      output: found_${index}\n      constraints: [llm, write]\n      fail_fast: false\n      timeout: 20\n${lead}`;
    case 1:
      return `${base}      type: agent\n      role: analyst\n      goal: >-\n        ${prose(index, 60)} {{customer.name}}\n        ${prose(index + 1, 60)} {{default(found_${index - 1}, "")}}\n      tools: [search_orders]\n      tool_budget: 5\n      llm_config: {temperature: 0.2, max_tokens: 800}\n      output: said_${index}\n      retry: {attempts: 2, delay: 0.5}\n      on_error: continue\n${lead}`;
    case 2:
      return `${base}      type: condition\n      condition: len(default(found_${index - 2}, [])) > 2 and customer.level in ["gold", "silver"]\n      branches:\n        true: ${next}\n        false: ${next}\n`;
    case 3:
      return `${base}      type: transform\n      transform: |\n        total_${index} = default(total, 0) + ${index}\n        names_${index} = map(filter(default(list, []), it.score > 0.5), it.title)\n        report.part_${index} = {id: customer.id, text: "${prose(index, 30)}"}\n${lead}`;
    case 4:
      return `${base}      type: hitl\n      hitl_type: review\n      prompt: "${prose(index, 50)} {{customer.name}}"\n      context_keys: [customer, report]\n      timeout: 600\n      fallback: skip\n${lead}`;
    default:
      return `${base}      type: compute\n      handler: score\n      inputs:\n        text: "${prose(index, 60)} {{customer.name}}"\n        weights: [0.2, 0.3, 0.5]\n      output: score_${index}\n      timeout: 5\n${lead}`;
  }
}

/** The text of a workflow of so many nodes. */
export function workflowText(count: number): string {
  const nodes = Array.from({ length: count }, (_, index) =>
    node(index, index + 1 < count ? `step_${index + 1}` : 'end'),
  );
  return `inpage: 1\nworkflows:\n  support:\n    description: ${prose(1, 20)}\n    execution: {timeout: 600, default_node_timeout: 60, max_iterations: 20, max_retries: 1}\n    nodes:\n${nodes
    .join('')
    .replace(/^ {4}/gm, '      ')
    .replace(/^ {6}- id/gm, '      - id')}`;
}

/** As many transforms in a row. */
export const transformText = (count: number): string =>
  `flow:\n  nodes:\n${Array.from({ length: count }, (_, index) => `    - {id: n${index}, type: transform, transform: "x = default(x, 0) + 1"}\n`).join('')}`;

/** YAML, for pages and Node: no worker has it. */
export { parseYaml } from './parse.ts';

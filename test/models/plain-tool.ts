/** What a tool is where a test says nothing else. */
import type { ModelTool } from '../../src/core/index.ts';

export const PLAIN: Omit<ModelTool, 'name' | 'description' | 'input' | 'examples'> = {
  aliases: [],
  keywords: [],
  category: 'custom',
  effect: 'read',
  danger: 'low',
  timeout: 1000,
  idempotent: true,
  untrusted: false,
  mandatory: false,
  retries: 0,
  cacheTtl: 0,
  suggests: false,
  checks: false,
  summarizes: false,
  undoes: false,
};

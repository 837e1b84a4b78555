export function violations(sources: Readonly<Record<string, string>>): string[];
export function readSources(root: string): Record<string, string>;

export const FOLDERS: Readonly<Record<string, readonly string[] | RegExp>>;
export const PACKAGES: Readonly<Record<string, RegExp>>;
export function violations(sources: Readonly<Record<string, string>>): string[];
export function readSources(root: string): Record<string, string>;

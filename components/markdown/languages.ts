/** The languages whose code is coloured, by all names that models give them, and which file knows their grammar. */

/** Grammars that are loaded together. */
export type GrammarGroup = 'web' | 'scripts' | 'compiled';

const NAMES: Readonly<Record<GrammarGroup, string>> = {
  web: 'css html javascript js json json5 jsonc jsx mjs svg ts tsx typescript xhtml xml',
  scripts: 'bash diff docker dockerfile ini md markdown patch py python sh shell sql toml yaml yml zsh',
  compiled: 'c c# c++ cc cpp cs csharp go golang h hpp java kotlin kt php rb rs ruby rust swift',
};

const GROUPS: ReadonlyMap<string, GrammarGroup> = new Map(
  (Object.keys(NAMES) as GrammarGroup[]).flatMap((group) => NAMES[group].split(' ').map((name) => [name, group])),
);

/** Where the grammar of a language is; undefined for one that is not known. */
export const groupOf = (language: string): GrammarGroup | undefined => GROUPS.get(language.toLowerCase());

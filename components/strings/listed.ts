/** Texts as they follow each other in a sentence of a language. */
export const listed = (lang: string, texts: readonly string[]): string =>
  new Intl.ListFormat(lang, { type: 'conjunction' }).format(texts);

/** Names in their order, each once, and how often it was there if that is more than once. */
export function counted(names: readonly string[], times: (count: number) => string): readonly string[] {
  return [...new Set(names)].map((name) => {
    const count = names.filter((one) => one === name).length;
    return count > 1 ? `${name} (${times(count)})` : name;
  });
}

/** Whether a file is of a kind that may be added: a file field asks the browser, but what is dropped or pasted does not. */

/** @param accept as in the attribute of a file field, such as `image/*,.pdf`; empty for all. */
export function isAccepted({ name, type }: Pick<File, 'name' | 'type'>, accept: string): boolean {
  const kinds = accept.split(',').flatMap((kind) => kind.trim().toLowerCase() || []);
  return (
    kinds.length === 0 ||
    kinds.some((kind) => {
      if (kind === '*/*') return true;
      if (kind.startsWith('.')) return name.toLowerCase().endsWith(kind);
      return kind.endsWith('/*') ? type.startsWith(kind.slice(0, -1)) : type === kind;
    })
  );
}

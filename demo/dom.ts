/** Finds the parts of the page that index.html promises. */

/** The element with this id. Throws when the page has none, which only a broken index.html can cause. */
export function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element with the id "${id}".`);
  return element;
}

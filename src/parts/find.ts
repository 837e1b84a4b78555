/** The first element of a selector; none where it is no selector, which is said where the chat is placed. */
export function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

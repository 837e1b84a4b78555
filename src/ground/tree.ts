/** The page as one tree, open shadow roots included; the elements of inpage itself are no part of it. */

const isOurs = ({ localName }: Element): boolean => localName.startsWith('inpage-');

/** All elements below a root, in the order of the document, those in open shadow roots before the children of their host. */
export function* elementsIn(root: ParentNode): Generator<Element> {
  for (const element of root.children) {
    if (isOurs(element)) continue;
    yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
    yield* elementsIn(element);
  }
}

/** The root and all open shadow roots below it. */
export function rootsIn(root: ParentNode & Node): readonly (ParentNode & Node)[] {
  const found = [root];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot && !isOurs(element)) found.push(...rootsIn(element.shadowRoot));
  }
  return found;
}

function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** The nearest of an element and what it is in, also beyond its shadow root, that matches. */
export function nearest(element: Element, selector: string): Element | undefined {
  for (let at: Element | null = element; at; at = parentOf(at)) if (at.matches(selector)) return at;
  return undefined;
}

function rectIsSeen(element: Element): boolean {
  const { width, height, right, bottom } = element.getBoundingClientRect();
  // What is one pixel large, or lies before the beginning of the page, is there for machines.
  return width > 1 && height > 1 && right + scrollX > 0 && bottom + scrollY > 0;
}

/** Whether a person can see an element, once they scroll to it. */
export function isShown(element: Element): boolean {
  return (
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    rectIsSeen(element) &&
    nearest(element, '[aria-hidden="true"], [inert]') === undefined
  );
}

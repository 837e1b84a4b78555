/** The page as one tree, open shadow roots included; the elements of inpage itself are no part of it. */

/**
 * An element as the platform knows it. A form has its fields as properties before all others, so that one called
 * `children` hides the children. What comes back is for looking at alone: it is not the element itself.
 */
export function plainly<T extends object>(element: T): T {
  if (!(element instanceof HTMLFormElement)) return element;
  return new Proxy(element, {
    get(form, key): unknown {
      const value: unknown = Reflect.get(HTMLFormElement.prototype, key, form);
      return typeof value === 'function' ? (value.bind(form) as unknown) : value;
    },
  });
}

const isOurs = (element: Element): boolean => plainly(element).localName.startsWith('inpage-');

/** All elements below a root, in the order of the document, those in open shadow roots before the children of their host. */
export function* elementsIn(root: ParentNode): Generator<Element> {
  for (const element of plainly(root).children) {
    if (isOurs(element)) continue;
    yield element;
    const { shadowRoot } = plainly(element);
    if (shadowRoot) yield* elementsIn(shadowRoot);
    yield* elementsIn(element);
  }
}

/** The root and all open shadow roots below it. */
export function rootsIn(root: ParentNode & Node): readonly (ParentNode & Node)[] {
  const found = [root];
  for (const element of root.querySelectorAll('*')) {
    const { shadowRoot } = plainly(element);
    if (shadowRoot && !isOurs(element)) found.push(...rootsIn(shadowRoot));
  }
  return found;
}

function parentOf(element: Element): Element | null {
  const form = plainly(element);
  const root = form.getRootNode();
  return form.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** The nearest of an element and what it is in, also beyond its shadow root, that matches. */
export function nearest(element: Element, selector: string): Element | undefined {
  for (let at: Element | null = element; at; at = parentOf(at)) if (plainly(at).matches(selector)) return at;
  return undefined;
}

function rectIsSeen(element: Element): boolean {
  const { width, height, right, bottom } = plainly(element).getBoundingClientRect();
  // What is one pixel large, or lies before the beginning of the page, is there for machines.
  return width > 1 && height > 1 && right + scrollX > 0 && bottom + scrollY > 0;
}

/** Whether a person can see an element, once they scroll to it. */
export function isShown(element: Element): boolean {
  return (
    plainly(element).checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    rectIsSeen(element) &&
    nearest(element, '[aria-hidden="true"], [inert]') === undefined
  );
}

/** Marks nodes that take the state whatever they were reached by. */

const takingState = new WeakSet<object>();

/** Marks a node, and returns it. */
export function markTakesState<T extends object>(node: T): T {
  takingState.add(node);
  return node;
}

/** Whether a node was marked, so that nothing can be sent to it. */
export function takesState(node: object): boolean {
  return takingState.has(node);
}

/** Script URLs under `require-trusted-types-for 'script'`. */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): unknown;
  };
}

/** The name to put into a `trusted-types` directive. */
export const POLICY_NAME = 'inpage';

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** `url` in the form that `new Worker()` takes on this page. */
export function scriptUrl(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return url;
  policy ??= trustedTypes.createPolicy(POLICY_NAME, { createScriptURL: (text) => text });
  // A TrustedScriptURL is what the constructor wants here; the DOM types know only its text.
  return policy.createScriptURL(url) as string;
}

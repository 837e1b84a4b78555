/** Serves msgpackr's build without eval, which ships as a UMD script only, as the module that bundlers make of it. */

const NAME = /msgpackr\/dist\/index-no-eval\.cjs$/;

/** A plugin for the dev server of the browser tests. */
export const umd = {
  name: 'umd',
  resolveMimeType: (context) => (NAME.test(context.path) ? 'js' : undefined),
  transform(context) {
    if (!NAME.test(context.path)) return undefined;
    return `const exports = {}, module = { exports };\n${context.body}\nexport const { addExtension, Packr } = exports;`;
  },
};

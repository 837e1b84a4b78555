/** What `dist/custom-elements.json` is made from: the comments and decorators of the elements. */
export default {
  globs: ['components/**/*.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
};

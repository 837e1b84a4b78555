/** The build of msgpackr without `new Function` ships no types of its own; they are those of the package. */
declare module 'msgpackr/index-no-eval' {
  export { addExtension, Packr } from 'msgpackr';
}

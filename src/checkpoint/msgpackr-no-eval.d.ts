/** The build of msgpackr without `new Function` ships no types of its own: here is the part of it that is used. */
declare module 'msgpackr/index-no-eval' {
  export class Packr {
    constructor(options: {
      readonly useRecords: boolean;
      readonly moreTypes: boolean;
      readonly mapsAsObjects: boolean;
      readonly useToJSON: boolean;
    });
    /** Returns a view on a buffer that the next call writes over. */
    pack(value: unknown): Uint8Array;
    unpack(bytes: Uint8Array): unknown;
  }
  export function addExtension<T>(extension: {
    readonly Class: new (...args: never[]) => T;
    /** 1 to 100. */
    readonly type: number;
    write(instance: T): unknown;
    read(value: unknown): unknown;
  }): void;
}

/** Checks samples against the types that the package ships, as a strict project of somebody else would. */
import { dirname } from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  types: [],
};

/**
 * The faults of files, as sentences with the line in the file.
 *
 * @param files their paths.
 * @returns the faults by path; a file without any is not in it.
 */
export function typeFaults(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const faults = new Map<string, string[]>();
  const program = ts.createProgram(files, OPTIONS);
  for (const path of files) {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    if (found.length > 0) faults.set(path, found.map(sentence));
  }
  return faults;
}

function sentence({ file, start = 0, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n');
  if (file === undefined) return text;
  const line = file.getLineAndCharacterOfPosition(start).line;
  return `${text} (${file.text.split('\n')[line]?.trim() ?? dirname(file.fileName)})`;
}

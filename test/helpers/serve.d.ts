export function serve(
  folder: string,
  options?: { headers?: Readonly<Record<string, string>>; edit?: (html: string) => string },
): Promise<{ origin: string; close(): Promise<void> }>;

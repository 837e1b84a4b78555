/** Hands a file to the browser's downloads. */

/** @param title what it is called by; letters and digits of it are kept. */
export function saveFile(file: Blob, title: string, extension: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40) || 'conversation'}.${extension}`;
  link.click();
  // The browser has taken the file by then.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  });
}

/** A host's words, shortened and without control characters, for use inside a sentence. */
export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const clean = text.trim().replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean
}

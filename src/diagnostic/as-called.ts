/**
 * A sentence of ours whose commands a person can copy: `runbook exec` in backticks becomes what they
 * type to call the program.
 *
 * @param program - Such as `npx runbook`.
 */
export function asCalled(text: string, program: string): string {
  return text.replaceAll(/`runbook(?= (?:--)?[a-z])/g, () => `\`${program}`)
}

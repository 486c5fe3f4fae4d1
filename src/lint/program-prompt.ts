// Prompts that bash would read as a command and a redirection.
const programPrompt =
  /^(?:mysql|MariaDB \[[^\]]{0,60}\]|sqlite|sftp|ftp|redis[\w.: ]{0,30}|[\w.:]{1,30}:\d+|mongo|postgres=[#>]?|\w{1,30}=[#>])> ?(?=\S)/

/** The prompt of another program that a line starts with. */
export function programPromptOf(line: string): string | undefined {
  return programPrompt.exec(line)?.[0]
}

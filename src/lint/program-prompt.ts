// Prompts that bash would read as a command and a redirection. Sources: mysql(1), sqlite3(1),
// sftp(1), redis-cli(1), psql(1), mongo(1).
const programPrompt =
  /^(?:mysql|MariaDB \[[^\]]{0,60}\]|sqlite|sftp|ftp|redis[\w.: ]{0,30}|[\w.:]{1,30}:\d+|mongo|postgres=[#>]?|\w{1,30}=[#>])> ?(?=\S)/

/** Another program's prompt at the start of a line. */
export function programPromptOf(line: string): string | undefined {
  return programPrompt.exec(line)?.[0]
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from '../../publish/package-folder.ts'
import type { HtmlStyles } from '../../report/html-reporter.ts'

/** The styles of HTML reports, from the site's theme. */
export function reportStyles(): HtmlStyles {
  const theme = join(packageFolder(), 'site', 'theme')
  const sheet = (name: string) => readFileSync(join(theme, `${name}.css`), 'utf8')
  return { light: ['light', 'timeline', 'report'].map(sheet).join('\n'), dark: sheet('dark') }
}

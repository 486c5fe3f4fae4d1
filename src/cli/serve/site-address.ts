import { relative } from 'node:path'
import type { Project } from '../project.ts'

/** The address of a page on the site, without a leading slash. @param file - Its absolute path. */
export function siteAddress(file: string, { pages }: Pick<Project, 'pages'>): string {
  const place = relative(pages, file).replace(/(?:^|\/)index\.md$/, '')
  return place.replace(/\.md$/, '').split('/').map(encodeURIComponent).join('/')
}

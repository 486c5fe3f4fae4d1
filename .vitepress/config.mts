import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { siteConfig } from '../src/publish/site-config.ts'

export default siteConfig({
  root: dirname(dirname(fileURLToPath(import.meta.url))),
  pages: 'runbook',
  out: '.vitepress/dist',
  lang: 'zh',
  title: '从零部署 Django',
})

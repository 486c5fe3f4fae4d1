/** VitePress's default theme without its fonts, with our styles and browser code. */

import { tokenize } from '@runbook/publish/tokenize'
import { inBrowser, onContentUpdated, type Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import { type CopyWords, listenForCopies } from './copy-buttons.ts'
import { goToHash, listenForPrint, watchOverflow } from './page-effects.ts'
import { showValues, takeValue } from './reader-values.ts'
import { listenForTabs, showChoices } from './variant-tabs.ts'
import './light.css'
import './dark.css'
import './style.css'
import './step.css'
import './page.css'
import './timeline.css'
import './print.css'

const theme: Theme = {
  extends: DefaultTheme,
  setup() {
    onContentUpdated(() => {
      showChoices()
      showValues()
      watchOverflow()
      goToHash()
    })
  },
  enhanceApp({ siteData }) {
    siteData.value = withTokenizer(siteData.value)
    if (!inBrowser) return
    listenForCopies(() => copyWords(siteData.value.themeConfig))
    listenForTabs()
    listenForPrint()
    addEventListener('hashchange', goToHash)
    document.addEventListener('input', (event) => {
      const field = event.target
      if (field instanceof HTMLInputElement && field.matches('[data-runbook-var]')) takeValue(field)
    })
  },
}

export default theme

type SiteData = Parameters<NonNullable<Theme['enhanceApp']>>[0]['siteData']['value']

/**
 * Search by pairs of characters. Set here, because VitePress would send a function in the
 * configuration as source and run it with `new Function`, which a strict content security policy
 * forbids.
 */
function withTokenizer(site: SiteData): SiteData {
  const { search } = site.themeConfig
  const miniSearch = {
    options: { tokenize },
    searchOptions: {
      combineWith: 'AND',
      prefix: true,
      fuzzy: 0.1,
      boost: { title: 4, titles: 1, text: 2 },
    },
  }
  const options = { ...search?.options, miniSearch }
  return { ...site, themeConfig: { ...site.themeConfig, search: { ...search, options } } }
}

function copyWords(config: { readonly runbook?: CopyWords }): CopyWords {
  return config.runbook ?? { copied: '✓', copyFailed: '✕' }
}

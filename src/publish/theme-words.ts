/** The words of VitePress's own theme and Markdown. */

import type { DefaultTheme, MarkdownOptions } from 'vitepress'
import { type SiteLang, words } from './words.ts'

export interface ThemeWords {
  readonly config: DefaultTheme.Config
  readonly search: NonNullable<DefaultTheme.LocalSearchOptions['translations']>
  readonly markdown: Pick<MarkdownOptions, 'codeCopyButtonTitle' | 'container'>
}

export function themeWords(lang: SiteLang): ThemeWords {
  const { copied, copyFailed } = words[lang]
  // For the browser's code; `runbook` is our own key in VitePress's theme configuration.
  const browser = { runbook: { copied, copyFailed } }
  const own = themes[lang]
  return { ...own, config: { ...own.config, ...browser } }
}

const chinese: ThemeWords = {
  config: {
    outline: { level: [2, 3], label: '本页目录' },
    docFooter: { prev: '上一篇', next: '下一篇' },
    returnToTopLabel: '回到顶部',
    sidebarMenuLabel: '目录',
    darkModeSwitchLabel: '深色模式',
    lightModeSwitchTitle: '切换到浅色',
    darkModeSwitchTitle: '切换到深色',
    langMenuLabel: '切换语言',
    skipToContentLabel: '跳到正文',
    notFound: {
      title: '没有这个页面',
      quote: '它可能改了名字，或者被移走了。可以用搜索，或从首页找起。',
      linkLabel: '回到首页',
      linkText: '回到首页',
    },
  },
  search: {
    button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
    modal: {
      displayDetails: '显示摘要',
      resetButtonTitle: '清除',
      backButtonTitle: '关闭',
      noResultsText: '没有找到',
      footer: {
        selectText: '打开',
        selectKeyAriaLabel: '回车',
        navigateText: '上下选择',
        navigateUpKeyAriaLabel: '上',
        navigateDownKeyAriaLabel: '下',
        closeText: '关闭',
        closeKeyAriaLabel: 'Esc',
      },
    },
  },
  markdown: {
    codeCopyButtonTitle: '复制代码',
    container: {
      tipLabel: '提示',
      warningLabel: '注意',
      dangerLabel: '危险',
      infoLabel: '说明',
      detailsLabel: '详情',
      noteLabel: '说明',
      importantLabel: '重要',
      cautionLabel: '当心',
    },
  },
}

const english: ThemeWords = {
  config: { outline: { level: [2, 3], label: 'On this page' } },
  search: {},
  markdown: {},
}

const themes: Readonly<Record<SiteLang, ThemeWords>> = { zh: chinese, en: english }

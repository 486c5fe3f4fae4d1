/** The words of a timeline. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  timeline: { en: (took: string) => `Timeline: ${took}`, zh: (took: string) => `时间线：${took}` },
  zoom: { en: 'Zoom', zh: '缩放' },
  bar: {
    en: (step: string, host: string, status: string, took: string, from: string) =>
      `${step} on ${host}: ${status}, took ${took}, began at ${from}`,
    zh: (step: string, host: string, status: string, took: string, from: string) =>
      `${step}（${host}）：${status}，用时 ${took}，开始于 ${from}`,
  },
  wait: {
    en: (host: string, took: string, step: string, other: string) =>
      `${host} waited ${took} for ${step} on ${other}`,
    zh: (host: string, took: string, step: string, other: string) =>
      `${host} 等待 ${other} 上的 ${step} ${took}`,
  },
  idle: {
    en: (host: string, took: string, step: string) => `${host} was idle for ${took} before ${step}`,
    zh: (host: string, took: string, step: string) => `${host} 在 ${step} 之前空闲 ${took}`,
  },
  waits: {
    en: (count: number) => `What waited for whom (${count})`,
    zh: (count: number) => `等待关系（${count}）`,
  },
  waiting: { en: 'waiting', zh: '等待' },
  paused: {
    en: (took: string) => `${took} left out`,
    zh: (took: string) => `省略 ${took}`,
  },
  durations: {
    en: (count: number, least: string, most: string) => `last ${count} runs: ${least} to ${most}`,
    zh: (count: number, least: string, most: string) => `最近 ${count} 次运行：${least} 到 ${most}`,
  },
  duration: {
    en: (run: string, status: string, took: string) => `${run}: ${status}, ${took}`,
    zh: (run: string, status: string, took: string) => `${run}：${status}，${took}`,
  },
})

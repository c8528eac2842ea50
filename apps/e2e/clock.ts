import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { dayDiff } from '../../packages/domain/src/days.ts'

/** The most that the demonstration's clock moves by one call. */
const MOST = 60

/** Days go by, for everybody; the legal day after them. */
export const passDays = async (page: Page, jours: number): Promise<string> => {
  const answer = await page.request.post('/api/demo/horloge', { data: { jours }, headers: { 'idempotency-key': randomUUID() } })
  expect(answer.ok(), await answer.text()).toBe(true)
  const { today } = (await answer.json()) as { today: string }
  return today
}

/** The same until a day: where the clock is depends on what ran before. */
export const passUntil = async (page: Page, day: string): Promise<void> => {
  let { today } = (await (await page.request.get('/api/session')).json()) as { today: string }
  expect(today < day, `${today} is before ${day}`).toBe(true)
  while (today < day) today = await passDays(page, Math.min(MOST, dayDiff(today, day)))
}

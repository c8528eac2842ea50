import { type Browser, expect, type Page, test as base } from '@playwright/test'
import { PEOPLE, type PersonKey } from '../../prisma/seed/base/ids.ts'

const APPS: Record<string, string> = { structure: 'mediateur' }

/** The app of a person, as its address begins. */
export const appOf = (key: PersonKey): string => {
  const type = PEOPLE[key].role.split('.')[0] ?? ''
  return `/${APPS[type] ?? type}`
}

/** A browser of somebody: signed in by one click of the demonstration's own route, on the home page of the role. */
const open = async (browser: Browser, key: PersonKey): Promise<Page> => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const answer = await context.request.post('/api/demo/session', { data: { adhesionId: PEOPLE[key].adhesionId } })
  expect(answer.status(), await answer.text()).toBe(201)
  await page.goto(`${appOf(key)}/`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return page
}

type Fixtures = {
  /** One browser a person, kept for the length of the test. */
  as: (key: PersonKey) => Promise<Page>
}

export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const pages = new Map<PersonKey, Page>()
    await use(async (key) => {
      const page = pages.get(key) ?? (await open(browser, key))
      pages.set(key, page)
      return page
    })
    await Promise.all(Array.from(pages.values(), (page) => page.context().close()))
  },
})

export { expect } from '@playwright/test'

import { checkScreen, needTabbable, openScreen } from './page-checks.ts'
import { appOf, test } from './people.ts'
import { COMPTE, PUBLIC, SCREENS } from './screens.ts'

test.describe.configure({ timeout: 240_000, mode: 'parallel' })

/** A role of many screens is shared out among tests that go together. */
const AT_ONCE = 8

for (const [key, paths] of SCREENS)
  for (let from = 0; from < paths.length; from += AT_ONCE)
    test(`the screens of ${key} (from ${from + 1}) are accessible, built in order, and hold in any window`, async ({ as }) => {
      const page = await as(key)
      for (const path of paths.slice(from, from + AT_ONCE)) await checkScreen(page, `${appOf(key)}${path}`)
    })

for (const [key, paths] of COMPTE)
  test(`the account screens of ${key} are accessible, built in order, and hold in any window`, async ({ as }) => {
    const page = await as(key)
    for (const path of paths) await checkScreen(page, `/compte${path}`)
  })

test('the public screens are accessible, built in order, and hold in any window', async ({ page }) => {
  for (const path of PUBLIC) await checkScreen(page, path)
})

test('the keyboard goes through a page and out of it, and is always seen', async ({ as, page }) => {
  for (const path of ['/', '/connexion', '/accessibilite', '/recuperation']) {
    await openScreen(page, path)
    await needTabbable(page, path)
  }
  const agent = await as('prescripteur.agent')
  for (const path of ['/prescripteur/', '/prescripteur/attributions', '/prescripteur/stock']) {
    await openScreen(agent, path)
    await needTabbable(agent, path)
  }
})

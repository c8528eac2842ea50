import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './people.ts'

test.describe.configure({ timeout: 120_000 })

/** The command that whoever holds an archive runs, where nothing of the platform is set: no database, no secret. */
const verify = (file: string): Promise<{ code: number; said: string }> =>
  new Promise((ok) =>
    execFile(process.execPath, ['apps/api/src/cli.ts', 'verifier-archive', file], { env: {} }, (error, stdout) =>
      ok({ code: error ? Number(error.code) : 0, said: stdout }),
    ),
  )

/** Presses the link of the newest archive, as a person does; where the browser put the file. */
const download = async (page: Page, path: string): Promise<string> => {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('link', { name: /^Télécharger/ })
      .first()
      .click(),
  ])
  expect(file.suggestedFilename()).toMatch(/\.zip$/)
  await file.saveAs(path)
  return path
}

test('a collectivité keeps its archive, and anybody checks it without the platform: one byte changed is seen', async ({ as }, testInfo) => {
  const page = await as('collectivite.administrateur')
  await page.getByRole('link', { name: 'Archive de continuité', exact: true }).first().click()
  const rows = page.getByRole('table').getByRole('row')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Archive de continuité')
  const before = await page.getByRole('link', { name: /^Télécharger/ }).count()

  await test.step('it is asked for; the screen says by itself when it is there', async () => {
    await page.getByRole('button', { name: 'Préparer une archive' }).click()
    await expect(page.getByRole('link', { name: /^Télécharger/ })).toHaveCount(before + 1, { timeout: 30_000 })
    await expect(rows.nth(1)).toContainText('10/03/2026')
    await expect(rows.nth(1)).toContainText('Prête')
    await expect(page.getByRole('progressbar')).toHaveCount(0)
  })

  const file = await download(page, testInfo.outputPath('creuse.zip'))
  await test.step('the file alone is enough to check it and to find again what is owed', async () => {
    const { code, said } = await verify(file)
    expect([code, said]).toEqual([0, expect.stringContaining('Archive juste.')])
    expect(said).toContain('Département de la Creuse, archive du 10/03/2026')
    expect(said).toMatch(/Dû aux structures, recalculé\s:\s[1-9]/)
    expect(said).toMatch(/€\s+C-\d{4}.*Tiers-lieu Le Chai/)
    expect(said).not.toContain('FAUX')
  })

  await test.step('one byte changed, and it is refused in a sentence', async () => {
    const bytes = readFileSync(file)
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = bytes[middle]! ^ 1
    const changed = testInfo.outputPath('creuse-modifiee.zip')
    writeFileSync(changed, bytes)
    const { code, said } = await verify(changed)
    expect([code, said]).toEqual([1, expect.stringMatching(/^Archive refusée\s:\s.+\.$/m)])
  })
})

test('who does not administer sees that an archive exists, and does not take it', async ({ as }) => {
  const page = await as('collectivite.gestionnaire')
  await page.goto('/collectivite/archives')
  await expect(page.getByRole('button', { name: 'Préparer une archive' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('link', { name: /^Télécharger/ })).toHaveCount(0)
})

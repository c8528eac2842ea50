import type { Page } from '@playwright/test'
import { expect } from './people.ts'

/** Presses the button that opens the dialog, then the one that acts. */
export const confirm = async (page: Page, label: string, action: string | RegExp) => {
  await page.getByRole('button', { name: label, exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: action }).click()
  await expect(page.getByRole('alertdialog')).toBeHidden()
}

/** From the menu to the sheet that a row of the list leads to. */
export const openSheet = async (page: Page, menu: string, row: string | RegExp) => {
  await page.getByRole('link', { name: menu, exact: true }).first().click()
  await page.getByRole('row', { name: row }).getByRole('link').first().click()
}

/** The form of a new convention, with a key that is wrong at first. */
export const prepareConvention = async (page: Page, nom: string) => {
  await page.getByRole('link', { name: 'Conventions', exact: true }).first().click()
  await page.getByRole('link', { name: 'Préparer une convention' }).click()
  await page.getByLabel('Nom de la convention').fill(nom)
  await page.getByLabel('Opérateur', { exact: true }).selectOption({ label: 'Opérateur Modèle' })
  await page.getByLabel('Premier jour').fill('2026-03-01')
  await page.getByLabel('Dernier jour').fill('2027-12-31')
  await page.getByLabel('Montant de la convention').fill('1000')
  const first = page.getByRole('group', { name: 'Financeur 1' })
  await first.getByLabel('Nature').selectOption({ label: 'État' })
  await first.getByLabel('Nom').fill('État')
  await first.getByLabel('Part').fill('60')
  const second = page.getByRole('group', { name: 'Financeur 2' })
  await second.getByLabel('Nature').selectOption({ label: 'Collectivité' })
  await second.getByLabel('Nom').fill('Département de la Creuse')
  await second.getByLabel('Part').fill('39,99')
  // the key is not 100 %: the button says what is missing
  await expect(page.getByRole('status').filter({ hasText: 'Total des parts' })).toContainText('99,99')
  await second.getByLabel('Part').fill('40')
  await page.getByLabel('Qui prend le reste ?').selectOption({ label: 'Département de la Creuse' })
  await page.getByLabel('Personnes en recherche d’emploi').check()
  await page.getByRole('button', { name: 'Préparer la convention' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Convention C-2026-')
}

/** Records the signature of one of the financeurs. */
export const sign = async (page: Page, financeur: string) => {
  const form = page.getByRole('form', { name: `Signature\u00a0: ${financeur}` })
  await form.getByLabel('Nom de la personne qui a signé').fill('Ada Martin')
  await form.getByRole('button', { name: 'Enregistrer la signature' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Signature enregistrée' })).toBeVisible()
}

import type { BrowserContext, Page } from '@playwright/test'
import { PEOPLE, type PersonKey } from '../../prisma/seed/base/ids.ts'
import { PASSWORD } from '../../prisma/seed/base/people.ts'
import { stranger } from './new-people.ts'
import { expect, test } from './people.ts'

test.describe.configure({ timeout: 90_000 })

const title = (page: Page) => page.getByRole('heading', { level: 1 })
const addressOf = (key: PersonKey) => `${key.replaceAll(/[^a-z0-9]+/g, '-')}@exemple.fr`

/** Signed in by the password alone: whole for a role without second factor, and nothing proved since. */
const signInPlainly = async (context: BrowserContext, key: PersonKey) => {
  const answer = await context.request.post('/api/session', { data: { courriel: addressOf(key), motDePasse: PASSWORD } })
  expect(answer.status(), await answer.text()).toBe(201)
}

test('a grave act asks who one is, then goes on by itself with the same key', async ({ page, context }) => {
  const { courriel } = stranger('Nora')
  await signInPlainly(context, 'prescripteur.responsable')
  await page.goto('/compte/equipe/inviter')
  await page.getByLabel('Adresse électronique').fill(courriel)
  await page.getByLabel('Prénom').fill('Nora')
  await page.getByLabel('Nom', { exact: true }).fill('Essai')
  await page.getByRole('radio', { name: /Agente ou agent/ }).check()
  const keys: (string | undefined)[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/invitations')) keys.push(request.headers()['idempotency-key'])
  })
  const send = page.getByRole('button', { name: 'Envoyer l’invitation' })
  await send.click()

  const dialog = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  await expect(dialog.getByLabel('Mot de passe', { exact: true })).toBeFocused()
  // giving up leaves everything as it was, the reason in place and the focus where it was
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('alert')).toContainText('Confirmez d’abord que c’est bien vous')
  await expect(send).toBeFocused()

  await send.press('Enter')
  await dialog.getByLabel('Mot de passe', { exact: true }).fill('autre chose')
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel('Mot de passe', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByLabel('Mot de passe', { exact: true })).toBeFocused()
  await dialog.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Invitation envoyée à ${courriel}.`)).toBeVisible()
  // given up, then refused once more and sent again: the last two are one act
  expect(keys).toHaveLength(3)
  expect(keys[1]).toBe(keys[2])
  expect(keys[0]).not.toBe(keys[1])

  // the proof holds: the next act asks nothing
  await page.goto('/compte/equipe/invitations')
  await page.getByRole('row').filter({ hasText: courriel }).getByRole('button', { name: 'Renvoyer l’invitation de Nora Essai' }).click()
  await expect(page.getByText(`Nouveau lien envoyé à ${courriel}.`)).toBeVisible()
})

test('a file that needs a proof asks before it leaves, and a code by mail is another way', async ({ page, context }) => {
  await signInPlainly(context, 'collectivite.lecteur')
  await page.goto('/compte/')
  await page.getByRole('link', { name: /Mes données/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  await dialog.getByRole('button', { name: 'Un code reçu par courriel' }).click()
  await dialog.getByRole('button', { name: 'Recevoir le code' }).click()
  await expect(dialog.getByLabel('Code reçu')).toBeFocused()
  await dialog.getByLabel('Code reçu').fill('000 00')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Le code compte 6 chiffres.')).toBeVisible()
  const code = await codeFor(page, addressOf('collectivite.lecteur'))
  await dialog.getByLabel('Code reçu').fill(code)
  const download = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await download).suggestedFilename()).toMatch(/\.json$/)
})

const codeFor = async (page: Page, courriel: string): Promise<string> => {
  let code = ''
  await expect(async () => {
    const { items } = await (await page.request.get(`/api/demo/courriels?adresse=${encodeURIComponent(courriel)}`)).json()
    code = /\b\d{3} ?\d{3}\b/.exec(items.map((mail: { texte: string }) => mail.texte).join('\n'))?.[0] ?? ''
    expect(code).not.toBe('')
  }).toPass({ timeout: 20_000 })
  return code
}

const idleFor = (page: Page, minutes: number) => page.clock.fastForward(minutes * 60_000)

test('an idle session warns, stays if one says so, and gives back what was typed to the same person alone', async ({ browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.clock.install()
  await signInPlainly(context, 'prescripteur.responsable')
  await page.goto('/compte/equipe/inviter')
  await page.getByLabel('Prénom').fill('Nadia')
  await page.getByRole('radio', { name: /Agente ou agent/ }).check()

  await idleFor(page, 28)
  const warning = page.getByRole('alertdialog', { name: /Êtes-vous toujours là/ })
  await expect(warning.getByRole('status')).toContainText('Il reste 2 minutes.')
  await warning.getByRole('button', { name: 'Rester connecté' }).click()
  await page.clock.runFor(1500)
  await expect(warning).toBeHidden()
  await expect(page.getByLabel('Prénom')).toHaveValue('Nadia')
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)

  await idleFor(page, 28)
  await expect(warning).toBeVisible()
  await page.clock.runFor(125_000)
  await page.waitForURL(/\/connexion\?retour=.*motif=inactivite/)

  await signInPlainly(context, 'prescripteur.responsable')
  await page.goto('/compte/equipe/inviter')
  await expect(page.getByText('Votre saisie a été rétablie.')).toBeVisible()
  await expect(page.getByLabel('Prénom')).toHaveValue('Nadia')
  await expect(page.getByRole('radio', { name: /Agente ou agent/ })).toBeChecked()

  // the same again, then somebody else on this computer
  await idleFor(page, 28)
  await page.clock.runFor(125_000)
  await page.waitForURL(/\/connexion/)
  expect(await page.evaluate(() => sessionStorage.getItem('pass-saisie'))).toContain('Nadia')
  await signInPlainly(context, 'collectivite.administrateur')
  await page.goto('/compte/equipe/inviter')
  await expect(title(page)).toHaveText('Inviter une personne')
  expect(await page.evaluate(() => sessionStorage.getItem('pass-saisie'))).toBeNull()
  await expect(page.getByLabel('Prénom')).toHaveValue('')
  await context.close()
})

test('the absolute end is announced with its hour, and does not stop the work', async ({ page, context }) => {
  await signInPlainly(context, 'collectivite.lecteur')
  await page.route('**/api/session', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), restantSecondes: 540 } })
  })
  await page.goto('/collectivite/commandes')
  const notice = page.getByRole('status').filter({ hasText: 'Votre session se ferme à 9 h' })
  await expect(notice).toContainText('ce que vous aurez tapé sera rétabli')
  await notice.getByRole('button', { name: 'J’ai compris' }).click()
  await expect(notice).toBeHidden()
})

test('signing out in one tab empties the others, and Back shows nothing', async ({ browser }) => {
  const context = await browser.newContext()
  await signInPlainly(context, 'collectivite.lecteur')
  const [one, two] = [await context.newPage(), await context.newPage()]
  await one.goto('/collectivite/commandes')
  await two.goto('/collectivite/stock')
  await expect(title(two)).toBeVisible()
  await one
    .getByRole('banner')
    .getByRole('button', { name: /Lou Essai/ })
    .click()
  await one.getByRole('button', { name: 'Se déconnecter' }).click()
  await one.waitForURL(/\/connexion/)
  await two.waitForURL(/\/connexion/)
  await two.goBack().catch(() => null)
  await two.waitForURL(/\/connexion|about:blank/)
  await expect(two.getByText('Lou Essai')).toBeHidden()
  await context.close()
})

test('the assistance looks on, is seen to, and acts on nothing', async ({ as, browser }) => {
  const page = await as('operateur.support')
  await page.goto('/compte/assistance?recherche=bonnat')
  await page.getByRole('button', { name: 'Voir l’écran de Paul Témoin' }).click()
  await page.getByLabel('Motif').fill('Ne retrouve plus un carnet remis hier.')
  await page.getByRole('button', { name: 'Voir l’écran de Paul Témoin' }).last().click()
  await page.waitForURL('/prescripteur/')
  const banner = page.getByRole('region', { name: 'Consultation de l’assistance' })
  await expect(banner).toContainText('Vous voyez l’écran de Paul Témoin (CCAS de Bonnat).')
  await expect(banner).toContainText('Ne retrouve plus un carnet remis hier.')
  await page.setViewportSize({ width: 320, height: 640 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  const write = await page.request.put('/api/moi', { data: { prenom: 'X', nom: 'Y' }, headers: { 'idempotency-key': crypto.randomUUID() } })
  expect((await write.json()).code).toBe('lecture_seule')
  await banner.getByRole('button', { name: 'Revenir à mon écran' }).click()
  await page.waitForURL('/compte/assistance')
  await expect(page.getByRole('row', { name: /Paul Témoin/ }).first()).toContainText('Sam Modèle')

  const context = await browser.newContext()
  await context.request.post('/api/demo/session', { data: { adhesionId: PEOPLE['prescripteur.responsable'].adhesionId } })
  const theirs = await context.newPage()
  await theirs.goto('/compte/assistance')
  await expect(theirs.getByRole('row', { name: /Paul Témoin/ }).first()).toContainText('Ne retrouve plus un carnet remis hier.')
  await context.close()
})

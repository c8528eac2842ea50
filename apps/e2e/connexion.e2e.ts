import type { Page } from '@playwright/test'
import { accept, codeAt, invite, linkOf, mailOf, signIn, signOut, stepNow, type Stranger, stranger } from './new-people.ts'
import { expect, test } from './people.ts'

test.describe.configure({ timeout: 120_000 })

const title = (page: Page) => page.getByRole('heading', { level: 1 })
const main = (page: Page) => page.getByRole('main')

test('an invitation is accepted from the mail by somebody new, once @phone', async ({ as, page }) => {
  const zoe = stranger('Zoé')
  await invite(await as('collectivite.administrateur'), zoe, 'collectivite.gestionnaire')
  await mailOf(page.request, zoe.courriel, /Invitation/)

  await page.goto(`/boite-aux-lettres?adresse=${encodeURIComponent(zoe.courriel)}`)
  await page.getByRole('link', { name: /Invitation/ }).click()
  const link = main(page).locator('article a[href*="/invitation#"]')
  const address = (await link.getAttribute('href')) ?? ''
  await link.click()

  await expect(title(page)).toHaveText('Votre invitation')
  // the secret is gone from the address at once
  await expect.poll(() => page.url()).toMatch(/\/invitation$/)
  await expect(main(page)).toContainText('Département de la Creuse')
  await expect(main(page)).toContainText('Prépare les commandes, attribue les carnets et suit leur utilisation.')
  await expect(main(page)).toContainText('Claire Essai')
  await expect(page.getByLabel('Prénom')).toHaveValue('Zoé')
  // a weak password is refused with what to do, then none is chosen at all
  await page.getByRole('radio', { name: /Avec un mot de passe/ }).check()
  await page.getByLabel('Mot de passe', { exact: true }).fill('motdepasse')
  await page.getByRole('button', { name: 'Accepter l’invitation' }).click()
  await expect(page.getByRole('alert')).toContainText('12')
  await page.getByRole('radio', { name: /Sans mot de passe/ }).check()
  await page.getByRole('button', { name: 'Entrer sans mot de passe' }).click()
  await page.waitForURL('/collectivite/')
  await expect(page.getByRole('banner')).toContainText('Département de la Creuse')

  await page.goto('about:blank')
  await page.goto(address)
  await expect(page.getByRole('alert')).toContainText('Cette invitation ne s’ouvre pas.')
})

test('an invitation for somebody else waits until the other session is closed', async ({ as, browser }) => {
  const admin = await as('collectivite.administrateur')
  const yan = stranger('Yan')
  await invite(admin, yan, 'collectivite.lecteur')
  const link = linkOf(await mailOf(admin.request, yan.courriel, /Invitation/))
  const page = await (await browser.newContext()).newPage()
  await signInDemo(page)
  await page.goto(link)
  await expect(main(page)).toContainText('Une autre personne est connectée sur ce navigateur.')
  await page.getByRole('button', { name: 'Fermer l’autre session' }).click()
  await page.getByRole('button', { name: 'Entrer sans mot de passe' }).click()
  await page.waitForURL('/collectivite/')
  await expect(page.getByRole('banner')).toContainText('Yan Essai')
  await page.context().close()
})

const signInDemo = async (page: Page) => {
  await page.goto('/connexion')
  await page.getByRole('button', { name: /Lou Essai/ }).click()
  await page.waitForURL('/collectivite/')
}

test('a link by mail opens the page that was asked for, once, and never by itself', async ({ as, page }) => {
  const lise = stranger('Lise')
  await invite(await as('collectivite.administrateur'), lise, 'collectivite.lecteur')
  await accept(page, lise)
  await page.waitForURL('/collectivite/')
  await signOut(page)

  await page.goto('/collectivite/commandes?statut=expediee')
  await page.waitForURL(/\/connexion\?retour=/)
  const form = page.getByRole('form', { name: 'Recevoir un lien par courriel' })
  await form.getByRole('button').click()
  await expect(page.getByRole('alert')).toContainText('1 réponse est à corriger')
  await form.getByLabel(/Adresse électronique/).fill(lise.courriel)
  await form.getByRole('button').click()
  await expect(page.getByRole('status').filter({ hasText: 'Regardez votre boîte aux lettres.' })).toBeVisible()

  const link = linkOf(await mailOf(page.request, lise.courriel, /onnexion/))
  await page.goto(link)
  await expect(title(page)).toHaveText('Connexion par courriel')
  await expect.poll(() => page.url()).not.toContain('#')
  // looking is not using: a program that follows links twice changes nothing
  await page.goto('about:blank')
  await page.goto(link)
  await page.getByRole('button', { name: 'Me connecter' }).click()
  await page.waitForURL('/collectivite/commandes?statut=expediee')
  await expect(page.getByRole('banner')).toContainText('Lise Essai')

  await signOut(page)
  await page.goto(link)
  await page.getByRole('button', { name: 'Me connecter' }).click()
  await expect(page.getByRole('alert')).toContainText('Ce lien ne sert plus.')
})

test('signed in already: as whom is said, another site never gets the person', async ({ page }) => {
  await signInDemo(page)
  await page.goto('/connexion?retour=https://exemple.fr/')
  await expect(main(page)).toContainText('Vous êtes Lou Essai')
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.waitForURL('/collectivite/')
  await page.goto('/connexion')
  await page.getByRole('button', { name: 'Changer de personne' }).click()
  await expect(page.getByRole('form', { name: 'Se connecter avec un mot de passe' })).toBeVisible()
})

test('a person signs in by the keyboard alone; too many tries wait, and the wait is counted down', async ({ page }) => {
  const nobody = stranger('Personne')
  await page.goto('/connexion')
  const address = page.getByRole('form', { name: 'Se connecter avec un mot de passe' }).getByLabel('Adresse électronique')
  for (let tabs = 0; tabs < 40 && !(await address.evaluate((box) => box === document.activeElement)); tabs++)
    await page.keyboard.press('Tab')
  await expect(address).toBeFocused()
  await page.keyboard.type(nobody.courriel)
  await page.keyboard.press('Tab')
  for (let tries = 0; tries < 12; tries++) {
    await page.keyboard.type('pas le bon mot de passe')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toBeVisible()
    if (await page.getByText('Trop d’essais en peu de temps.').isVisible()) break
    await page.getByLabel('Mot de passe', { exact: true }).fill('')
  }
  await expect(page.getByRole('alert')).toContainText('Trop d’essais en peu de temps.')
  const button = page.getByRole('form', { name: 'Se connecter avec un mot de passe' }).getByRole('button', { name: 'Se connecter' })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByText(/Vous pourrez réessayer dans \d+\sseconde/)).toBeVisible()
  await expect(page.getByText('L’attente est finie')).toBeVisible({ timeout: 70_000 })
  await expect(button).not.toHaveAttribute('aria-disabled', 'true')
})

/** Someone of the collectivité, new, with a password, signed in on this page. */
const newAgent = async (admin: Page, page: Page, prenom: string): Promise<Stranger> => {
  const agent = stranger(prenom)
  await invite(admin, agent, 'collectivite.gestionnaire')
  await accept(page, agent)
  await page.waitForURL('/collectivite/')
  return agent
}

/** A grave act asks who one is: the password answers, nothing better being registered yet. */
const prove = async (page: Page, { motDePasse }: Stranger) => {
  const dialog = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  await dialog.getByRole('textbox', { name: 'Mot de passe' }).fill(motDePasse)
  await dialog.getByRole('button', { name: 'Confirmer' }).click()
  await expect(dialog).toBeHidden()
}

test('a passkey is added, then signs in alone', async ({ as, page }) => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const agent = await newAgent(await as('collectivite.administrateur'), page, 'Clé')
  await page.goto('/compte/securite')
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click()
  await page.getByLabel('Nom de cette clé').fill('Ordinateur du bureau')
  await page.getByRole('button', { name: 'Créer la clé' }).click()
  await prove(page, agent)
  await expect(page.getByText('Clé d’accès ajoutée.')).toBeVisible()
  await signOut(page)

  await page.goto('/connexion?retour=%2Fcollectivite%2Fstock')
  await page.getByRole('button', { name: 'Utiliser une clé d’accès' }).click()
  await page.waitForURL('/collectivite/stock')
  await expect(page.getByRole('banner')).toContainText('Clé Essai')
})

/** Adds the application of codes; answers its secret. */
const addTotp = async (page: Page, agent: Stranger): Promise<string> => {
  await page.goto('/compte/securite')
  await page.getByRole('button', { name: 'Ajouter une application de codes' }).click()
  await prove(page, agent)
  // far enough from the next step for the code before it to hold while it is typed
  if (Date.now() % 30_000 > 22_000) await page.waitForTimeout(30_500 - (Date.now() % 30_000))
  const secret = await page.locator('.code.secret').innerText()
  // the one before: the codes of now and of after are kept for what follows
  await page.getByLabel('Code affiché').fill(codeAt(secret, stepNow() - 1))
  await page.getByRole('button', { name: 'Activer l’application' }).click()
  await expect(page.getByText('Application de codes activée.')).toBeVisible()
  return secret
}
const giveCode = async (page: Page, code: string) => {
  await expect(title(page)).toHaveText('Second facteur')
  await page.getByRole('textbox', { name: 'Code de l’application' }).fill(code)
  await page.getByRole('button', { name: 'Continuer' }).click()
}

test('a code of the application: asked at sign-in, refused twice, one step of drift taken', async ({ as, page }) => {
  const agent = await newAgent(await as('collectivite.administrateur'), page, 'Code')
  const secret = await addTotp(page, agent)
  await signOut(page)

  const used = stepNow()
  await signIn(page, agent, '?retour=%2Fcollectivite%2Fstock')
  await giveCode(page, codeAt(secret, used))
  await page.waitForURL('/collectivite/stock')
  await signOut(page)

  await signIn(page, agent)
  await expect(title(page)).toHaveText('Second facteur')
  // nothing opens meanwhile: the session is not whole
  const closed = await page.request.get('/api/conventions')
  expect([closed.status(), (await closed.json()).code]).toEqual([403, 'second_facteur_requis'])
  await giveCode(page, codeAt(secret, used))
  await expect(page.getByRole('alert')).toContainText('il a déjà servi')
  await giveCode(page, codeAt(secret, Math.max(stepNow(), used) + 1))
  await page.waitForURL('/collectivite/')
})

test('a lost second factor is given back by somebody else, who knows the person', async ({ as, browser, page }) => {
  const admin = await as('collectivite.administrateur')
  const agent = await newAgent(admin, page, 'Perdu')
  await addTotp(page, agent)
  await signOut(page)
  await signIn(page, agent)
  await expect(title(page)).toHaveText('Second facteur')
  await page.getByRole('link', { name: /J’ai perdu mon téléphone/ }).click()
  await page.getByLabel('Adresse électronique de votre compte').fill(agent.courriel)
  await page.getByRole('button', { name: 'Signaler la perte' }).click()
  await expect(page.getByText('Regardez votre boîte aux lettres.')).toBeVisible()

  const phone = await (await browser.newContext()).newPage()
  await phone.goto(linkOf(await mailOf(page.request, agent.courriel, /facteur/)))
  await phone.getByRole('button', { name: 'Confirmer la perte' }).click()
  await expect(phone.getByRole('status').filter({ hasText: 'La perte est signalée.' })).toContainText('Département de la Creuse')
  await phone.context().close()

  await admin.goto('/compte/equipe')
  const request = admin.getByRole('listitem').filter({ hasText: agent.courriel })
  await request.getByRole('button', { name: 'Accorder' }).click()
  await admin.getByRole('checkbox', { name: /J’ai reconnu/ }).check()
  await admin.getByRole('button', { name: 'Accorder la demande' }).click()
  await expect(admin.getByText(/Second facteur de .* retiré\./)).toBeVisible()

  await signIn(page, agent)
  await page.waitForURL('/collectivite/')
})

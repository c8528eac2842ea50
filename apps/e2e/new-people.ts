import { createHmac } from 'node:crypto'
import { type APIRequestContext, expect, type Page } from '@playwright/test'
import type { Role } from '../../packages/domain/src/organisations.ts'

/** Somebody nobody knows yet: each test has its own, so that two at once do not meet. */
export type Stranger = { prenom: string; nom: string; courriel: string; motDePasse: string }
let born = 0
export const stranger = (prenom: string): Stranger => {
  born += 1
  const mark = `${Date.now().toString(36)}${process.pid.toString(36)}${born}`
  const plain = prenom
    .normalize('NFD')
    .replaceAll(/\P{ASCII}/gu, '')
    .toLowerCase()
  return { prenom, nom: 'Essai', courriel: `${plain}.${mark}@exemple.fr`, motDePasse: 'trois vélos bleus sous la pluie de mars' }
}

type Mail = { id: string; objet: string; texte: string }

/** The mails that an address received, newest last, once there are at least this many of this subject: the worker sends them. */
export const mailOf = async (request: APIRequestContext, courriel: string, objet: RegExp, count = 1): Promise<Mail> => {
  let found: Mail[] = []
  await expect(async () => {
    const answer = await request.get(`/api/demo/courriels?adresse=${encodeURIComponent(courriel)}`)
    const { items } = (await answer.json()) as { items: Mail[] }
    found = items.filter((mail) => objet.test(mail.objet)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(found.length, `mails ${objet} to ${courriel}: ${items.map((mail) => mail.objet).join(' / ')}`).toBeGreaterThanOrEqual(count)
  }).toPass({ timeout: 30_000, intervals: [300, 500, 1000] })
  return found.at(-1)!
}

/** The link of a mail, as a path of this site: the machine's name does not matter. */
export const linkOf = ({ texte }: Mail): string => {
  const link = /https?:\/\/[^\s/]+(\/[^\s]+)/.exec(texte)?.[1]
  expect(link, texte).toBeDefined()
  return link ?? ''
}

/** Invites somebody as the person signed in on this page, who administers. */
export const invite = async (admin: Page, person: Stranger, role: Role): Promise<void> => {
  const { prenom, nom, courriel } = person
  const answer = await admin.request.post('/api/invitations', {
    data: { prenom, nom, courriel, role, territoire: [], dateFin: null },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  expect(answer.status(), await answer.text()).toBe(201)
}

/** Accepts from the mail, with a password: the person is then signed in on this page. */
export const accept = async (page: Page, { courriel, motDePasse }: Stranger): Promise<void> => {
  await page.goto(linkOf(await mailOf(page.request, courriel, /Invitation/)))
  await page.getByRole('radio', { name: /Avec un mot de passe/ }).check()
  await page.getByLabel('Mot de passe', { exact: true }).fill(motDePasse)
  await page.getByRole('button', { name: 'Accepter l’invitation' }).click()
}

/** E-mail and password, from the sign-in page. */
export const signIn = async (page: Page, { courriel, motDePasse }: Stranger, search = ''): Promise<void> => {
  await page.goto(`/connexion${search}`)
  const form = page.getByRole('form', { name: 'Se connecter avec un mot de passe' })
  await form.getByLabel('Adresse électronique').fill(courriel)
  await form.getByLabel('Mot de passe').fill(motDePasse)
  await form.getByRole('button', { name: 'Se connecter' }).click()
}

/** Forgets the session of this browser, as the person does it. */
export const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('banner').getByRole('button', { name: /Essai/ }).click()
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
  await page.waitForURL(/\/connexion/)
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const fromBase32 = (text: string): Buffer => {
  const bits = [...text.replaceAll(/[\s=]/g, '')].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The step of 30 seconds that it is now. */
export const stepNow = (): number => Math.floor(Date.now() / 30_000)

/** The code that an application shows for a secret at a step (RFC 6238, by the letter: not the library that the server uses). */
export const codeAt = (secret: string, step: number): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const at = mac[mac.length - 1]! & 0x0f
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailsTo, newAccount } from '../../../test/accounts.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { isPassword } from './passwords.ts'
import { whyNotPassword, type PasswordOwner } from './password-rules.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const OWNER: PasswordOwner = {
  roles: ['prescripteur.agent'],
  prenom: 'Zéphyrine',
  nom: 'Quatrevaux',
  courriel: 'z.quatrevaux@mairie-bonnat.fr',
  organisations: ['CCAS de Bonnat'],
}
const codeOf = async (password: string, owner: Partial<PasswordOwner> = {}) =>
  (await whyNotPassword(password, { ...OWNER, ...owner }))?.code ?? null

test.each([
  // in the lists as they are, written otherwise, or several in a row
  ['1qaz2wsx3edc', 'mot_de_passe_divulgue'],
  ['1QAZ2WSX3EDC', 'mot_de_passe_divulgue'],
  ['unbelievable', 'mot_de_passe_divulgue'],
  ['elbaveilebnu', 'mot_de_passe_divulgue'],
  ['P@ssw0rd1234', 'mot_de_passe_divulgue'],
  ['motdepasse1234', 'mot_de_passe_divulgue'],
  // guessed quickly all the same
  ['azertyuiop123', 'mot_de_passe_faible'],
  ['aaaaaaaaaaaaaaaa', 'mot_de_passe_faible'],
  ['bonjour bonjour', 'mot_de_passe_faible'],
  ['administrateur', 'mot_de_passe_faible'],
  ['14juillet1789', 'mot_de_passe_faible'],
  ['Passnumérique2026!', 'mot_de_passe_faible'],
  // what anyone knows of the person
  ['Zéphyrine2026', 'mot_de_passe_faible'],
  ['zephyrine-quatrevaux', 'mot_de_passe_faible'],
  ['quatrevauxbonnat1', 'mot_de_passe_faible'],
  ['z.quatrevaux@mairie-bonnat.fr', 'mot_de_passe_faible'],
  ['CCAS de Bonnat', 'mot_de_passe_faible'],
  ['Zéphyrine, mairie de Bonnat 23', 'mot_de_passe_faible'],
  // too short, however rare
  ['xK9#mPq2vL7', 'mot_de_passe_faible'],
  ['cheval violet tambour lune', null],
  ['une phrase assez longue et rare', null],
  ['xK9#mPq2vL7w', null],
])('%s: %s', async (password, code) => {
  expect(await codeOf(password)).toBe(code)
})

test('whoever administers or moves money takes 16 characters', async () => {
  const short = 'xK9#mPq2vL7wZ4t'
  expect(await codeOf(short)).toBeNull()
  for (const role of ['collectivite.administrateur', 'anct.pilote', 'operateur.finance_approbateur'] as const) {
    expect([role, await codeOf(short, { roles: ['structure.mediateur', role] })]).toEqual([role, 'mot_de_passe_faible'])
    expect([role, await codeOf(`${short}!`, { roles: [role] })]).toEqual([role, null])
  }
  expect((await whyNotPassword(short, { ...OWNER, roles: ['anct.pilote'] }))!.message).toContain('16 caractères')
})

test('a name of nobody is no weakness: the same words pass for somebody else', async () => {
  const other = { prenom: 'Ada', nom: 'Martin', courriel: 'a@b.fr', organisations: [] }
  expect(await codeOf('quatrevaux zéphyrine', other)).toBeNull()
  expect(await codeOf('quatrevaux zéphyrine')).toBe('mot_de_passe_faible')
})

test('only the beginning is judged: what comes after 40 characters saves nothing, and costs nothing', async () => {
  const rare = 'xK9#mPq2vL7w'
  expect([await codeOf('ab'.repeat(20) + rare), await codeOf('ab'.repeat(14) + rare)]).toEqual(['mot_de_passe_faible', null])
})

const RARE = 'orage velours 73 tabouret'
const PATH = '/moi/mot-de-passe'

test('choosing a password keeps it hashed, ends the other sessions and tells the person', async () => {
  const person = await newAccount(world, { motDePasse: 'ancienne phrase bien longue' })
  const [here, elsewhere] = [world.asWith(person, {}), world.asWith(person, {})]
  expect([(await here.get('/session')).statusCode, (await elsewhere.get('/session')).statusCode]).toEqual([200, 200])
  const response = await here.put(PATH, { motDePasse: RARE })
  expect([response.statusCode, response.json()]).toEqual([200, { fait: true }])
  const { rows } = await world.sql.query('select mot_de_passe from utilisateur where id = $1', [person.utilisateurId])
  expect(rows[0].mot_de_passe).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await isPassword(rows[0].mot_de_passe, RARE)).toBe(true)
  expect([(await here.get('/session')).statusCode, (await elsewhere.get('/session')).statusCode]).toEqual([200, 401])
  expect(await mailsTo(world, person.courriel)).toEqual([{ modele: 'mot_de_passe_change', objet: {} }])
  const signIn = (motDePasse: string) => world.anonymous().post('/session', { courriel: person.courriel, motDePasse })
  expect([(await signIn('ancienne phrase bien longue')).statusCode, (await signIn(RARE)).statusCode]).toEqual([401, 201])
  const journal = await world.sql.query(
    "select statut, objet::text as objet from audit_event where utilisateur_id = $1 and action = 'setPassword'",
    [person.utilisateurId],
  )
  expect(journal.rows).toEqual([{ statut: 200, objet: '{}' }])
})

test('a refused password changes nothing, and is nowhere in the database', async () => {
  const person = await newAccount(world, { role: 'collectivite.administrateur', motDePasse: 'ancienne phrase bien longue' })
  const here = world.asWith(person, {})
  for (const [motDePasse, code] of [
    ['1qaz2wsx3edc4rfv', 'mot_de_passe_divulgue'],
    ['Nina Neuve 2026 nina', 'mot_de_passe_faible'],
    ['xK9#mPq2vL7wZ4t', 'mot_de_passe_faible'],
  ] as const) {
    expect([motDePasse, (await here.put(PATH, { motDePasse })).json()]).toEqual([
      motDePasse,
      expect.objectContaining({ status: 409, code }),
    ])
    const { rows } = await world.sql.query(
      'select (select count(*) from audit_event e where e::text like $1) + (select count(*) from idempotence i where i::text like $1) as n',
      [`%${motDePasse}%`],
    )
    expect(Number(rows[0].n)).toBe(0)
  }
  expect((await here.put(PATH, { motDePasse: 'trop court' })).statusCode).toBe(400)
  expect(await mailsTo(world, person.courriel)).toEqual([])
  expect(
    (await world.anonymous().post('/session', { courriel: person.courriel, motDePasse: 'ancienne phrase bien longue' })).statusCode,
  ).toBe(201)
})

test('without a fresh proof, no password is chosen', async () => {
  const person = await newAccount(world)
  expect((await world.asWith(person, { preuve: false }).put(PATH, { motDePasse: RARE })).json()).toMatchObject({
    status: 403,
    code: 'preuve_requise',
  })
})
